"""The reach of the jobs that date and simulate a plan: both sides' spaces, the plan's tables only."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.models import Space
from handfast.foundation.scope import reached_by_job
from handfast.foundation.sight import the_one
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from handfast.foundation.scope import Reach

DATING, SIMULATION = "date the plan", "simulate the plan"


@dataclass(frozen=True, slots=True)
class PlanJob:
    """A plan with the spaces in which it lives: the shared one, and each side's own with its organisation."""

    plan: Plan
    spaces: Mapping[UUID, UUID | None]
    reach: Reach


@contextmanager
def plan_at_job(engagement: UUID, job: str = DATING) -> Iterator[PlanJob]:
    """Within, both sides' rows of the plan are seen: nothing of them may be handed to whoever asked. Raises NotSeen."""
    kinds = (Space.Kind.SHARED, Space.Kind.INTERNAL)
    rows = Space.objects.filter(engagement_id=engagement, kind__in=kinds)
    spaces = dict(rows.values_list("pk", "organisation_id"))
    with reached_by_job(job, frozenset(spaces)) as reach:
        plans = Plan.objects.filter(engagement_id=engagement).select_related("engagement")
        plan: Plan = the_one(plans.prefetch_related("engagement__parties"))
        yield PlanJob(plan, spaces, reach)
