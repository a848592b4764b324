"""Plan the sessions in which a topic is shown, and write down who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.learning.models import Attendance, Session, Topic, Trainee
from handfast.learning.permissions import may_amend_session, may_plan_session, may_run_session
from handfast.learning.reading.said import checked_session
from handfast.learning.refusals import SessionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.learning.models import TrainingClass
    from handfast.learning.reading.said import SessionSaid


@action(permits=may_plan_session, records="session.planned")
def plan_session(
    actor: Actor, training_class: TrainingClass, /, *, said: SessionSaid, at: datetime
) -> Session:
    """When a topic is shown to a class, and by whom. Raises SessionRefused."""
    tidy = checked_session(said)
    newest = Session.objects.filter(training_class=training_class).order_by("number").last()
    made: Session = Session.objects.create(
        space_id=training_class.space_id, training_class=training_class, number=newest.number + 1 if newest else 1,
        topic=_topic(training_class, tidy.topic_id), starts_at=tidy.starts_at, minutes=tidy.minutes, expert=tidy.expert,
        trainer=tidy.trainer, place=tidy.place, changed_at=at, changed_by_id=actor.person,
    )  # fmt: skip
    return made


@action(permits=may_amend_session, records="session.amended")
def amend_session(
    actor: Actor, session: Session, /, *, said: SessionSaid, is_cancelled: bool = False, at: datetime,
    as_seen: str | None = None,
) -> Session:  # fmt: skip
    """Move it, name others, or cancel it; not once it was held. Raises SessionRefused, Conflict."""
    tidy = checked_session(said)
    if session.state == Session.State.HELD:
        fault = "it was held: who was there can be changed, not when it was"
        raise SessionRefused(fault, [("starts_at", fault)])
    for name in ("starts_at", "minutes", "expert", "trainer", "place"):
        setattr(session, name, getattr(tidy, name))
    session.topic = _topic(session.training_class, tidy.topic_id)
    session.state = Session.State.CANCELLED if is_cancelled else Session.State.PLANNED
    _changed(actor, session, at)
    return session


@action(permits=may_run_session, records="session.held")
def keep_attendance(
    actor: Actor, session: Session, /, *, there: Mapping[UUID, str], at: datetime, as_seen: str | None = None
) -> Session:
    """Who was there, and how each played the work back; what was written before is replaced. Raises SessionRefused, Conflict."""
    if session.state == Session.State.CANCELLED or session.starts_at > at:
        fault = "it was cancelled" if session.state == Session.State.CANCELLED else "it has not begun"
        raise SessionRefused(f"attendance: {fault}", [("there", fault)])
    here = set(
        Trainee.objects.filter(training_class_id=session.training_class_id, pk__in=there).values_list(
            "pk", flat=True
        )
    )
    wrong = [one for one in there.values() if one not in Attendance.Playback.values]
    if len(here) < len(there) or wrong:
        fault = "name people of this class, each as well, again, or not played back"
        raise SessionRefused(f"attendance: {fault}", [("there", fault)])
    Attendance.objects.filter(session=session).delete()
    Attendance.objects.bulk_create(
        Attendance(space_id=session.space_id, session=session, trainee_id=one, playback=playback)
        for one, playback in there.items()
    )
    session.state = Session.State.HELD
    _changed(actor, session, at)
    return session


def _topic(training_class: TrainingClass, topic: UUID) -> Topic:
    rows = Topic.objects.filter(
        pk=topic, engagement_id=training_class.engagement_id, space_id=training_class.space_id
    )
    found: Topic | None = rows.first()
    if found is None:
        said = "choose a topic of this engagement"
        raise SessionRefused(f"topic: {said}", [("topic_id", said)])
    return found


def _changed(actor: Actor, session: Session, at: datetime) -> None:
    session.version += 1
    session.changed_at, session.changed_by_id = at, actor.person
    session.save()
