"""Keep what the simulation of a plan answers: how sure its dates are, and what buys most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.actor import Actor
from handfast.foundation.scope import Reach
from handfast.transition.permissions import may_date_plan
from handfast.transition.queries.job import SIMULATION, plan_at_job
from handfast.transition.queries.outlook import outlook_of, plain_of
from handfast.transition.queries.simulated import RUNS, question_of, simulated

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from handfast.transition.models import Plan
    from handfast.transition.queries.outlook import Outlook


def simulate_now(
    engagement: UUID, *, at: datetime, runs: int = RUNS, progress: Callable[[int, int], None] | None = None
) -> None:
    """Simulate the plan of an engagement and keep its outlook, unless its dates have one. Raises NotSeen, PlanRefused.

    It is asked for by the shared dates only: a side that changes its own business and moves none of them leaves
    the outlook as it is, since a new one would tell the other side when.
    """
    with plan_at_job(engagement, SIMULATION) as job:
        kept = outlook_of(job.plan)
        if kept is not None and kept.dated_at == job.plan.dated_at:
            return
        question = question_of(job.plan, job.spaces)
    if question is None:
        return
    outlook = simulated(question, runs=runs, progress=progress)
    with plan_at_job(engagement, SIMULATION) as job:
        only_shared = Reach(job.reach.reads, frozenset({job.plan.space_id}), job.reach.tables)
        keep_outlook(Actor(None, None, only_shared), job.plan, outlook=outlook, at=at)


@action(permits=may_date_plan, records="plan.simulated")
def keep_outlook(actor: Actor, plan: Plan, /, *, outlook: Outlook, at: datetime) -> Plan:
    """Write the outlook; one of older dates is dropped, since a newer one will come."""
    if plan.dated_at == outlook.dated_at:
        plan.outlook = plain_of(outlook)
        plan.save(update_fields=["outlook"])
    return plan
