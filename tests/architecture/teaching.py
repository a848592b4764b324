"""What is taught in a deal: topics, questions, a class of the provider's with everything in it, every text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.learning.actions import (
    add_questions,
    add_topic,
    allow_try,
    begin_sitting,
    enrol,
    keep_attendance,
    lapse_certificate,
    open_class,
    open_class_code,
    plan_session,
    record_results,
    score_practical,
)
from handfast.learning.models import Certificate, LearningKey, Topic, TopicPart, Trainee, TrainingClass
from handfast.learning.queries.keys import class_code, holder_of, sitting_secret
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.said import ClassSaid, PartSaid, QuestionSaid, SessionSaid, TopicSaid

if TYPE_CHECKING:
    from tests.architecture.deals import Deal


PAST = datetime(2026, 3, 2, 9, tzinfo=UTC)
TAKEN = date(2026, 3, 3)


def taught(deal: Deal) -> None:
    """A topic with a test and cases; a class of three: one certified, one in the middle of a test, one whose certificate lapsed."""
    trainer, at = deal.actor("provider"), datetime.now(UTC)
    topic = _topic(deal, at)
    said = ClassSaid(f"Class {deal.said('class')}", date(2026, 3, 2), date(2026, 6, 2), topics=(topic.pk,))
    made = open_class(trainer, deal.engagement, said=said, at=at)
    labels = [f"N {deal.said('trainee', str(number))}" for number in (1, 2, 3)]
    enrol(trainer, made, labels=labels, at=at)
    told = [
        ResultSaid(label, topic.name, TAKEN, part, Decimal(1))
        for label in (labels[0], labels[2])
        for part in _parts(deal)
    ]
    record_results(trainer, made, results=told, at=at)
    with entered(trainer.reach):
        people = {one.label: one for one in Trainee.objects.filter(training_class=made)}
        first, second, third = (people[one] for one in labels)
        test, cases = TopicPart.objects.filter(topic=topic)
        held = Certificate.objects.get(trainee=first)
        other = Certificate.objects.get(trainee=third)
    lapse_certificate(trainer, other, reason=f"Away {deal.said('lapse')}", at=at)
    note = f"Well {deal.said('practical note')}"
    score_practical(trainer, second, part=cases, marks=[[2] * 5], taken_on=TAKEN, note=note, at=at)
    allow_try(trainer, second, part=test, reason=f"Again {deal.said('try')}", at=at)
    session = SessionSaid(
        topic.pk,
        PAST,
        60,
        f"Expert {deal.said('expert')}",
        f"Trainer {deal.said('trainer name')}",
        f"Room {deal.said('room')}",
    )
    planned = plan_session(trainer, made, said=session, at=at)
    keep_attendance(
        trainer, plan_session(trainer, made, said=session, at=at), there={first.pk: "well"}, at=at
    )
    deal.shared |= {
        "topic": str(topic.pk), "training_class": str(made.pk), "trainee": str(second.pk), "certificate": str(held.pk),
        "part": str(cases.pk), "learning_session": str(planned.pk), "label": labels[1], "test_part": str(test.pk), "test_name": test.name,
    }  # fmt: skip
    _sitting(deal, made, second, test, at)


def _parts(deal: Deal) -> tuple[str, str]:
    return f"Test {deal.said('part', 'test')}", f"Cases {deal.said('part', 'cases')}"


def _topic(deal: Deal, at: datetime) -> Topic:
    test, cases = _parts(deal)
    parts = (PartSaid(test, "test", Decimal("0.5"), 1, 30, 1), PartSaid(cases, "practical", Decimal("0.5")))
    said = TopicSaid(f"Topic {deal.said('topic')}", f"About {deal.said('topic text')}", parts=parts)
    topic = add_topic(deal.actor("client"), deal.engagement, said=said, at=at)
    asked = [
        QuestionSaid(
            f"What {deal.said('question', word)}",
            (f"Yes {deal.said('choice', word)}", "No"),
            (0,),
            f"See {deal.said('because', word)}",
        )
        for word in ("first", "second")
    ]
    first, _ = add_questions(deal.actor("client"), topic, questions=asked, at=at)
    deal.shared["question"] = str(first.pk)
    return topic


def _sitting(deal: Deal, made: TrainingClass, trainee: Trainee, test: TopicPart, at: datetime) -> None:
    key = open_class_code(deal.actor("provider"), made, days=14, at=at - timedelta(minutes=1))
    deal.shared["class_code"] = class_code(key.pk)
    holder = holder_of(LearningKey.objects.get(pk=key.pk))
    with entered(holder.reach):
        sitting = begin_sitting(holder, trainee, part=test, at=at)
    deal.shared["sitting_secret"] = sitting_secret(sitting.pk)
    deal.shared["sitting"] = str(sitting.pk)
