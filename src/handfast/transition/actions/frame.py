"""What stands around the activities: the plan's start, its calendars and people, its freezes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.refusals import NotPermitted
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Freeze, Step
from handfast.transition.permissions import may_lift_freeze, may_manage_plan
from handfast.transition.queries.checking import check_frame, check_values
from handfast.transition.queries.sides import side_of
from handfast.transition.refusals import ActivityRefused, NeedsAcceptance, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

AMENDABLE = frozenset({"starts_on", "calendars", "released"})
OF_A_SIDE = frozenset({"calendars", "released"})
WHOLE = 100


@action(permits=may_manage_plan, records="plan.amended")
def amend_plan(
    actor: Actor, plan: Plan, /, *, changes: Mapping[str, Any], at: datetime, as_seen: str | None = None
) -> Plan:
    """Change the start, the own calendar or the own people released; the dates that follow are a forecast.

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
    if plan.baseline_number and changes.get("starts_on", plan.starts_on) != plan.starts_on:
        raise NeedsAcceptance("a baseline is agreed: propose other dates of the activities instead")
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(changes))
    count_change(plan, plan, actor=actor, at=at)
    return plan


def _check_own(actor: Actor, plan: Plan, changes: Mapping[str, Any]) -> None:
    mine = side_of(actor, plan)
    for name in changes.keys() & OF_A_SIDE:
        before, after = getattr(plan, name), changes[name]
        if any(before.get(side) != after.get(side) for side in (before | after) if side != mine):
            raise NotPermitted(f"{name}: the other side writes its own")


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
    as_seen: str | None = None,
) -> Freeze:
    """Write down days on which named work does not run, or at `percent` of its strength. Raises ActivityRefused."""
    check_values({"name": name, "first_on": first_on, "end_on": end_on})
    if set(leads) - set(Step.Lead.values):
        raise ActivityRefused("these leads are not known", [("leads", f"of {', '.join(Step.Lead.values)}")])
    if set(step_keys) - set(plan.steps.values_list("key", flat=True)):
        raise ActivityRefused("these steps are not in the plan", [("step_keys", "choose steps of the plan")])
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


@action(permits=may_lift_freeze, records="freeze.lifted")
def lift_freeze(actor: Actor, freeze: Freeze, /, *, at: datetime) -> Freeze:
    """Take a freeze away."""
    count_change(freeze.plan, freeze, actor=actor, at=at)
    kept = freeze.pk
    freeze.delete()
    freeze.pk = kept  # the entry names the freeze that was
    return freeze
