"""The operations on topics and their questions. Annotations are values here: ninja reads them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.queries.entries import today_in
from handfast.learning.actions import add_questions, add_topic, amend_topic, drop_question, take_topics
from handfast.learning.api.schemas import (
    AmendedTopicIn,
    TestQuestionDropIn,
    TestQuestionOut,
    TestQuestionsIn,
    TopicIn,
    TopicOut,
)
from handfast.learning.models import Question, Topic, TopicPart
from handfast.learning.queries.counting import topic_counts
from handfast.learning.queries.seen import question_seen_by, topic_seen_by, topics_seen_by
from handfast.learning.reading.said import PartSaid, QuestionSaid, TopicSaid

router = Router(tags=["learning"])
HERE, TOPIC = "/engagements/{uuid:engagement}/topics", "/topics/{uuid:topic}"


@router.get(HERE, response=list[TopicOut])
def list_topics(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """All topics in their order, also those that are not taught any more."""
    deal = engagement_seen_by(request.actor, engagement)
    return _told(request, topics_seen_by(request.actor, deal.pk))


@router.post(HERE, response={201: TopicOut})
def post_topic(request: ActorRequest, engagement: UUID, given: TopicIn) -> Status[dict[str, Any]]:
    """Add a topic."""
    deal = engagement_seen_by(request.actor, engagement)
    made = add_topic(request.actor, deal, said=_said(given), at=request.at)
    return Status(201, _told(request, [made])[0])


@router.post(f"{HERE}/inventory", response=list[TopicOut])
def post_topics_taken(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Take a topic for each task of the process inventory that has none; all topics afterwards."""
    deal = engagement_seen_by(request.actor, engagement)
    take_topics(request.actor, deal, at=request.at)
    return _told(request, topics_seen_by(request.actor, deal.pk))


@router.put(TOPIC, response=TopicOut)
def put_topic(request: ActorRequest, topic: UUID, given: AmendedTopicIn) -> dict[str, Any]:
    """Word it anew, with its parts: one that is not among them is dropped."""
    found = topic_seen_by(request.actor, topic)
    said = _said(given, is_dropped=given.is_dropped)
    return _told(
        request, [amend_topic(request.actor, found, said=said, at=request.at, as_seen=given.as_seen)]
    )[0]


@router.get(f"{TOPIC}/questions", response=list[TestQuestionOut])
def list_questions(request: ActorRequest, topic: UUID) -> list[Question]:
    """The bank of a topic."""
    found = topic_seen_by(request.actor, topic)
    return list(Question.objects.filter(topic=found, space_id__in=request.actor.reach.reads))


@router.post(f"{TOPIC}/questions", response={201: list[TestQuestionOut]})
def post_questions(request: ActorRequest, topic: UUID, given: TestQuestionsIn) -> Status[list[Question]]:
    """Add questions, all of them or none."""
    found = topic_seen_by(request.actor, topic)
    said = [QuestionSaid(one.text, tuple(one.choices), tuple(one.right), one.because) for one in given.bank]
    return Status(201, add_questions(request.actor, found, questions=said, at=request.at))


@router.post("/questions/{uuid:question}/drop", response=TestQuestionOut)
def post_question_drop(request: ActorRequest, question: UUID, given: TestQuestionDropIn) -> Question:
    """Ask it no more, or again."""
    found = question_seen_by(request.actor, question)
    return drop_question(
        request.actor, found, is_dropped=given.is_dropped, at=request.at, as_seen=given.as_seen
    )


def _said(given: TopicIn, *, is_dropped: bool = False) -> TopicSaid:
    parts = tuple(PartSaid(**one.dict()) for one in given.parts)
    return TopicSaid(
        given.title, given.text, given.kind, given.is_critical, given.minimum, given.validity_months, is_dropped,
        given.process_id, parts,
    )  # fmt: skip


def _told(request: ActorRequest, rows: Iterable[Topic]) -> list[dict[str, Any]]:
    """All of one engagement."""
    topics = list(rows)
    if not topics:
        return []
    deal = engagement_seen_by(request.actor, topics[0].engagement_id)
    counts = {one.topic.pk: one for one in topic_counts(deal, today_in(deal, request.at))}
    parts: dict[UUID, list[TopicPart]] = {}
    for part in TopicPart.objects.filter(topic__in=topics, is_dropped=False):
        parts.setdefault(part.topic_id, []).append(part)
    return [
        {
            "id": one.pk, "name": one.name, "title": one.title, "text": one.text, "kind": one.kind,
            "is_critical": one.is_critical, "minimum": one.minimum, "validity_months": one.validity_months,
            "is_dropped": one.is_dropped, "process_id": one.process_id, "seen_as": one.seen_as,
            "certified": counts[one.pk].certified if one.pk in counts else 0,
            "questions": counts[one.pk].questions if one.pk in counts else 0, "parts": parts.get(one.pk, []),
        }
        for one in topics
    ]  # fmt: skip
