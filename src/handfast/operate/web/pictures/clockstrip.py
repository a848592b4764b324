"""The clock of one record: a strip of what it did, and under it the counted time that climbs to the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, dot, label, line, px
from handfast.kernel.quantity import SECOND_US
from handfast.operate.web.pictures.captions import width_of
from handfast.operate.web.pictures.wording import (
    DAY_US,
    HOUR_US,
    MINUTE_US,
    clock_text,
    day_month,
    local_of,
    span_text,
    time_text,
    weekday,
)

if TYPE_CHECKING:
    from handfast.foundation.web.shapes import Box, Dot, Label, Line
    from handfast.kernel.servicelevels.explain import RecordStory, Segment
    from handfast.operate.web.pictures.timeaxis import TimeAxis

Place = tuple[int, int]
Height = Callable[[int], int]
NARROWEST = 100
BARS_FROM = 1600
ROUND_STEPS_US = tuple(
    count * unit
    for unit, counts in (
        (SECOND_US, (1, 5, 10, 15, 30)),
        (MINUTE_US, (1, 2, 5, 10, 15, 30)),
        (HOUR_US, (1, 2, 4, 8, 16, 40, 80, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 40_000)),
    )
    for count in counts
)
MOST_RULES = 3
RULE_ROOM = 1500
# Under the word that heads the plot the target and the rules keep this much free.
HEAD_ROOM = 2_000
WEEK_US = 7 * DAY_US


@dataclass(frozen=True, slots=True)
class ClockStrip:
    """The dotted line of closed time, under boxes for what ran, paused or was excluded; bars inside the paused ones."""

    closed: Line
    boxes: tuple[Box, ...]
    bars: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CountedTime:
    """Rules with their labels, the target, the path up to the target and over it, and the due mark."""

    rules: tuple[Line, ...]
    labels: tuple[Label, ...]
    target: Line | None
    path: str
    path_over: str
    due: Line | None
    due_label: Label | None
    dots: tuple[Dot, ...]


def clock_strip(story: RecordStory, axis: TimeAxis, y: int, height: int) -> ClockStrip:
    boxes: list[Box] = []
    bars: list[Line] = []
    for segment in story.segments:
        if segment.state == "closed" or segment.to_us == segment.from_us:
            continue
        left, right = axis.x(segment.from_us), axis.x(segment.to_us)
        wide = max(right - left, NARROWEST)
        boxes.append(_state_box(segment, left, wide, y, height))
        if segment.state == "paused" and wide >= BARS_FROM:
            middle, top, bottom = left + wide // 2, y + height // 2 - 550, y + height // 2 + 550
            bars += [line(x, top, x, bottom, "hf-tl-bar") for x in (middle - 250, middle + 250)]
    middle = y + height // 2
    closed = line(axis.x(story.start_us), middle, axis.x(story.end_us), middle, "hf-tl-closed")
    return ClockStrip(closed, tuple(boxes), tuple(bars))


def _state_box(segment: Segment, left: int, wide: int, y: int, height: int) -> Box:
    if segment.state == "running":
        css = "hf-tl-over" if segment.is_over else "hf-tl-running"
        return box((left, y, wide, height), css, f"running {clock_text(segment.counts_us)}")
    length = clock_text(segment.to_us - segment.from_us)
    # A stroke lies half outside of its shape: the outlined boxes are drawn half a unit smaller.
    inner = max(wide - UNIT, UNIT // 2)
    css, word = ("hf-tl-paused", "paused") if segment.state == "paused" else ("hf-tl-excluded", "excluded")
    return box((left + UNIT // 2, y + UNIT // 2, inner, height - UNIT), css, f"{word} {length}")


def counted_time(story: RecordStory, axis: TimeAxis, *, top: int, bottom: int, strip_top: int) -> CountedTime:
    room = bottom - top
    most = max(story.elapsed_us * 21 // 20, (story.target_us or 0) * room // (room - HEAD_ROOM), 1)

    def y(counted_us: int) -> int:
        return bottom - counted_us * room // most

    below, over = _places(story, axis, y)
    rules, labels = _rules(story, axis, y, most)
    is_missed = story.target_us is not None and story.elapsed_us > story.target_us
    late = " is-over" if is_missed else ""
    still = "" if story.stop_us is not None else " is-open"
    dots = [dot(axis.x(story.end_us), y(story.elapsed_us), 400, f"hf-tl-end{late}{still}")]
    target, due, due_label = None, None, None
    if story.target_us is not None:
        level = y(story.target_us)
        target = line(axis.left, level, axis.right, level, "hf-tl-target")
        if story.due_us is not None:
            x = axis.x(story.due_us)
            due = line(x, strip_top, x, bottom, f"hf-tl-due{late}")
            base = min(max(bottom - 2500, level + 1400), bottom - 600)
            due_label = _due_label(story, axis, below, base, f"hf-tl-due-label{late}")
            dots.insert(0, dot(x, level, 425, f"hf-tl-due-dot{late}"))
    return CountedTime(rules, labels, target, _drawn(below), _drawn(over), due, due_label, tuple(dots))


def _places(story: RecordStory, axis: TimeAxis, y: Height) -> tuple[list[Place], list[Place]]:
    """The counted time as it climbs: up to the target, and from there on."""
    counted = 0
    below = [(axis.x(story.start_us), y(0))]
    over = [below[0]] if story.target_us == 0 else []
    for segment in story.segments:
        counted += segment.counts_us
        place = (axis.x(segment.to_us), y(counted))
        if segment.is_over:
            over = over or [below[-1]]
            over.append(place)
        else:
            below.append(place)
    return below, over


def _drawn(places: list[Place]) -> str:
    if len(places) < 2:  # noqa: PLR2004 - one place is no line
        return ""
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in places)


def _rules(
    story: RecordStory, axis: TimeAxis, y: Height, most: int
) -> tuple[tuple[Line, ...], tuple[Label, ...]]:
    step = next((step for step in ROUND_STEPS_US if most <= MOST_RULES * step), ROUND_STEPS_US[-1])
    rules: list[Line] = []
    labels: list[Label] = []
    for count in range(most // step + 1):
        level = y(count * step)
        if level < y(most) + RULE_ROOM:
            continue
        rules.append(line(axis.left, level, axis.right, level, "hf-tl-rule"))
        if story.target_us is None or abs(level - y(story.target_us)) >= RULE_ROOM:
            labels.append(
                label(axis.left - 600, level + 400, span_text(count * step), "hf-tl-rule-label", "end")
            )
    if story.target_us is not None:
        said = f"target {span_text(story.target_us)}"
        labels.append(label(axis.left - 600, y(story.target_us) + 400, said, "hf-tl-target-label", "end"))
    return tuple(rules), tuple(labels)


def _due_label(story: RecordStory, axis: TimeAxis, below: list[Place], base: int, css: str) -> Label:
    """The due instant in words: left of its line where the curve leaves room under it, else right."""
    assert story.due_us is not None  # noqa: S101 - asked only where the target was reached
    moment = local_of(story.due_us, axis.zone)
    is_long = story.end_us - story.start_us >= WEEK_US
    text = f"due {day_month(moment) if is_long else weekday(moment)} {time_text(moment)}"
    x, wide = axis.x(story.due_us), width_of(text) + 700
    is_free_left = x - wide >= axis.left and _height_at(below, max(x - wide, below[0][0])) <= base - 1200
    if is_free_left or x + wide > axis.right + 800:
        return label(x - 600, base, text, css, "end")
    return label(x + 600, base, text, css)


def _height_at(below: list[Place], x: int) -> int:
    """How low the curve is at a place; before its start nothing is in the way."""
    for (left, y_left), (right, y_right) in pairwise(below):
        if left <= x < right:
            return y_left + (y_right - y_left) * (x - left) // (right - left)
    return 0
