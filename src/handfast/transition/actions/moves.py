"""Let both sides hear, once an evening, that milestones have moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.permissions import may_date_plan
from handfast.transition.queries.weeks import MILESTONES_MOVED, TELL_MOVES, evening_of, next_evening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan


def plant_telling(plan: Plan, at: datetime) -> None:
    """The row that tells of moves this evening; planted again it is the same row."""
    on = next_evening(plan, at)
    later(TELL_MOVES, plan, due_at=evening_of(plan, on), key=f"{TELL_MOVES}:{plan.pk}:{on}")


@action(permits=may_date_plan, records="plan.moves_told")
def keep_told(actor: Actor, plan: Plan, /, *, days: Mapping[str, str], at: datetime) -> Plan:
    """Keep the milestones' days as told. Where one that was told before has moved, both sides hear of it."""
    has_moved = any(key in days and days[key] != was for key, was in plan.told.items())
    plan.told = dict(days)
    plan.save(update_fields=["told"])
    if has_moved:
        later(
            MILESTONES_MOVED,
            plan,
            due_at=at,
            actor=actor,
            key=f"{MILESTONES_MOVED}:{plan.pk}:{at.isoformat()}",
        )
    return plan
