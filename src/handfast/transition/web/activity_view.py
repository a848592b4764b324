"""What the drawer of an activity tells: its dates in both zones, why, what it waits for and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from handfast.foundation.web.instants import both_zones
from handfast.transition.models import Link
from handfast.transition.queries.lines import float_text
from handfast.transition.queries.planned import zones_of
from handfast.transition.queries.told import agreed_on, day_of, ends_on
from handfast.transition.reading.templates import READY_CHECK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handfast.transition.models import Activity
    from handfast.transition.queries.plans import AnyLink, PlanRows


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link, and what the link asks: `finish to start, 2d later`."""

    id: UUID
    link: UUID
    name: str
    lead: str
    ends_on: date | None
    asks: str


@dataclass(frozen=True, slots=True)
class ActivityView:
    """The drawer's words. Dates are None while the plan is being dated for the first time."""

    step: str
    criteria: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    baseline_on: date | None
    later_days: int
    starts: str
    ends: str
    float_said: str
    free_said: str
    is_critical: bool
    is_late: bool
    why: str
    owner: str
    waits_for: tuple[Linked, ...]
    followed_by: tuple[Linked, ...]


def activity_view(rows: PlanRows, one: Activity, names: Mapping[UUID, str]) -> ActivityView:
    """The drawer of one activity of the plan; links to what is out of sight are not in `rows`."""
    zone, zones = rows.plan.engagement.zone, list(zones_of(rows.plan).values())
    dates = rows.dates.get(one.pk)
    step = next((step for step in rows.steps if step.key == one.step_key), None)
    is_passed = one.kind != one.Kind.WORK or one.key == READY_CHECK
    last_on = ends_on(dates, zone) if dates else None
    baseline_on = agreed_on(one, zone)
    known = {other.pk: other for other in rows.activities}
    return ActivityView(
        step.name if step else "",
        tuple(said["text"] for said in step.criteria) if step and is_passed else (),
        day_of(dates.starts_at, zone) if dates else None,
        last_on,
        baseline_on,
        (last_on - baseline_on).days if last_on and baseline_on else 0,
        both_zones(dates.starts_at, zones) if dates else "",
        both_zones(dates.ends_at, zones) if dates else "",
        float_text(dates.float_us, dates.day_us) if dates else "",
        float_text(dates.free_float_us, dates.day_us) if dates else "",
        bool(dates and dates.is_critical),
        bool(dates and dates.is_late),
        dates.why if dates else "",
        names.get(one.owner_id, "") if one.owner_id else "",
        tuple(_linked(rows, known[link.before_id], link) for link in rows.links if link.after_id == one.pk),
        tuple(_linked(rows, known[link.after_id], link) for link in rows.links if link.before_id == one.pk),
    )


def _linked(rows: PlanRows, other: Activity, link: AnyLink) -> Linked:
    dates = rows.dates.get(other.pk)
    lag = f", {link.lag}{' ' + link.lag_on if link.lag_on else ''}" if link.lag else ""
    last_on = ends_on(dates, rows.plan.engagement.zone) if dates else None
    return Linked(other.pk, link.pk, other.name, other.lead, last_on, f"{Link.Kind(link.kind).label}{lag}")
