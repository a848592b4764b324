"""Propose the dates of today as the baseline, and agree to it: both sides hold to it, so both sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.transition.models import Activity, Dates
from handfast.transition.permissions import may_agree_baseline, may_manage_plan
from handfast.transition.refusals import ActivityRefused, BaselineNotAsked

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

ASKED = ("baseline_asked_for_id", "baseline_asked_version")


@action(permits=may_manage_plan, records="baseline.proposed")
def propose_baseline(actor: Actor, plan: Plan, /, *, at: datetime, as_seen: str | None = None) -> Plan:
    """Ask the other side to hold to the present dates. Raises Conflict where they are awaited, or proposed already."""
    _check_dated(plan)
    if plan.baseline_asked_version == plan.version:
        raise Conflict("these dates are proposed as the baseline already")
    plan.baseline_asked_for_id, plan.baseline_asked_version = actor.organisation, plan.version
    plan.save(update_fields=list(ASKED))
    later(
        "transition.baseline_proposed", plan, due_at=at, actor=actor, key=f"baseline:{plan.pk}:{plan.version}"
    )
    return plan


@action(permits=may_agree_baseline, records="baseline.agreed")
def agree_baseline(
    actor: Actor, plan: Plan, /, *, typed: str, at: datetime, as_seen: str | None = None
) -> Plan:
    """Keep the dates of every shared activity as the next baseline. `typed` is its number.

    Raises BaselineNotAsked, ActivityRefused, Conflict.
    """
    if plan.baseline_asked_for_id is None:
        raise BaselineNotAsked("nobody has proposed these dates as the baseline")
    if plan.baseline_asked_version != plan.version:
        raise BaselineNotAsked("the plan has changed since its dates were proposed: propose them anew")
    _check_dated(plan)
    wanted = str(plan.baseline_number + 1)
    if typed.strip() != wanted:
        raise ActivityRefused(f"type {wanted} to agree", [("typed", f"type {wanted}, the baseline's number")])
    dates = {one.activity_id: one for one in Dates.objects.filter(plan=plan, space_id=plan.space_id)}
    shared = Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True)
    rows = [one for one in shared if one.pk in dates]
    for one in rows:
        one.baseline_starts_at, one.baseline_ends_at = dates[one.pk].starts_at, dates[one.pk].ends_at
    Activity.objects.bulk_update(rows, ["baseline_starts_at", "baseline_ends_at"], batch_size=200)
    plan.baseline_number += 1
    plan.baseline_at = at
    plan.baseline_asked_for_id = plan.baseline_asked_version = None
    plan.save(update_fields=["baseline_number", "baseline_at", *ASKED])
    return plan


def _check_dated(plan: Plan) -> None:
    if plan.dated_version != plan.version:
        raise Conflict("the plan is being dated after its last change: try again in a moment")
