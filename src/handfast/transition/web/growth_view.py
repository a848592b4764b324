"""The growth of a plan in words: what becomes of each activity, step by step, and what that does to the go-live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.transition.queries.told import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handfast.transition.models import Activity, Plan, Wave
    from handfast.transition.queries.growing import GrowthLine
    from handfast.transition.queries.grown import GoLive, Grown

Status = Literal["met", "running", "open", "stale"]
STATUS: Mapping[str, Status] = {"stays": "met", "becomes": "running", "added": "open", "left out": "stale"}
SAID = {"stays": "Stays", "becomes": "Replaced", "added": "New", "left out": "Left out"}


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One activity of the preview: what it is now, what it would be, and why."""

    name: str
    lead: str
    kind: str
    wave: int
    status: Status
    said: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class GrowthStep:
    """A step with its rows."""

    name: str
    is_new: bool
    rows: tuple[GrowthRow, ...]

    @property
    def new(self) -> int:
        return sum(row.said == "New" for row in self.rows)


@dataclass(frozen=True, slots=True)
class LiveLine:
    """The go-live of a wave, in the days of the contract."""

    name: str
    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days

    @property
    def said(self) -> str:
        """`28 days later`."""
        number = abs(self.days)
        if not number:
            return "the same day"
        return f"{number} day{'' if number == 1 else 's'} {'later' if self.days > 0 else 'earlier'}"


def growth_steps(plan: Plan, grown: Grown) -> tuple[GrowthStep, ...]:
    """The preview by the steps of the larger plan; what is in none stands last."""
    names = {one.key: one.name for one in plan.steps.all()}
    names |= {one.key: one.name for one in (*grown.steps, *grown.steps_added)}
    new = {one.key for one in grown.steps_added}
    order = {key: place for place, key in enumerate(names)}
    numbers = {one.key: one.number for one in (*plan.steps.all(), *grown.steps, *grown.steps_added)}
    by_step: dict[str, list[GrowthLine]] = {}
    for line in sorted(grown.lines, key=lambda one: (one.wave, one.shown.position)):
        by_step.setdefault(line.shown.step_key, []).append(line)
    keys = sorted(by_step, key=lambda key: (numbers.get(key, len(order) + 1), order.get(key, len(order))))
    return tuple(
        GrowthStep(names.get(key, "Other activities"), key in new, tuple(_row(one) for one in by_step[key]))
        for key in keys
    )


def live_lines(live: Sequence[GoLive], plan: Plan, waves: Sequence[Wave]) -> tuple[LiveLine, ...]:
    """A line for each wave that has a go-live."""
    zone = plan.engagement.zone
    names = {one.number: one.name for one in waves}
    return tuple(
        LiveLine(names.get(one.wave, "Go-live"), day_of(one.from_at, zone), day_of(one.to_at, zone))
        for one in live
    )


def _row(line: GrowthLine) -> GrowthRow:
    one: Activity = line.was or line.shown
    by = line.will.name if line.what == "becomes" and line.will is not None else ""
    why = line.why
    if by == one.name and line.will is not None:
        by, why = "", "; ".join(filter(None, (_longer(one, line.will), why)))
    return GrowthRow(
        one.name, one.lead, one.kind, line.wave, STATUS[line.what], SAID[line.what] if by or line.what != "becomes" else "Larger",
        by, why,
    )  # fmt: skip


def _longer(was: Activity, will: Activity) -> str:
    """What of it is new where its name stays."""
    if was.likely != will.likely:
        return f"{was.likely} → {will.likely}"
    return f"led by {will.lead}" if was.lead != will.lead else "with the larger template's roles"
