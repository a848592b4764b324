"""What the worker does for transition: dates a plan after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.outbox import handles
from handfast.transition.actions import date_now
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(DATE_PLAN)
def date_plan(task: Task) -> None:
    """Date the plan, unless the page that changed it has done so already: then nothing differs."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        date_now(plan.engagement_id, at=task.now())
