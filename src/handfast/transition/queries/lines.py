"""The plan as lines to read: steps with their activities, dates as the contract's days, floats in days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.transition.queries.told import agreed_on, day_of, ends_on
from handfast.transition.queries.waves import is_go_live, prefix_of, rows_in_wave
from handfast.transition.reading.templates import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from handfast.transition.models import Activity, Dates, Wave
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
    starts_at: datetime
    ends_at: datetime
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
    agreed_on: date | None
    is_go_live: bool
    site: str

    @property
    def said(self) -> str:
        """The line for whoever does not see the picture."""
        what = (
            f"{self.starts_on:%d %b} to {self.ends_on:%d %b %Y}"
            if self.kind == "work"
            else f"{self.ends_on:%d %b %Y}"
        )
        drives = ", drives the end" if self.is_critical else ""
        return f"{self.name}: {what}{self.said_agreed}{drives}"

    @property
    def said_agreed(self) -> str:
        """`, agreed in the contract for 26 Jun 2026`; empty where the contract says nothing."""
        return f", agreed in the contract for {self.agreed_on:%d %b %Y}" if self.agreed_on else ""


@dataclass(frozen=True, slots=True)
class StepLines:
    """A step with its lines; its own dates are the first and the last of theirs."""

    id: UUID | None
    key: str
    number: int | None
    name: str
    lead: str
    starts_on: date | None = None
    ends_on: date | None = None
    is_done: bool = False
    lines: tuple[Line, ...] = ()


def step_lines(rows: PlanRows) -> tuple[StepLines, ...]:
    """The plan by its steps, a light one by its blocks; what has none stands at the end."""
    if rows.plan.size == "light":
        return _block_lines(rows)
    by_step: dict[str, list[Line]] = {}
    for activity in rows.activities:
        dates = rows.dates.get(activity.pk)
        if dates is not None:
            by_step.setdefault(activity.step_key, []).append(_line(activity, dates, rows))
    found = [
        _grouped(StepLines(one.pk, one.key, one.number, one.name, one.lead), by_step.pop(one.key, []))
        for one in rows.steps
    ]
    return (*found, *_rest([line for lines in by_step.values() for line in lines]))


def _block_lines(rows: PlanRows) -> tuple[StepLines, ...]:
    """The blocks of a light plan, found by the keys of its activities; whoever leads all of a block leads it."""
    by_block: dict[str, list[Line]] = {key: [] for key in BLOCKS}
    rest: list[Line] = []
    for activity in rows.activities:
        dates = rows.dates.get(activity.pk)
        if dates is not None:
            key = activity.key.removeprefix(prefix_of(activity.wave))
            by_block.get(key.partition(".")[0], rest).append(_line(activity, dates, rows))
    found = []
    for number, (key, lines) in enumerate(by_block.items(), 1):
        leads = {line.lead for line in lines}
        lead = leads.pop() if len(leads) == 1 else "joint"
        found.append(_grouped(StepLines(None, key, number, BLOCKS[key], lead), lines))
    return (*found, *_rest(rest))


def _rest(lines: list[Line]) -> list[StepLines]:
    return [_grouped(StepLines(None, "", None, "Other activities", "joint"), lines)] if lines else []


def folded(steps: Sequence[StepLines]) -> tuple[StepLines, ...]:
    """The steps with those that are done as one line on top: `4 steps done`."""
    done = [one for one in steps if one.is_done]
    if not done:
        return tuple(steps)
    begins = [one.starts_on for one in done if one.starts_on]
    ends = [one.ends_on for one in done if one.ends_on]
    name = f"{len(done)} step{'s' if len(done) > 1 else ''} done"
    line = StepLines(None, "", None, name, "", min(begins), max(ends), True, ())
    return (line, *(one for one in steps if not one.is_done))


def wave_lines(rows: PlanRows, waves: Sequence[Wave]) -> tuple[StepLines, ...]:
    """All waves one after the other, each step under the number of its wave; without waves the plan by its steps."""
    if not waves:
        return step_lines(rows)
    return tuple(
        replace(step, name=f"Wave {one.number}: {step.name}")
        for one in waves
        for step in step_lines(rows_in_wave(rows, one.number, waves))
        if step.lines
    )


def float_text(float_us: int, day_us: int) -> str:
    """`8 d`, `0.5 d`: working days of the activity's calendar, to one digit."""
    days = rounded(Fraction(float_us, day_us), 1, "down")
    return f"{days.normalize():f} d"


def _grouped(group: StepLines, lines: list[Line]) -> StepLines:
    """The group with its lines, and the dates that follow from them."""
    return replace(
        group,
        starts_on=min((line.starts_on for line in lines), default=None),
        ends_on=max((line.ends_on for line in lines), default=None),
        is_done=bool(lines) and all(line.is_done for line in lines),
        lines=tuple(lines),
    )


def _done_percent(one: Activity, starts_on: date, ends_on: date, as_of_on: date | None) -> int:
    """How much of its time has gone by at the last status; all of it only where it is finished."""
    if one.finished_on is not None:
        return WHOLE
    if one.started_on is None or as_of_on is None or ends_on <= starts_on:
        return 0
    gone = (min(as_of_on, ends_on) - starts_on).days * WHOLE // (ends_on - starts_on).days
    return max(min(gone, WHOLE - 1), 0)


def _line(one: Activity, dates: Dates, rows: PlanRows) -> Line:
    plan, agreed = rows.plan, rows.agreed.get(one.pk)
    zone, is_internal, as_of_on = plan.engagement.zone, one.space_id != plan.space_id, plan.as_of_on
    last_on, baseline = ends_on(dates, zone), agreed_on(one, zone)
    starts_on = day_of(dates.starts_at, zone)
    return Line(
        one.pk, one.key, one.name, one.lead, one.kind, is_internal, dates.starts_at, dates.ends_at, starts_on, last_on,
        day_of(dates.latest_ends_at, zone), day_of(one.baseline_starts_at, zone) if one.baseline_starts_at else None,
        baseline, (last_on - baseline).days if baseline else 0, _done_percent(one, starts_on, last_on, as_of_on),
        float_text(dates.float_us, dates.day_us),
        dates.is_critical, dates.is_late, one.finished_on is not None, one.started_on is not None, dates.why,
        agreed.due_on if agreed else None, is_go_live(one), one.site,
    )  # fmt: skip
