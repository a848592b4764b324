"""What stands in a row of the plan's picture: a bar, a milestone, the bracket of a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, label, line, px

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.web.shapes import Box, Label, Line
    from handfast.transition.queries.lines import Line as PlanLine
    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.pictures.timescale import TimeScale

ROW = 26 * UNIT
BAR, BAR_TOP = 14 * UNIT, 5 * UNIT
CAP = 4 * UNIT
BASE_TOP, BASE = 20 * UNIT, 250
DIAMOND = 6 * UNIT
RING, STROKE_HALF = 10 * UNIT, 9 * UNIT
MARK_GAP = 18 * UNIT
NARROWEST = 6 * UNIT
GAP, STROKE = 200, 400
TICK_TOP, TICK = 10 * UNIT, 5 * UNIT


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity's bar: its body, the part done, its caps, and the outline of what drives the end."""

    url_id: UUID
    lead: str
    body: Box
    done: str
    caps: tuple[str, ...]
    outline: Box | None
    baseline: Box | None
    slack: Line | None
    is_still: bool
    said: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone or a gate, with its name and its day beside it."""

    url_id: UUID
    points: str
    css: str
    name: Label
    on: str
    is_still: bool
    said: str
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the contract fixes of a milestone: a ring around it, a stroke on the agreed day, the way between them."""

    ring: str
    stroke: Line
    way: Line


def extent_of(scale: TimeScale, one: PlanLine) -> tuple[int, int]:
    """Where a bar begins and how wide it is: by its days, at hours by its hours."""
    if scale.zoom == "hours":
        x = scale.x_at(one.starts_at)
        return x, max(scale.x_at(one.ends_at) - x, NARROWEST)
    x = scale.x(one.starts_on)
    return x, max(scale.x(one.ends_on) + scale.day_width - x, NARROWEST)


def middle_of(scale: TimeScale, one: PlanLine) -> int:
    """Where a milestone stands."""
    return scale.x_at(one.ends_at) if scale.zoom == "hours" else scale.middle(one.ends_on)


def bar_of(scale: TimeScale, one: PlanLine, y: int) -> Bar:
    (x, width), top = extent_of(scale, one), y + BAR_TOP
    done = width * one.done_percent // 100
    caps = [px(x)] if one.lead in ("client", "joint") else []
    caps += [px(x + width - CAP)] if one.lead in ("provider", "joint") else []
    outline = None
    if one.is_critical:
        outline = box((x - GAP, top - GAP, width + 2 * GAP, BAR + 2 * GAP), "hf-gantt-critical")
    slack = None
    if one.latest_on > one.ends_on and not one.is_done:
        middle = top + BAR // 2
        slack = line(x + width, middle, scale.x(one.latest_on) + scale.day_width, middle, "hf-gantt-slack")
    return Bar(
        one.id, one.lead, box((x, top, width, BAR), "hf-gantt-bar"), px(done) if done else "", tuple(caps), outline,
        _baseline(scale, one, y), slack, one.has_started, one.said,
    )  # fmt: skip


def _baseline(scale: TimeScale, one: PlanLine, y: int) -> Box | None:
    if one.baseline_from is None or one.baseline_on is None:
        return None
    from_x = scale.x(one.baseline_from)
    length = max(scale.x(one.baseline_on) + scale.day_width - from_x, NARROWEST)
    return box((from_x, y + BASE_TOP, length, BASE), "hf-gantt-baseline")


def mark_of(scale: TimeScale, one: PlanLine, y: int) -> Mark:
    x, middle = middle_of(scale, one), y + ROW // 2
    corners = _corners(x, middle, DIAMOND)
    points = _points(corners)
    css = f"hf-gantt-mark{' is-passed' if one.is_done else ''}{' is-late' if one.is_late else ''}"
    name = label(x + MARK_GAP, middle + 4 * UNIT, one.name, "hf-gantt-name")
    return Mark(
        one.id, points, css, name, f"{one.ends_on.day} {one.ends_on:%b}", one.has_started, one.said,
        _agreed(scale, one, x, middle),
    )  # fmt: skip


def _agreed(scale: TimeScale, one: PlanLine, x: int, middle: int) -> Agreed | None:
    if one.agreed_on is None:
        return None
    on = scale.middle(one.agreed_on)
    return Agreed(
        _points(_corners(x, middle, RING)),
        line(on, middle - STROKE_HALF, on, middle + STROKE_HALF, "hf-gantt-agreed-day"),
        line(min(on, x), middle, max(on, x), middle, "hf-gantt-agreed-way"),
    )


def _corners(x: int, y: int, half: int) -> tuple[tuple[int, int], ...]:
    return ((x, y - half), (x + half, y), (x, y + half), (x - half, y))


def _points(corners: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{px(a)},{px(b)}" for a, b in corners)


def bracket_of(scale: TimeScale, step: StepLines, y: int) -> str:
    """The bracket of a step, from its first day to its last, as a path."""
    x, right = _days_of(scale, step)
    top = y + TICK_TOP
    return f"M{px(x)} {px(top + TICK)}V{px(top)}H{px(right)}V{px(top + TICK)}"


def folded_bar(scale: TimeScale, step: StepLines, y: int) -> Box:
    """What is done and folded to one line, as one grey bar."""
    x, right = _days_of(scale, step)
    return box((x, y + BAR_TOP, right - x, BAR), "hf-gantt-folded", step.name)


def _days_of(scale: TimeScale, step: StepLines) -> tuple[int, int]:
    assert step.starts_on is not None and step.ends_on is not None  # noqa: S101, PT018 - it has lines
    x = scale.x(step.starts_on)
    return x, max(scale.x(step.ends_on) + scale.day_width, x + NARROWEST)
