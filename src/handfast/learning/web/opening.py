"""What a page of learning is opened on: the thing, if it is one of this engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.learning.queries.seen import (
    certificate_seen_by,
    class_seen_by,
    question_seen_by,
    session_seen_by,
    topic_seen_by,
    trainee_seen_by,
)

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.doors import ActorRequest
    from handfast.learning.models import Certificate, Question, Session, Topic, Trainee, TrainingClass


def topic_here(request: ActorRequest, engagement: UUID, topic: UUID) -> tuple[Engagement, Topic]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), topic_seen_by(request.actor, topic)
    return _same(deal, found.engagement_id), found


def question_here(request: ActorRequest, engagement: UUID, question: UUID) -> Question:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), question_seen_by(request.actor, question)
    _same(deal, found.topic.engagement_id)
    return found


def class_here(
    request: ActorRequest, engagement: UUID, training_class: UUID
) -> tuple[Engagement, TrainingClass]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), class_seen_by(request.actor, training_class)
    return _same(deal, found.engagement_id), found


def trainee_here(request: ActorRequest, engagement: UUID, trainee: UUID) -> tuple[Engagement, Trainee]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), trainee_seen_by(request.actor, trainee)
    return _same(deal, found.training_class.engagement_id), found


def session_here(request: ActorRequest, engagement: UUID, session: UUID) -> tuple[Engagement, Session]:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), session_seen_by(request.actor, session)
    return _same(deal, found.training_class.engagement_id), found


def certificate_here(
    request: ActorRequest, engagement: UUID, certificate: UUID
) -> tuple[Engagement, Certificate]:
    """Raises NotSeen."""
    deal, found = (
        engagement_seen_by(request.actor, engagement),
        certificate_seen_by(request.actor, certificate),
    )
    return _same(deal, found.trainee.training_class.engagement_id), found


def _same(deal: Engagement, engagement: UUID) -> Engagement:
    if engagement != deal.pk:
        raise NotSeen
    return deal
