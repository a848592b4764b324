"""A party's calendar as a strip: open hours as boxes with their hours, closed time hatched, clock changes written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, label
from handfast.kernel.quantity import Span
from handfast.kernel.worktime.zones import offsets_of
from handfast.operate.web.pictures.captions import width_of
from handfast.operate.web.pictures.wording import (
    DAY_US,
    MINUS,
    ROUND_THE_CLOCK,
    city_of,
    day_month,
    hours_text,
    local_of,
    span_text,
)

if TYPE_CHECKING:
    from handfast.foundation.web.shapes import Box, Label, Side
    from handfast.kernel.worktime.compiled import CompiledCalendar
    from handfast.operate.web.pictures.timeaxis import TimeAxis

LONGEST_NAMED_US = DAY_US
ROUND_THE_CLOCK_US = 7 * DAY_US
TEXT_SIZE = 11
TEXT_BELOW = 1700
CHANGE_LINES = (1050, 2150)
PADDING = 300
RADIUS = "2"


@dataclass(frozen=True, slots=True)
class PartyHours:
    """One side's compiled calendar, under the party's name, with what it is here for."""

    name: str
    side: Side
    calendar: CompiledCalendar
    note: str


@dataclass(frozen=True, slots=True)
class CalendarStrip:
    """The strip's geometry; `css` names the side, whose hue and hatching it takes."""

    name: Label
    note: Label
    side: Side
    band: Box | None
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    changes: tuple[Label, ...]
    veils: tuple[Box, ...]
    said: tuple[str, ...]
    unwritten: tuple[str, ...]


def openings_in(calendar: CompiledCalendar, window: Span) -> list[tuple[int, int]]:
    """The openings that touch a window, whole."""
    first = max(bisect_right(calendar.opens_list, window.starts_us) - 1, 0)
    last = bisect_right(calendar.opens_list, window.ends_us)
    closes = calendar.closes_us[first:last].tolist()
    return [
        (opens, closes_at)
        for opens, closes_at in zip(calendar.opens_list[first:last], closes, strict=True)
        if closes_at > window.starts_us and opens < window.ends_us
    ]


def calendar_strip(hours: PartyHours, axis: TimeAxis, y: int, height: int) -> CalendarStrip:
    openings = openings_in(hours.calendar, axis.window)
    boxes: list[Box] = []
    labels: list[Label] = []
    taken: list[tuple[int, int]] = []
    for opens, closes in openings:
        left, right = axis.x(opens), axis.x(closes)
        said = _hours_said(hours.calendar.zone, opens, closes)
        boxes.append(box((left, y, max(right - left, UNIT // 2), height), "hf-tl-open", said))
        taken.append((left, right))
        text = next(
            (text for text in _labels(hours.calendar.zone, axis, opens, closes) if _fits(text, left, right)),
            "",
        )
        if text:
            labels.append(label((left + right) // 2, y + TEXT_BELOW, text, "hf-tl-hours", "middle"))
    changes, all_said, unwritten = _changes(hours, axis, taken, y)
    veils = tuple(box((fold.left, y, fold.right - fold.left, height), "hf-tl-veil") for fold in axis.folds)
    return CalendarStrip(
        label(0, y + 950, hours.name, "hf-tl-party"),
        label(0, y + 2350, hours.note, "hf-tl-note"),
        hours.side,
        _band(hours.calendar, axis, y, height),
        tuple(boxes),
        tuple(labels),
        changes,
        veils,
        all_said,
        unwritten,
    )


def _band(calendar: CompiledCalendar, axis: TimeAxis, y: int, height: int) -> Box | None:
    """Closed is said only where the calendar is known."""
    starts = max(axis.window.starts_us, calendar.covers.starts_us)
    ends = min(axis.window.ends_us, calendar.covers.ends_us)
    if starts >= ends:
        return None
    return box((axis.x(starts), y, axis.x(ends) - axis.x(starts), height), "hf-tl-shut")


def _fits(text: str, left: int, right: int) -> bool:
    return width_of(text, TEXT_SIZE) + PADDING <= right - left


def _labels(zone: str, axis: TimeAxis, opens: int, closes: int) -> list[str]:
    """What a box may say, best first; a box cut off by the window says only the border that shows."""
    if closes - opens > LONGEST_NAMED_US:
        return [ROUND_THE_CLOCK if closes - opens > ROUND_THE_CLOCK_US else "open"]
    first, last = hours_text(local_of(opens, zone)), hours_text(local_of(closes, zone), is_end=True)
    is_cut_left, is_cut_right = opens < axis.window.starts_us, closes > axis.window.ends_us
    if is_cut_left and not is_cut_right:
        return [f"to {last}", f"–{last}"]
    if is_cut_right and not is_cut_left:
        return [f"from {first}", f"{first} –"]
    return [f"{first}–{last}"]


def _hours_said(zone: str, opens: int, closes: int) -> str:
    if closes - opens > LONGEST_NAMED_US:
        return "open round the clock" if closes - opens > ROUND_THE_CLOCK_US else "open"
    first, last = local_of(opens, zone), local_of(closes, zone)
    return f"{day_month(first)}, {hours_text(first)}–{hours_text(last, is_end=True)} {city_of(zone)}"


def _changes(
    hours: PartyHours, axis: TimeAxis, taken: list[tuple[int, int]], y: int
) -> tuple[tuple[Label, ...], tuple[str, ...], tuple[str, ...]]:
    """Each clock change in the window: in the strip where there is room, in words, and those without room."""
    zone = hours.calendar.zone
    starts, offsets = offsets_of(zone, Span(axis.window.starts_us, axis.window.ends_us))
    labels: list[Label] = []
    all_said: list[str] = []
    unwritten: list[str] = []
    for place in range(1, len(starts)):
        at, moved = int(starts[place]), int(offsets[place] - offsets[place - 1])
        said = f"{'+' if moved > 0 else MINUS}{span_text(abs(moved) * 1_000_000)}"
        all_said.append(f"{city_of(zone)} {said} on {day_month(local_of(at, zone))}")
        width = max(width_of(text, 10) for text in (city_of(zone), said))
        middle = _middle(axis, taken, at, width)
        if middle is None:
            unwritten.append(all_said[-1])
        else:
            labels += [
                label(middle, y + CHANGE_LINES[0], city_of(zone), "hf-tl-change", "middle"),
                label(middle, y + CHANGE_LINES[1], said, "hf-tl-change", "middle"),
            ]
    return tuple(labels), tuple(all_said), tuple(unwritten)


def _middle(axis: TimeAxis, taken: list[tuple[int, int]], at: int, width: int) -> int | None:
    """Where a text of that width stands nearest to the instant without touching an open box."""
    fold = axis.fold_at(at)
    x = axis.x(at) if fold is None else (fold.left + fold.right) // 2
    left = max([right for _, right in taken if right <= x] + [axis.left])
    right = min([start for start, _ in taken if start >= x] + [axis.right])
    if any(start < x < end for start, end in taken) or right - left < width:
        return None
    return min(max(x, left + width // 2), right - width // 2)
