"""What the people of a sample learn, written down through the verbs of learning."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handfast.engagement.queries import party_on
from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.governance.reading.tables import read_pasted
from handfast.learning.actions import (
    add_questions,
    add_topic,
    enrol,
    keep_attendance,
    open_class,
    plan_session,
    record_results,
)
from handfast.learning.models import Trainee
from handfast.learning.reading.question_rows import questions_in
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.said import ClassSaid, SessionSaid, TopicSaid
from handfast.learning.reading.usual import usual_minimum, usual_parts, usual_validity
from handfast.people.models import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.learned import SampleClass, SampleLearning, SampleSession, SampleTopic
    from handfast.learning.models import Topic, TrainingClass


def teach(told: SampleLearning, deal: Engagement, acting: Callable[[str], Actor]) -> None:
    """Topics with their questions, then each class with its people, sessions and results; by the provider."""
    actor = acting(Side.PROVIDER)
    with entered(actor.reach):
        topics = {one.title: _topic(actor, deal, one, told.at) for one in told.topics}
        for one in told.classes:
            _class(actor, deal, one, topics, told.at)


def _topic(actor: Actor, deal: Engagement, one: SampleTopic, at: datetime) -> Topic:
    rows = RegisterEntry.objects.filter(engagement=deal, register="processes", title=one.task)
    task = rows.first() if one.task else None
    parts = tuple(
        replace(part, size=one.size, minutes=20) if one.size and part.kind == "test" else part
        for part in usual_parts(one.kind)
    )
    said = TopicSaid(
        one.title, one.text, one.kind, one.is_critical, usual_minimum(), usual_validity(one.kind),
        process_id=task.pk if task else None, parts=parts,
    )  # fmt: skip
    made = add_topic(actor, deal, said=said, at=at)
    if one.questions:
        add_questions(actor, made, questions=questions_in(read_pasted(one.questions)), at=at)
    return made


def _class(
    actor: Actor, deal: Engagement, one: SampleClass, topics: Mapping[str, Topic], at: datetime
) -> None:
    said = ClassSaid(
        one.title, one.starts_on, one.ends_on, topics=tuple(topics[title].pk for title in one.topics)
    )
    made = open_class(actor, deal, said=said, at=at)
    enrol(actor, made, labels=one.people, at=at)
    for session in one.sessions:
        _session(actor, deal, made, session, topics, at)
    results = [
        ResultSaid(label, topics[topic].name, one.taken_on, part, Decimal(score) / 100)
        for (topic, part), scores in one.results.items()
        for label, score in zip(one.people, scores, strict=True)
        if score is not None
    ]
    record_results(actor, made, results=results, at=at)


def _session(  # noqa: PLR0913, PLR0917 - what is planned, and where
    actor: Actor,
    deal: Engagement,
    made: TrainingClass,
    one: SampleSession,
    topics: Mapping[str, Topic],
    at: datetime,
) -> None:
    zone = ZoneInfo(party_on(deal, made.side).zone)
    begins = datetime.combine(one.on, one.begins, zone)
    said = SessionSaid(
        topics[one.topic].pk, begins, one.minutes, one.expert, "Trainer in Kraków", "Room 3, and by video"
    )
    planned = plan_session(actor, made, said=said, at=min(at, begins - timedelta(days=2)))
    if one.there is not None:
        people = list(Trainee.objects.filter(training_class=made))[: one.there]
        keep_attendance(actor, planned, there={each.pk: "well" for each in people}, at=at)
