"""How many hold what: by topic, by class, and in all; counted by the database, whatever the number of people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F

from handfast.learning.models import Certificate, ClassTopic, Question, Topic, Trainee, TrainingClass
from handfast.learning.queries.seen import here_on, holds_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from handfast.engagement.models import Engagement


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with how many different people hold it, and how many questions its bank asks."""

    topic: Topic
    certified: int
    questions: int

    @property
    def is_thin(self) -> bool:
        """Whether a critical topic is known to fewer people than agreed."""
        return self.topic.is_critical and self.certified < self.topic.minimum


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class with its people who have not left, and how many of them hold every topic that it must hold."""

    training_class: TrainingClass
    people: int
    complete: int
    topics: int


def topic_counts(deal: Engagement, today: date) -> list[TopicCount]:
    """Of the topics that are kept: critical ones that few know first, then by how few know them."""
    held = Certificate.objects.filter(
        here_on(today, "trainee__"), holds_on(today), space_id=deal.space_id, topic__engagement=deal
    )
    certified = dict(
        held.order_by()
        .values("topic")
        .annotate(n=Count("trainee__label", distinct=True))
        .values_list("topic", "n")
    )
    asked = Question.objects.filter(space_id=deal.space_id, topic__engagement=deal, is_dropped=False)
    questions = dict(asked.order_by().values("topic").annotate(n=Count("pk")).values_list("topic", "n"))
    rows = Topic.objects.filter(space_id=deal.space_id, engagement=deal, is_dropped=False)
    found = [TopicCount(one, certified.get(one.pk, 0), questions.get(one.pk, 0)) for one in rows]
    return sorted(found, key=lambda one: (not one.is_thin, one.certified, one.topic.number))


def class_counts(deal: Engagement, today: date) -> list[ClassCount]:
    """Of every class, in their order."""
    here = Trainee.objects.filter(here_on(today), space_id=deal.space_id, training_class__engagement=deal)
    people = dict(
        here.order_by().values("training_class").annotate(n=Count("pk")).values_list("training_class", "n")
    )
    asked = _asked(deal)
    complete: dict[UUID, int] = defaultdict(int)
    for trainee_class, held in _held(deal, today):
        if held >= asked.get(trainee_class, 0) > 0:
            complete[trainee_class] += 1
    rows = TrainingClass.objects.filter(space_id=deal.space_id, engagement=deal)
    return [ClassCount(one, people.get(one.pk, 0), complete[one.pk], asked.get(one.pk, 0)) for one in rows]


def _asked(deal: Engagement) -> Mapping[UUID, int]:
    """By class how many topics it must hold."""
    rows = ClassTopic.objects.filter(
        space_id=deal.space_id, training_class__engagement=deal, topic__is_dropped=False
    )
    return dict(
        rows.order_by().values("training_class").annotate(n=Count("pk")).values_list("training_class", "n")
    )


def _held(deal: Engagement, today: date) -> list[tuple[UUID, int]]:
    """For everybody who holds anything that their class must hold: the class, and how many of its topics."""
    rows = Certificate.objects.filter(
        here_on(today, "trainee__"), holds_on(today), space_id=deal.space_id, topic__engagement=deal,
        topic__is_dropped=False, topic__assigned__training_class=F("trainee__training_class"),
    )  # fmt: skip
    told = (
        rows.order_by().values("trainee", "trainee__training_class").annotate(n=Count("topic", distinct=True))
    )
    return list(told.values_list("trainee__training_class", "n"))
