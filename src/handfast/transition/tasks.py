"""What the worker does for transition: dates a plan after a change, and simulates it once it is dated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.outbox import handles
from handfast.transition.actions import date_now, simulate_now
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.models import Plan
from handfast.transition.queries.outlook import SIMULATE_PLAN

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(DATE_PLAN)
def date_plan(task: Task) -> None:
    """Date the plan, unless the page that changed it has done so already: then nothing differs."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        date_now(plan.engagement_id, at=task.now())


@handles(SIMULATE_PLAN)
def simulate_plan(task: Task) -> None:
    """Run the plan ten thousand times, told as it goes; dates that have their outlook already are left alone."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        simulate_now(plan.engagement_id, at=task.now(), progress=lambda done, runs: _tell(task, done, runs))


def _tell(task: Task, done: int, runs: int) -> None:
    task.progress(done, runs, f"{done:,} of {runs:,} runs")
