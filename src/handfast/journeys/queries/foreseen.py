"""The nearest milestone of each plan that both sides keep, and how sure its day is by the plan's own simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery

from handfast.kernel.worktime.zones import zone_named
from handfast.transition.models import Activity, Dates, Plan
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.told import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.kernel.quantity import Share


@dataclass(frozen=True, slots=True)
class Range:
    """The days by which fifty and eighty runs of a hundred reach it; the agreed day and the share that keeps it.

    `is_stale` where the plan was changed since it was simulated.
    """

    p50_on: date
    p80_on: date
    agreed_on: date | None
    kept: Share | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The nearest milestone or gate that is still to come, on the day the plan computes for it.

    `range` is None where the plan was never simulated, or the simulation knew nothing of it.
    """

    name: str
    on: date
    is_late: bool
    range: Range | None = None


def foreseen_of(actor: Actor, deals: Sequence[Engagement]) -> dict[UUID, Foreseen]:
    """By engagement, in two questions."""
    zones = {one.pk: one.zone for one in deals}
    days = Dates.objects.filter(activity_id=OuterRef("pk"), space_id=OuterRef("space_id"))
    rows = Activity.objects.filter(
        plan__engagement_id__in=list(zones),
        space_id__in=actor.reach.reads,
        space_id=F("plan__space_id"),
        kind__in=(Activity.Kind.MILESTONE, Activity.Kind.GATE),
        removed_at__isnull=True,
        finished_on__isnull=True,
    ).annotate(ends_at=Subquery(days.values("ends_at")[:1]), is_late=Subquery(days.values("is_late")[:1]))
    told = rows.filter(ends_at__isnull=False).order_by("-ends_at", "name")
    nearest = {
        deal: (activity, name, ends_at.astimezone(zone_named(zones[deal])).date(), is_late)
        for deal, activity, name, ends_at, is_late in told.values_list(
            "plan__engagement_id", "pk", "name", "ends_at", "is_late"
        )
    }
    ranges = _ranges(actor, zones, [one[0] for one in nearest.values()])
    return {
        deal: Foreseen(name, on, is_late, ranges.get(activity))
        for deal, (activity, name, on, is_late) in nearest.items()
    }


def _ranges(actor: Actor, zones: dict[UUID, str], activities: Iterable[UUID]) -> dict[UUID, Range]:
    """By activity what the last simulation of its plan says of it."""
    asked, found = set(activities), {}
    plans = Plan.objects.filter(engagement_id__in=list(zones), space_id__in=actor.reach.reads)
    for plan in plans:
        outlook, zone = outlook_of(plan), zones[plan.engagement_id]
        for one in (outlook.live, *outlook.milestones) if outlook else ():
            if outlook and one.activity_id in asked:
                found[one.activity_id] = Range(
                    day_of(one.p50_at, zone),
                    day_of(one.p80_at, zone),
                    day_of(one.agreed_at, zone) if one.agreed_at else None,
                    outlook.share_of(one.agreed_runs) if one.agreed_at else None,
                    outlook.version != plan.version,
                )
    return found
