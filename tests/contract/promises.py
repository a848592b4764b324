"""Milestones for the tests: proposed and agreed by the verbs only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.contract.actions import agree_milestone, propose_milestone
from handfast.contract.reading.milestones import MilestoneSaid

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.contract.models import AgreedMilestone

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
LIVE = MilestoneSaid(
    "Live at full volume", date(2026, 6, 26), Decimal("120000.00"), "Schedule 4, 2.1", "go_live"
)


def proposed(cast: Cast, *, by: str = "provider", replaces: Any = None, **other: Any) -> AgreedMilestone:
    """A milestone that waits for the other side."""
    actor = cast.actor(cast.owner if by == "client" else cast.delivery)
    return propose_milestone(actor, cast.engagement, said=replace(LIVE, **other), replaces=replaces, at=AT)


def agreed(cast: Cast, *, replaces: Any = None, **other: Any) -> AgreedMilestone:
    """A milestone that both hold to."""
    made = proposed(cast, replaces=replaces, **other)
    return agree_milestone(cast.actor(cast.owner), made, at=AT)
