"""What stands around the activities: the plan's start, its calendars, sites and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.refusals import NotPermitted
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Wave
from handfast.transition.permissions import is_alone, may_manage_plan
from handfast.transition.queries.checking import check_frame
from handfast.transition.queries.sides import side_of
from handfast.transition.refusals import ActivityRefused, NeedsAcceptance, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

AMENDABLE = frozenset({"starts_on", "calendars", "sites", "released"})
OF_A_SIDE = frozenset({"calendars", "sites", "released"})


@action(permits=may_manage_plan, records="plan.amended")
def amend_plan(
    actor: Actor, plan: Plan, /, *, changes: Mapping[str, Any], at: datetime, as_seen: str | None = None
) -> Plan:
    """Change the start, the own calendar, sites or people released; the dates that follow are a forecast.

    A side's working days are its own facts, so it changes those of nobody else. The start is both sides' once a
    baseline is agreed: then activities move, one by one. Raises NothingChanges, ActivityRefused, NotPermitted,
    NeedsAcceptance.
    """
    if changes.keys() - AMENDABLE:
        raise ActivityRefused("not something of the plan that is amended")
    if all(getattr(plan, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    check_frame(plan, changes)
    _check_own(actor, plan, changes)
    is_start_moved = changes.get("starts_on", plan.starts_on) != plan.starts_on
    if plan.baseline_number and is_start_moved and not is_alone(plan):
        raise NeedsAcceptance("a baseline is agreed: propose other dates of the activities instead")
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(changes))
    Wave.objects.filter(plan=plan, number=1).update(starts_on=plan.starts_on)
    count_change(plan, plan, actor=actor, at=at)
    return plan


def _check_own(actor: Actor, plan: Plan, changes: Mapping[str, Any]) -> None:
    mine = side_of(actor, plan)
    for name in changes.keys() & OF_A_SIDE:
        before, after = getattr(plan, name), changes[name]
        if any(before.get(side) != after.get(side) for side in (before | after) if side != mine):
            raise NotPermitted(f"{name}: the other side writes its own")
