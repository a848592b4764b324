"""The plan as a picture: one drawing for the page, for paper and for people without script.

A bar carries its lead three times: hue, the dark cap at the left end (client), the right (provider) or both
(joint), and the glyph beside its name. Closed days lie behind, hatched by whose they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, label, line, px
from handfast.transition.web.pictures.timescale import HEAD_HEIGHT, TimeScale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.foundation.web.shapes import Box, Label, Line
    from handfast.transition.web.lines import Line as PlanLine
    from handfast.transition.web.lines import StepLines
    from handfast.transition.web.pictures.timescale import Zoom

ROW = 26 * UNIT
BAR, BAR_TOP = 14 * UNIT, 5 * UNIT
CAP = 4 * UNIT
BASE_TOP, BASE = 20 * UNIT, 250
DIAMOND = 6 * UNIT
MARK_GAP = 12 * UNIT
NARROWEST = 6 * UNIT
FLAG_WIDTH, FLAG_HEIGHT = 44 * UNIT, 18 * UNIT


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity's bar: its body, the part done, its caps, and the outline of what drives the end."""

    url_id: UUID
    body: Box
    done: Box | None
    caps: tuple[Box, ...]
    outline: Box | None
    baseline: Box | None
    slack: Line | None
    is_still: bool
    said: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone or a gate, with its name beside it."""

    url_id: UUID
    points: str
    css: str
    name: Label
    is_still: bool
    said: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A day that crosses all rows, with its name on top: today, P50, P80, the agreed go-live."""

    line: Line
    box: Box
    name: Label


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole drawing, lengths in SVG user units."""

    width: str
    height: str
    head_height: str
    heads: tuple[Label, ...]
    grid: tuple[Line, ...]
    closed: tuple[Box, ...]
    spans: tuple[Box, ...]
    bars: tuple[Bar, ...]
    links: tuple[str, ...]
    marks: tuple[Mark, ...]
    flags: tuple[Flag, ...]
    rows: tuple[Box, ...]
    said: str
    first: date
    day_width: str


@dataclass(frozen=True, slots=True)
class FlagDay:
    """A day to flag: its name, and how its line looks."""

    on: date
    name: str
    css: str


def gantt_of(  # noqa: PLR0913 - each is a layer of the picture
    steps: Sequence[StepLines],
    waits: Mapping[UUID, Sequence[UUID]],
    *,
    closed: Mapping[str, frozenset[date]],
    flags: Sequence[FlagDay],
    zoom: Zoom,
    said: str,
) -> Gantt | None:
    """Draw the steps in their order, a row each and one for every line; None for a plan without dates.

    `waits` are the shown links of each line, `closed` the days closed for "client", "provider" and "both".
    """
    lines = [one for step in steps for one in step.lines]
    if not lines:
        return None
    first = min(line.starts_on for line in lines)
    last = max(line.ends_on for line in lines)
    scale = TimeScale.around(first, max([last, *(flag.on for flag in flags)]), zoom)
    bars: list[Bar] = []
    marks: list[Mark] = []
    spans: list[Box] = []
    rows: list[Box] = []
    places: dict[UUID, tuple[PlanLine, int]] = {}
    y = HEAD_HEIGHT
    for step in steps:
        if not step.lines:
            continue
        spans.append(_span(scale, step, y))
        y += ROW
        for one in step.lines:
            places[one.id] = (one, y)
            if one.is_internal:
                rows.append(box((0, y, scale.width, ROW), f"hf-gantt-internal hf-gantt--{one.lead}"))
            if one.kind == "work":
                bars.append(_bar(scale, one, y))
            else:
                marks.append(_mark(scale, one, y))
            y += ROW
    return Gantt(
        px(scale.width), px(y), px(HEAD_HEIGHT), scale.heads(), scale.grid(y), tuple(_closed(scale, closed, y)),
        tuple(spans), tuple(bars), tuple(_links(scale, places, waits)), tuple(marks),
        tuple(_flags(scale, flags, y)), tuple(rows), said, scale.first,
        px(_one_day(scale)),
    )  # fmt: skip


def _span(scale: TimeScale, step: StepLines, y: int) -> Box:
    """The bracket of a step: from its first day to its last."""
    assert step.starts_on is not None and step.ends_on is not None  # noqa: S101, PT018 - it has lines
    x = scale.x(step.starts_on)
    width = max(scale.x(step.ends_on) + _one_day(scale) - x, NARROWEST)
    return box((x, y + 10 * UNIT, width, 3 * UNIT), f"hf-gantt-span hf-gantt--{step.lead}", step.name)


def _one_day(scale: TimeScale) -> int:
    return scale.middle(scale.first) * 2


def _bar(scale: TimeScale, one: PlanLine, y: int) -> Bar:
    x = scale.x(one.starts_on)
    width = max(scale.x(one.ends_on) + _one_day(scale) - x, NARROWEST)
    top = y + BAR_TOP
    done = width * one.done_percent // 100
    caps = []
    if one.lead in ("client", "joint"):
        caps.append(box((x, top, CAP, BAR), f"hf-gantt-cap hf-gantt--{one.lead}"))
    if one.lead in ("provider", "joint"):
        caps.append(box((x + width - CAP, top, CAP, BAR), f"hf-gantt-cap hf-gantt--{one.lead}"))
    outline = None
    if one.is_critical:
        outline = box((x - 200, top - 200, width + 400, BAR + 400), "hf-gantt-critical")
    baseline = None
    if one.baseline_from is not None and one.baseline_on is not None:
        from_x = scale.x(one.baseline_from)
        length = max(scale.x(one.baseline_on) + _one_day(scale) - from_x, NARROWEST)
        baseline = box(
            (from_x, y + BASE_TOP, length, BASE), "hf-gantt-baseline", f"agreed: {one.baseline_on}"
        )
    slack = None
    if one.latest_on > one.ends_on and not one.is_done:
        middle = top + BAR // 2
        slack = line(x + width, middle, scale.x(one.latest_on) + _one_day(scale), middle, "hf-gantt-slack")
    return Bar(
        one.id,
        box((x, top, width, BAR), f"hf-gantt-bar hf-gantt--{one.lead}", one.said),
        box((x, top, done, BAR), f"hf-gantt-done hf-gantt--{one.lead}") if done else None,
        tuple(caps),
        outline,
        baseline,
        slack,
        one.has_started,
        one.said,
    )


def _mark(scale: TimeScale, one: PlanLine, y: int) -> Mark:
    x, middle = scale.middle(one.ends_on), y + ROW // 2
    corners = ((x, middle - DIAMOND), (x + DIAMOND, middle), (x, middle + DIAMOND), (x - DIAMOND, middle))
    points = " ".join(f"{px(a)},{px(b)}" for a, b in corners)
    css = f"hf-gantt-mark{' is-passed' if one.is_done else ''}{' is-late' if one.is_late else ''}"
    name = label(
        x + MARK_GAP, middle + 4 * UNIT, f"{one.name} {one.ends_on.day} {one.ends_on:%b}", "hf-gantt-name"
    )
    return Mark(one.id, points, css, name, one.has_started, one.said)


def _closed(scale: TimeScale, closed: Mapping[str, frozenset[date]], height: int) -> list[Box]:
    """Days closed for both in flat grey, for one side hatched its way; runs of days as one box."""
    found: list[Box] = []
    for whose in ("both", "client", "provider"):
        run: list[date] = []
        for day in scale.days():
            if day in closed[whose]:
                run.append(day)
                continue
            if run:
                found.append(_shade(scale, run, whose, height))
            run = []
    return found


def _shade(scale: TimeScale, run: Sequence[date], whose: str, height: int) -> Box:
    width = len(run) * _one_day(scale)
    return box(
        (scale.x(run[0]), HEAD_HEIGHT, width, height - HEAD_HEIGHT),
        f"hf-gantt-closed hf-gantt-closed--{whose}",
    )


def _links(
    scale: TimeScale, places: Mapping[UUID, tuple[PlanLine, int]], waits: Mapping[UUID, Sequence[UUID]]
) -> list[str]:
    """The links of the chain that drives the end, as elbows; all links would be a thicket."""
    found = []
    for after, others in waits.items():
        for before in others:
            if after in places and before in places:
                (first, from_y), (second, to_y) = places[before], places[after]
                if first.is_critical and second.is_critical:
                    found.append(_elbow(scale, first, from_y, second, to_y))
    return found


def _elbow(scale: TimeScale, first: PlanLine, from_y: int, second: PlanLine, to_y: int) -> str:
    x1 = scale.x(first.ends_on) + _one_day(scale) if first.kind == "work" else scale.middle(first.ends_on)
    x2 = scale.x(second.starts_on) if second.kind == "work" else scale.middle(second.ends_on)
    y1, y2 = from_y + ROW // 2, to_y + ROW // 2
    out = x1 + 6 * UNIT
    return f"M{px(x1)} {px(y1)}H{px(out)}V{px(y2)}H{px(x2)}"


def _flags(scale: TimeScale, flags: Sequence[FlagDay], height: int) -> Iterator[Flag]:
    """The flags by their days; where two are near, the later one's name stands to the right of the earlier one's."""
    free = 0
    for one in sorted(flags, key=lambda flag: flag.on):
        width = max(FLAG_WIDTH, len(one.name) * 7 * UNIT)
        left = max(scale.middle(one.on) - width // 2, free)
        free = left + width + 2 * UNIT
        yield _flag(scale, one, height, left, width)


def _flag(scale: TimeScale, one: FlagDay, height: int, left: int, width: int) -> Flag:
    x = scale.middle(one.on)
    top = HEAD_HEIGHT - FLAG_HEIGHT - 2 * UNIT
    return Flag(
        line(x, HEAD_HEIGHT - 2 * UNIT, x, height, f"hf-gantt-{one.css}"),
        box((left, top, width, FLAG_HEIGHT), f"hf-gantt-{one.css}-box"),
        label(left + width // 2, top + 13 * UNIT, one.name, f"hf-gantt-{one.css}-name", "middle"),
    )
