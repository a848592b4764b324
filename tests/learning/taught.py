"""A deal with a plan, one topic with a test and practical cases, and a class of the provider's that must hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from tests.factories.cast import joined, make_cast
from tests.factories.replaying import replayed
from tests.transition.programme import AT, Programme, programme_of

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.scope import entered
from handfast.learning.actions import (
    add_questions,
    add_topic,
    enrol,
    open_class,
    open_class_code,
    record_results,
)
from handfast.learning.models import Certificate, Question, Result, Topic, TopicPart, Trainee, TrainingClass
from handfast.learning.queries.keys import class_code
from handfast.learning.queries.standing import Standing, standing_of
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.said import ClassSaid, PartSaid, QuestionSaid, TopicSaid
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.people.models import Person

__all__ = ["AT", "BACKEND", "PARTS", "TODAY", "Taught", "a_taught"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = AT.date()
TEST = PartSaid("Knowledge test", "test", Decimal("0.75"), 4, 30, retakes=1, wait_days=1)
CASES = PartSaid("Practical cases", "practical", Decimal("0.8"), 2, retakes=1)
PARTS = (TEST, CASES)


@dataclass(frozen=True, slots=True)
class Taught:
    """`trainer` teaches for the provider, whose people learn; the owner is the client's."""

    programme: Programme
    trainer_person: Person
    topic: Topic
    training_class: TrainingClass

    @property
    def client(self) -> Actor:
        return self.programme.client

    @property
    def trainer(self) -> Actor:
        return actor_for(self.trainer_person)

    @property
    def engagement(self) -> Any:
        return self.programme.cast.engagement

    def part(self, name: str = "Knowledge test") -> TopicPart:
        with entered(self.trainer.reach):
            found: TopicPart = TopicPart.objects.select_related("topic__engagement").get(
                topic=self.topic, name=name
            )
            return found

    def trainee(self, label: str = "KR-01") -> Trainee:
        with entered(self.trainer.reach):
            rows = Trainee.objects.select_related("training_class__engagement").prefetch_related(
                "training_class__engagement__parties"
            )
            found: Trainee = rows.get(training_class=self.training_class, label=label)
            return found

    def standing(self, label: str = "KR-01", today: date = TODAY) -> Standing:
        with entered(self.trainer.reach):
            return standing_of(self.trainee(label), self.topic, today)

    def records(self, *rows: tuple[str, str, date, str], at: datetime = AT) -> Any:
        """Label, part, day and score."""
        said = [ResultSaid(one, self.topic.name, on, part, Decimal(score)) for one, part, on, score in rows]
        return record_results(self.trainer, self.training_class, results=said, at=at)

    def certificates(self, label: str = "KR-01") -> list[Certificate]:
        with entered(self.trainer.reach):
            return list(Certificate.objects.filter(trainee__label=label))

    def results(self) -> list[Result]:
        with entered(self.trainer.reach):
            return list(Result.objects.order_by("recorded_at", "number"))

    def questions(self) -> list[Question]:
        with entered(self.trainer.reach):
            return list(Question.objects.filter(topic=self.topic))

    def code(self, at: datetime = AT, days: int = 14) -> str:
        return class_code(open_class_code(self.trainer, self.training_class, days=days, at=at).pk)

    def browser(self, person: Person | None = None) -> Client:
        found = Client()
        found.force_login(person or self.trainer_person, backend=BACKEND)
        return found

    def owner(self) -> Client:
        return self.browser(self.programme.cast.owner)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"learning:{name}", args=[self.engagement.pk, *more])


@replayed
def a_taught() -> Taught:
    """Four questions, of which the first has two right answers; three people."""
    cast = make_cast()
    programme = programme_of("light", cast)
    trainer = joined(
        programme.provider, cast.engagement, "provider", ["trainer"], "Nikola Stanković", "danubecare"
    )
    actor = actor_for(trainer.person)
    with entered(actor.reach):
        deal = engagement_seen_by(actor, cast.engagement.pk)
    topic = add_topic(actor, deal, said=TopicSaid("Refunds", is_critical=True, parts=PARTS), at=AT)
    asked = [QuestionSaid(f"Question {number}", ("Yes", "No", "Ask"), (0, 2) if number == 1 else (1,), f"Page {number}") for number in range(1, 5)]  # fmt: skip
    add_questions(actor, topic, questions=asked, at=AT)
    said = ClassSaid("First class", TODAY, TODAY + timedelta(days=20), topics=(topic.pk,))
    made = open_class(actor, deal, said=said, at=AT)
    enrol(actor, made, labels=["KR-01", "KR-02", "KR-03"], at=AT)
    return Taught(programme, trainer.person, topic, made)
