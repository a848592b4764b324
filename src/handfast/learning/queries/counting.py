"""How many hold what: by topic, by class, and in all; counted by the database, whatever the number of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef

from handfast.learning.models import Certificate, ClassTopic, Question, Topic, Trainee, TrainingClass
from handfast.learning.queries.seen import here_on, holds_on, kept_topics

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

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


def topic_counts(
    deal: Engagement, today: date, *, only: UUID | None = None, is_critical: bool = False
) -> list[TopicCount]:
    """Of the topics that are kept: critical ones that few know first, then by how few know them.

    `only` narrows to one of them, `is_critical` to the critical ones.
    """
    rows = kept_topics(deal) if only is None else kept_topics(deal).filter(pk=only)
    topics = list(rows.filter(is_critical=True) if is_critical else rows)
    of = {"space_id": deal.space_id, "topic__in": [one.pk for one in topics]}
    held = Certificate.objects.filter(here_on(today, "trainee__"), holds_on(today), **of)
    certified = counted(held, "topic", "trainee__label")
    questions = counted(Question.objects.filter(is_dropped=False, **of), "topic")
    found = [TopicCount(one, certified.get(one.pk, 0), questions.get(one.pk, 0)) for one in topics]
    return sorted(found, key=lambda one: (not one.is_thin, one.certified, one.topic.number))


def class_counts(deal: Engagement, today: date, *, only: UUID | None = None) -> list[ClassCount]:
    """Of every class, in their order; `only` narrows to one."""
    of = {} if only is None else {"training_class": only}
    here = Trainee.objects.filter(
        here_on(today), space_id=deal.space_id, training_class__engagement=deal, **of
    )
    must = ClassTopic.objects.filter(
        space_id=deal.space_id, training_class__engagement=deal, topic__is_dropped=False, **of
    )
    people, asked = counted(here, "training_class"), counted(must, "training_class")
    complete = counted(here.filter(~Exists(_lacking(deal, today))), "training_class")
    rows = TrainingClass.objects.filter(space_id=deal.space_id, engagement=deal)
    return [
        ClassCount(
            one,
            people.get(one.pk, 0),
            complete.get(one.pk, 0) if one.pk in asked else 0,
            asked.get(one.pk, 0),
        )
        for one in (rows if only is None else rows.filter(pk=only))
    ]


def counted(rows: QuerySet[Any, Any], by: str, what: str = "pk") -> Mapping[UUID, int]:
    """By the value of one column how many different values of another there are."""
    told = rows.order_by().values(by).annotate(n=Count(what, distinct=what != "pk"))
    return dict(told.values_list(by, "n"))


def _lacking(deal: Engagement, today: date) -> QuerySet[ClassTopic]:
    """Of a trainee, what their class must hold and they do not: two looks into an index each, and none after the first that lacks."""
    held = Certificate.objects.filter(
        holds_on(today), space_id=deal.space_id, trainee=OuterRef(OuterRef("pk")), topic=OuterRef("topic")
    )
    must = ClassTopic.objects.filter(
        space_id=deal.space_id, training_class=OuterRef("training_class"), topic__is_dropped=False
    )
    return must.filter(~Exists(held))
