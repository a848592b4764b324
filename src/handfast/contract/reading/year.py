"""One calendar of an annex as a year: which days are closed and why, which are half, when clocks change."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from handfast.contract.refusals import NoSuchYear
from handfast.kernel.quantity import SECOND_US, Span, moment_of
from handfast.kernel.servicelevels.terms import midnight
from handfast.kernel.worktime.windows import DAYS
from handfast.kernel.worktime.zones import offsets_of, zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from handfast.kernel.worktime.compiled import CompiledCalendar
    from handfast.kernel.worktime.windows import Window
    from handfast.kernel.worktime.written import WrittenCalendar

Kind = Literal["open", "closed", "half", "rest", "outside"]
DAY_MIN = 24 * 60
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year: its kind, why it is so, the hours open, and the clock change in it (empty for none)."""

    on: date
    kind: Kind
    name: str
    open_us: int
    change: str

    @property
    def said(self) -> str:
        """All of it in words, as a screen reader reads the cell."""
        kinds = {
            "open": f"open {hours_said(self.open_us)}",
            "closed": f"closed, {self.name}",
            "half": f"other hours than usual, {self.name}",
            "rest": "no hours",
            "outside": "not in the annex",
        }
        return "; ".join(part for part in (kinds[self.kind], self.change) if part)


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday; None pads the first and the last."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]
    open_us: int

    @property
    def hours(self) -> str:
        return hours_said(self.open_us)


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar's year: twelve months, the days that are special, and the usual hours for the legend."""

    number: int
    zone: str
    months: tuple[Month, ...]
    special: tuple[Day, ...]
    hours: tuple[tuple[str, str], ...]
    open_us: int

    @property
    def sentence(self) -> str:
        """What the year comes to."""
        closed = sum(day.kind == "closed" for day in self.special)
        half = sum(day.kind == "half" for day in self.special)
        days = f"{closed} day{'s' * (closed != 1)} closed by name"
        with_half = f", {half} with other hours" if half else ""
        return (
            f"{self.number}: {days}{with_half}; {hours_said(self.open_us)} open in all, in {self.zone} time."
        )


def years_of(compiled: CompiledCalendar) -> tuple[int, ...]:
    """The years of which the calendar covers a day, in its own zone."""
    zone = zone_named(compiled.zone)
    first = moment_of(compiled.covers.starts_us).astimezone(zone).year
    return tuple(range(first, moment_of(compiled.covers.ends_us - 1).astimezone(zone).year + 1))


def year_of(compiled: CompiledCalendar, written: WrittenCalendar, number: int) -> Year:
    """The year as the compiled calendar decides it; what is written only says which days are half, and the hours."""
    if number not in years_of(compiled):
        raise NoSuchYear(f"the annex holds no day of {number} for this calendar")
    first = date(number, 1, 1)
    count = 366 if calendar.isleap(number) else 365
    borders = np.array(
        [midnight(first + timedelta(days=n), compiled.zone) for n in range(count + 1)], np.int64
    )
    opened = np.diff(_open_before(compiled, borders))
    changes = _changes(compiled.zone, Span(int(borders[0]), int(borders[-1])))
    closed = dict(compiled.closed_days)
    days = []
    for place in range(count):
        on, open_us = first + timedelta(days=place), int(opened[place])
        kind, name = _kind_of(on, open_us, closed, written)
        if not _covered(compiled, borders, place):
            kind, name, open_us = "outside", "", 0
        days.append(Day(on, kind, name, open_us, changes.get(on, "")))
    special = tuple(day for day in days if day.kind in ("closed", "half") or day.change)
    months = tuple(_month(days, month) for month in range(1, 13))
    return Year(number, compiled.zone, months, special, hours_of(written), int(opened.sum()))


def _open_before(compiled: CompiledCalendar, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The open time up to each instant."""
    place = np.searchsorted(compiled.opens_us, at, side="right")
    before = compiled.before_us[place]
    started = place > 0
    last = np.maximum(place - 1, 0)
    if not compiled.closes_us.size:
        return before
    unfinished = np.where(started, np.maximum(compiled.closes_us[last] - at, 0), 0)
    return before - unfinished


def _covered(compiled: CompiledCalendar, borders: NDArray[np.int64], place: int) -> bool:
    return (
        compiled.covers.starts_us <= int(borders[place])
        and int(borders[place + 1]) <= compiled.covers.ends_us
    )


def _kind_of(
    on: date, open_us: int, closed: Mapping[date, str], written: WrittenCalendar
) -> tuple[Kind, str]:
    if on in closed:
        return "closed", closed[on]
    if on in written.holidays.half:
        return "half", " and ".join(written.holidays.half[on])
    return ("open" if open_us else "rest"), ""


def _changes(zone: str, span: Span) -> dict[date, str]:
    """What the clocks do, by the day on which they do it."""
    starts, offsets = offsets_of(zone, span)
    found = {}
    for place in range(1, len(starts)):
        moved = int(offsets[place] - offsets[place - 1])
        # The clock shows this time when it is changed.
        shown = datetime.fromtimestamp(int(starts[place]) // SECOND_US + int(offsets[place - 1]), UTC)
        way = "forward" if moved > 0 else "back"
        by = f"{abs(moved) // 3600} h" if moved % 3600 == 0 else f"{abs(moved) // 60} min"
        found[shown.date()] = f"clocks go {way} {by} at {shown:%H:%M}"
    return found


def _month(days: list[Day], month: int) -> Month:
    mine = [day for day in days if day.on.month == month]
    padded: list[Day | None] = [*([None] * mine[0].on.weekday()), *mine]
    padded += [None] * (-len(padded) % 7)
    weeks = tuple(tuple(padded[start : start + 7]) for start in range(0, len(padded), 7))
    return Month(calendar.month_name[month], weeks, sum(day.open_us for day in mine))


def hours_of(written: WrittenCalendar) -> tuple[tuple[str, str], ...]:
    """The usual week as pairs of days and hours; days in a row with the same hours stand together."""
    week = written.week()
    found: list[tuple[int, int]] = []
    for place in range(len(DAYS)):
        if found and week[found[-1][0]] == week[place]:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return tuple((_days_said(first, last), _windows_said(week[first])) for first, last in found)


def _days_said(first: int, last: int) -> str:
    return DAY_NAMES[first] if first == last else f"{DAY_NAMES[first]} to {DAY_NAMES[last]}"


def _windows_said(windows: tuple[Window, ...]) -> str:
    if not windows:
        return "closed"
    return ", ".join(
        f"{_clock(one.opens_min)} to {_clock(one.closes_min)}{' next day' * (one.closes_min > DAY_MIN)}"
        for one in windows
    )


def _clock(minutes: int) -> str:
    shown = minutes if minutes <= DAY_MIN else minutes - DAY_MIN
    return f"{shown // 60:02d}:{shown % 60:02d}"


def hours_said(open_us: int) -> str:
    """An amount of open time: `12 h`, `7 h 30 min`."""
    minutes = open_us // (60 * SECOND_US)
    hours, rest = divmod(minutes, 60)
    said = [f"{hours:,} h"] * bool(hours or not rest) + [f"{rest} min"] * bool(rest)
    return " ".join(said)
