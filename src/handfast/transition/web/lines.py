"""The plan as lines to read: steps with their activities, dates as the contract's days, floats in days."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from handfast.transition.models import Activity, Dates, Plan
    from handfast.transition.queries.plans import PlanRows

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One activity as the list and the picture show it; days are those of the contract's zone."""

    id: UUID
    key: str
    name: str
    lead: str
    kind: str
    is_internal: bool
    starts_on: date
    ends_on: date
    latest_on: date
    baseline_from: date | None
    baseline_on: date | None
    later_days: int
    done_percent: int
    float_said: str
    is_critical: bool
    is_late: bool
    is_done: bool
    has_started: bool
    why: str
    agreed: str

    @property
    def said(self) -> str:
        """The line for whoever does not see the picture."""
        what = (
            f"{self.starts_on:%d %b} to {self.ends_on:%d %b %Y}"
            if self.kind == "work"
            else f"{self.ends_on:%d %b %Y}"
        )
        drives = ", drives the end" if self.is_critical else ""
        return f"{self.name}: {what}{drives}"


@dataclass(frozen=True, slots=True)
class StepLines:
    """A step with its lines; its own dates are the first and the last of theirs."""

    key: str
    number: int | None
    name: str
    lead: str
    starts_on: date | None
    ends_on: date | None
    is_done: bool
    lines: tuple[Line, ...]


def step_lines(rows: PlanRows) -> tuple[StepLines, ...]:
    """The plan by its steps; what has no step stands at the end."""
    by_step: dict[str, list[Line]] = {}
    for activity in rows.activities:
        dates = rows.dates.get(activity.pk)
        if dates is not None:
            by_step.setdefault(activity.step_key, []).append(_line(activity, dates, rows.plan))
    found = [_step(one.key, one.number, one.name, one.lead, by_step.pop(one.key, [])) for one in rows.steps]
    rest = [line for lines in by_step.values() for line in lines]
    return (*found, *([_step("", None, "Other activities", "joint", rest)] if rest else []))


def day_of(instant: datetime, zone: str) -> date:
    """The day of an instant in the contract's zone."""
    return instant.astimezone(zone_named(zone)).date()


def float_text(float_us: int, day_us: int) -> str:
    """`8 d`, `0.5 d`: working days of the activity's calendar, to one digit."""
    days = rounded(Fraction(float_us, day_us), 1, "down")
    return f"{days.normalize():f} d"


def _step(key: str, number: int | None, name: str, lead: str, lines: list[Line]) -> StepLines:
    return StepLines(
        key, number, name, lead,
        min((line.starts_on for line in lines), default=None),
        max((line.ends_on for line in lines), default=None),
        bool(lines) and all(line.is_done for line in lines),
        tuple(lines),
    )  # fmt: skip


def _done_percent(one: Activity, starts_on: date, ends_on: date, as_of_on: date | None) -> int:
    """How much of its time has gone by at the last status; all of it only where it is finished."""
    if one.finished_on is not None:
        return WHOLE
    if one.started_on is None or as_of_on is None or ends_on <= starts_on:
        return 0
    gone = (min(as_of_on, ends_on) - starts_on).days * WHOLE // (ends_on - starts_on).days
    return max(min(gone, WHOLE - 1), 0)


def _line(one: Activity, dates: Dates, plan: Plan) -> Line:
    zone, is_internal, as_of_on = plan.engagement.zone, one.space_id != plan.space_id, plan.as_of_on
    ends_on = day_of(dates.ends_at, zone)
    baseline = day_of(one.baseline_ends_at, zone) if one.baseline_ends_at else None
    starts_on = day_of(dates.starts_at, zone)
    return Line(
        one.pk, one.key, one.name, one.lead, one.kind, is_internal, starts_on, ends_on,
        day_of(dates.latest_ends_at, zone), day_of(one.baseline_starts_at, zone) if one.baseline_starts_at else None,
        baseline, (ends_on - baseline).days if baseline else 0, _done_percent(one, starts_on, ends_on, as_of_on),
        float_text(dates.float_us, dates.day_us),
        dates.is_critical, dates.is_late, one.finished_on is not None, one.started_on is not None, dates.why,
        one.agreed,
    )  # fmt: skip
