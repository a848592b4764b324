"""The rows of learning as somebody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.engagement.queries import party_of
from handfast.foundation.sight import the_one
from handfast.learning.models import (
    Certificate,
    ClassTopic,
    Question,
    Session,
    Topic,
    Trainee,
    TrainingClass,
)

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor


def topics_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Topic]:
    """All of an engagement in their order, also those that were dropped."""
    rows = Topic.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("process")


def kept_topics(deal: Engagement) -> QuerySet[Topic]:
    """Those of an engagement that are still taught, in their order."""
    return Topic.objects.filter(engagement=deal, space_id=deal.space_id, is_dropped=False)


def topic_seen_by(actor: Actor, topic: UUID) -> Topic:
    """One of them. Raises NotSeen."""
    rows = Topic.objects.filter(pk=topic, space_id__in=actor.reach.reads)
    found: Topic = the_one(rows.select_related("engagement", "process"))
    return found


def question_seen_by(actor: Actor, question: UUID) -> Question:
    """One of a bank. Raises NotSeen."""
    rows = Question.objects.filter(pk=question, space_id__in=actor.reach.reads)
    found: Question = the_one(rows.select_related("topic__engagement"))
    return found


def classes_seen_by(actor: Actor, engagement: UUID) -> QuerySet[TrainingClass]:
    """All of an engagement in their order."""
    return TrainingClass.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)


def class_seen_by(actor: Actor, training_class: UUID) -> TrainingClass:
    """One of them, with its engagement's parties. Raises NotSeen."""
    rows = TrainingClass.objects.filter(pk=training_class, space_id__in=actor.reach.reads)
    found: TrainingClass = the_one(rows.select_related("engagement").prefetch_related("engagement__parties"))
    return found


def trainee_seen_by(actor: Actor, trainee: UUID) -> Trainee:
    """One of a class. Raises NotSeen."""
    rows = Trainee.objects.filter(pk=trainee, space_id__in=actor.reach.reads)
    told = rows.select_related("training_class__engagement")
    found: Trainee = the_one(told.prefetch_related("training_class__engagement__parties"))
    return found


def session_seen_by(actor: Actor, session: UUID) -> Session:
    """One of a class. Raises NotSeen."""
    rows = Session.objects.filter(pk=session, space_id__in=actor.reach.reads)
    told = rows.select_related("training_class__engagement", "topic")
    found: Session = the_one(told.prefetch_related("training_class__engagement__parties"))
    return found


def certificate_seen_by(actor: Actor, certificate: UUID) -> Certificate:
    """One of them. Raises NotSeen."""
    rows = Certificate.objects.filter(pk=certificate, space_id__in=actor.reach.reads)
    told = rows.select_related("trainee__training_class__engagement", "topic")
    found: Certificate = the_one(told.prefetch_related("trainee__training_class__engagement__parties"))
    return found


def reads_scores(actor: Actor, training_class: TrainingClass) -> bool:
    """Whether somebody reads how many points were reached: the own side, and the other one where the class shows them."""
    mine = party_of(training_class.engagement, actor.organisation)
    return training_class.shows_scores or (mine is not None and mine.side == training_class.side)


def topics_of(training_class: TrainingClass) -> list[Topic]:
    """What a class must hold, in the order of the topics."""
    assigned = ClassTopic.objects.filter(training_class=training_class).select_related("topic")
    return sorted((one.topic for one in assigned if not one.topic.is_dropped), key=lambda one: one.number)


def here_on(today: date, before: str = "") -> Q:
    """Trainees who have not left; `before` leads to them."""
    return Q(**{f"{before}left_on__isnull": True}) | Q(**{f"{before}left_on__gt": today})


def holds_on(today: date, before: str = "") -> Q:
    """Certificates that hold on a day; `before` leads to them."""
    lasts = Q(**{f"{before}valid_until__isnull": True}) | Q(**{f"{before}valid_until__gte": today})
    return lasts & Q(**{f"{before}lapsed_at__isnull": True, f"{before}certified_on__lte": today})
