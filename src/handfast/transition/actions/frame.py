"""What stands around the activities: the plan's start, its calendars and people, its freezes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Freeze
from handfast.transition.permissions import may_manage_plan
from handfast.transition.refusals import ActivityRefused, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

AMENDABLE = frozenset({"starts_on", "calendars", "sites", "released", "risks", "as_of_on"})
WHOLE = 100


@action(permits=may_manage_plan, records="plan.amended")
def amend_plan(actor: Actor, plan: Plan, /, *, changes: Mapping[str, Any], at: datetime) -> Plan:
    """Change the start, the calendars or the people released. Raises NothingChanges, ActivityRefused."""
    if changes.keys() - AMENDABLE:
        raise ActivityRefused("not something of the plan that is amended")
    if all(getattr(plan, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(changes))
    count_change(plan, plan, actor=actor, at=at)
    return plan


@action(permits=may_manage_plan, records="freeze.declared")
def declare_freeze(
    actor: Actor,
    plan: Plan,
    /,
    *,
    name: str,
    first_on: date,
    end_on: date,
    percent: int,
    leads: list[str],
    step_keys: list[str],
    at: datetime,
) -> Freeze:
    """Write down days on which named work does not run, or at `percent` of its strength. Raises ActivityRefused."""
    if end_on <= first_on:
        raise ActivityRefused("a freeze ends after it begins", [("end_on", "write a later day")])
    if not 0 <= percent < WHOLE:
        raise ActivityRefused("0 to 99 % of the strength is left", [("percent", "write 0 to 99")])
    freeze: Freeze = Freeze.objects.create(
        space_id=plan.space_id, plan=plan, name=name, first_on=first_on, end_on=end_on, percent=percent,
        leads=leads, step_keys=step_keys,
    )  # fmt: skip
    count_change(plan, freeze, actor=actor, at=at)
    return freeze


@action(permits=may_manage_plan, records="freeze.lifted")
def lift_freeze(actor: Actor, plan: Plan, /, *, freeze: Freeze, at: datetime) -> Plan:
    """Take a freeze away."""
    count_change(plan, freeze, actor=actor, at=at)
    freeze.delete()
    return plan
