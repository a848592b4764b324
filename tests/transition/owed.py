"""Deliverables for tests: planned, handed in, answered, by the two sides of a programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import attach_file
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.things import space_for
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    accept_deliverable,
    plan_deliverable,
    reject_deliverable,
    submit_deliverable,
)
from handfast.transition.queries.deliverables import deliverable_seen_by, thing_of
from handfast.transition.reading.deliverables import DeliverableSaid

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import File
    from handfast.foundation.actor import Actor
    from handfast.transition.models import Deliverable

# A Thursday morning in Toronto, before the office opens; its review of two days ends on Friday at 17:00, 21:00 UTC.
HANDED_IN = datetime(2026, 4, 16, 12, 30, tzinfo=UTC)
ENDS = datetime(2026, 4, 17, 21, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
SAID = DeliverableSaid(
    "Knowledge transfer plan",
    "provider",
    date(2026, 4, 20),
    2,
    is_silence_acceptance=True,
    text="For both queues",
)


def owed(actor: Actor, engagement: Engagement, **said: Any) -> Deliverable:
    with entered(actor.reach):
        deal = engagement_seen_by(actor, engagement.pk)
    return plan_deliverable(actor, deal, said=replace(SAID, **said), at=HANDED_IN - timedelta(days=1))


def handed_in(actor: Actor, one: Deliverable, at: datetime = HANDED_IN) -> Deliverable:
    return submit_deliverable(actor, one, note="The first version", at=at)


def rejected(actor: Actor, one: Deliverable, *reasons: str, at: datetime = HANDED_IN) -> Deliverable:
    return reject_deliverable(actor, one, reasons=reasons or ("Page 3 is missing",), at=at)


def accepted(actor: Actor, one: Deliverable, at: datetime = HANDED_IN) -> Deliverable:
    return accept_deliverable(actor, one, at=at)


def filed_beside(actor: Actor, one: Deliverable, audience: str) -> File:
    """A file that both see, or the actor's side alone."""
    with entered(actor.reach):
        thing = thing_of(deliverable_seen_by(actor, one.pk))
        space = space_for(actor, thing, audience)
    content = f"Plan, {audience}".encode()
    with (
        staged_in(incoming(), [content], "plan.txt") as (_, staged),
        looked_through(staged, space.pk) as file,
    ):
        return attach_file(actor, space, thing=thing, file=file, at=HANDED_IN - timedelta(hours=1))


def now(actor: Actor, one: Deliverable) -> Deliverable:
    """As it is kept at this moment."""
    with entered(actor.reach):
        return deliverable_seen_by(actor, one.pk)
