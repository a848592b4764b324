"""Agree the dates of today as the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.transition.models import Activity, Dates
from handfast.transition.permissions import may_manage_plan

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan


@action(permits=may_manage_plan, records="plan.baselined")
def agree_baseline(actor: Actor, plan: Plan, /, *, at: datetime) -> Plan:
    """Keep the present dates of every shared activity as the next baseline. Raises Conflict where dates are awaited."""
    if plan.dated_version != plan.version:
        raise Conflict("the plan is being dated after its last change: try again in a moment")
    dates = {one.activity_id: one for one in Dates.objects.filter(plan=plan, space_id=plan.space_id)}
    rows = [one for one in Activity.objects.filter(plan=plan, space_id=plan.space_id) if one.pk in dates]
    for one in rows:
        one.baseline_starts_at, one.baseline_ends_at = dates[one.pk].starts_at, dates[one.pk].ends_at
    Activity.objects.bulk_update(rows, ["baseline_starts_at", "baseline_ends_at"], batch_size=200)
    plan.baseline_number += 1
    plan.baseline_at = at
    plan.save(update_fields=["baseline_number", "baseline_at"])
    return plan
