"""Who may keep topics and questions, run a class, take a test, and write results down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.learning.models import (
        Certificate,
        Question,
        Session,
        Sitting,
        Topic,
        Trainee,
        TrainingClass,
    )

TEACHES = "report-progress"


def may_add_topic(actor: Actor, engagement: Engagement) -> bool:
    """Whoever reports progress, on either side: the client's experts and the provider's trainers write together."""
    return actor.can(TEACHES, engagement.pk)


def may_keep_topic(actor: Actor, topic: Topic) -> bool:
    """The same."""
    return actor.can(TEACHES, topic.engagement_id)


def may_keep_question(actor: Actor, question: Question) -> bool:
    """The same."""
    return actor.can(TEACHES, question.topic.engagement_id)


def may_open_class(actor: Actor, engagement: Engagement) -> bool:
    """Whoever reports progress, for people of their own side."""
    return actor.can(TEACHES, engagement.pk)


def may_run_class(actor: Actor, training_class: TrainingClass) -> bool:
    """Whoever reports progress for the side whose people learn."""
    mine = party_of(training_class.engagement, actor.organisation)
    return (
        mine is not None
        and mine.side == training_class.side
        and actor.can(TEACHES, training_class.engagement_id)
    )


def may_plan_session(actor: Actor, training_class: TrainingClass) -> bool:
    """Whoever reports progress, on either side: the expert is of one, the trainees are of the other."""
    return actor.can(TEACHES, training_class.engagement_id)


def may_amend_session(actor: Actor, session: Session) -> bool:
    """The same."""
    return may_plan_session(actor, session.training_class)


def may_run_session(actor: Actor, session: Session) -> bool:
    """Whoever reports progress for the side whose people learn."""
    return may_run_class(actor, session.training_class)


def may_train(actor: Actor, trainee: Trainee) -> bool:
    """The same."""
    return may_run_class(actor, trainee.training_class)


def may_lapse_certificate(actor: Actor, certificate: Certificate) -> bool:
    """The same."""
    return may_run_class(actor, certificate.trainee.training_class)


def may_sit(actor: Actor, trainee: Trainee) -> bool:
    """Whoever holds the code of the class: nobody who is known, in this space alone."""
    return _holds_key(actor, trainee.space_id)


def may_hand_in(actor: Actor, sitting: Sitting) -> bool:
    """Whoever holds the secret of the sitting, and the worker when its time is over."""
    return _holds_key(actor, sitting.space_id)


def _holds_key(actor: Actor, space: object) -> bool:
    return actor.person is None and actor.reach.writes == frozenset({space})
