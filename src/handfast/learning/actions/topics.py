"""Keep topics, the parts by which they are proved, and the questions of their tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.governance.models import RegisterEntry
from handfast.learning.models import Question, Topic, TopicPart
from handfast.learning.permissions import may_add_topic, may_keep_question, may_keep_topic
from handfast.learning.queries.tasks_taught import INVENTORY, tasks_of
from handfast.learning.reading.said import TopicSaid, checked_questions, checked_topic
from handfast.learning.reading.usual import usual_minimum, usual_parts, usual_validity
from handfast.learning.refusals import TopicRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.learning.reading.said import PartSaid, QuestionSaid

MOST_TOPICS = 1_000


@action(permits=may_add_topic, records="topic.added")
def add_topic(actor: Actor, engagement: Engagement, /, *, said: TopicSaid, at: datetime) -> Topic:
    """Write a topic down; without parts it gets the usual ones of its kind. Raises TopicRefused."""
    is_bare = not said.parts and said.kind in Topic.Kind.values
    return _added(actor, engagement, replace(said, parts=usual_parts(said.kind)) if is_bare else said, at)


@action(permits=may_add_topic, records="topics.taken")
def take_topics(actor: Actor, engagement: Engagement, /, *, at: datetime) -> int:
    """A topic for each task of the process inventory that has none and is not to be stopped; how many were made.

    Raises TopicRefused where there is none to take.
    """
    tasks = tasks_of(engagement)
    if not tasks:
        said = "the process inventory has no task that is not a topic already: write its tasks down first"
        raise TopicRefused(said, [("process", said)])
    kind = Topic.Kind.PROCESS
    for one in tasks:
        told = TopicSaid(
            one.title, one.text, kind, minimum=usual_minimum(), validity_months=usual_validity(kind), process_id=one.pk,
            parts=usual_parts(kind),
        )  # fmt: skip
        _added(actor, engagement, told, at)
    return len(tasks)


@action(permits=may_keep_topic, records="topic.amended")
def amend_topic(
    actor: Actor, topic: Topic, /, *, said: TopicSaid, at: datetime, as_seen: str | None = None
) -> Topic:
    """Word it anew, with its parts: one that is not among them is dropped. Raises TopicRefused, Conflict."""
    tidy = checked_topic(said)
    for name in ("title", "text", "kind", "is_critical", "minimum", "validity_months", "is_dropped"):
        setattr(topic, name, getattr(tidy, name))
    topic.process = _process(topic.engagement, tidy.process_id)
    topic.version += 1
    topic.changed_at, topic.changed_by_id = at, actor.person
    topic.save()
    _keep_parts(topic, tidy.parts)
    return topic


@action(permits=may_keep_topic, records="question.added")
def add_questions(
    actor: Actor, topic: Topic, /, *, questions: Sequence[QuestionSaid], at: datetime
) -> list[Question]:
    """Put questions into the bank of a topic, all of them or none. Raises QuestionsRefused."""
    tidy = checked_questions(questions)
    newest = Question.objects.filter(topic=topic).order_by("number").last()
    first = newest.number + 1 if newest else 1
    made: list[Question] = Question.objects.bulk_create(
        Question(
            space_id=topic.space_id, topic=topic, number=number, text=one.text, choices=list(one.choices),
            right=sorted(one.right), because=one.because, written_at=at, written_by_id=actor.person,
        )
        for number, one in enumerate(tidy, start=first)
    )  # fmt: skip
    return made


@action(permits=may_keep_question, records="question.dropped")
def drop_question(
    actor: Actor, question: Question, /, *, is_dropped: bool = True, at: datetime, as_seen: str | None = None
) -> Question:
    """Ask it no more, or again; what was answered stays as it was. Raises Conflict."""
    del actor, at
    question.is_dropped = is_dropped
    question.save(update_fields=["is_dropped"])
    return question


def _added(actor: Actor, deal: Engagement, said: TopicSaid, at: datetime) -> Topic:
    tidy = checked_topic(said)
    rows = Topic.objects.filter(space_id=deal.space_id, engagement=deal)
    newest = rows.order_by("number").last()
    number = newest.number + 1 if newest else 1
    if number > MOST_TOPICS:
        fault = f"an engagement holds at most {MOST_TOPICS} topics"
        raise TopicRefused(fault, [("title", fault)])
    made: Topic = Topic.objects.create(
        space_id=deal.space_id, engagement=deal, number=number, title=tidy.title, text=tidy.text, kind=tidy.kind,
        is_critical=tidy.is_critical, minimum=tidy.minimum, validity_months=tidy.validity_months,
        process=_process(deal, tidy.process_id), changed_at=at, changed_by_id=actor.person,
    )  # fmt: skip
    _keep_parts(made, tidy.parts)
    return made


def _process(deal: Engagement, entry: UUID | None) -> RegisterEntry | None:
    if entry is None:
        return None
    rows = RegisterEntry.objects.filter(pk=entry, engagement=deal, space_id=deal.space_id, register=INVENTORY)
    found: RegisterEntry | None = rows.first()
    if found is None:
        said = "choose a task of the process inventory that both sides see"
        raise TopicRefused(f"process: {said}", [("process_id", said)])
    return found


def _keep_parts(topic: Topic, parts: Sequence[PartSaid]) -> None:
    """Places are counted on, so that a part that was dropped keeps its own."""
    known = {one.pk: one for one in TopicPart.objects.filter(topic=topic)}
    if strangers := [place for place, one in enumerate(parts, start=1) if one.id and one.id not in known]:
        raise TopicRefused(
            f"parts: {strangers[0]} is no part of {topic.name}",
            [(f"parts.{one}", "it is no part of this topic") for one in strangers],
        )
    last = max((one.position for one in known.values()), default=0)
    kept = {one.id for one in parts}
    TopicPart.objects.filter(topic=topic, pk__in=known.keys() - kept).update(is_dropped=True)
    for one in parts:
        told = {
            "name": one.name, "kind": one.kind, "pass_mark": one.pass_mark, "size": one.size, "minutes": one.minutes,
            "retakes": one.retakes, "wait_days": one.wait_days, "is_dropped": False,
        }  # fmt: skip
        if one.id:
            TopicPart.objects.filter(pk=one.id).update(**told)
        else:
            last += 1
            TopicPart.objects.create(space_id=topic.space_id, topic=topic, position=last, **told)
