"""The reach of the jobs that date and simulate a plan: both sides' spaces, the plan's tables only."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.models import Space
from handfast.foundation.scope import reached_by_job
from handfast.foundation.sight import the_one
from handfast.transition.models import Plan
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from handfast.foundation.scope import Reach

DATING, SIMULATION = "date the plan", "simulate the plan"


def undated() -> ActivityRefused:
    """What is told where a plan cannot be dated, and the reason may lie in what is not in sight: no name."""
    return ActivityRefused(
        "with this the plan cannot be dated: work waits for itself in a ring, or on a calendar that is never open"
    )


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
