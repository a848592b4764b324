"""Whole working days: the close of the last of so many days that somebody has from opening to close.

A working day is a day of the calendar, midnight to midnight in its zone, on which it is open at all; its close is the
last open moment of that day. A day counts if it had not opened yet when counting began.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of, moment_of
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.refusals import NegativeDuration, OutsideCalendar
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.worktime.compiled import CompiledCalendar
    from handfast.kernel.worktime.written import WrittenCalendar

A_DAY = timedelta(days=1)
MOST_DAYS_AHEAD = 3_660


@dataclass(frozen=True, slots=True)
class WholeDays:
    """The days that count, the holidays among them that do not, and when the last two of them close.

    `before_last_us` is the instant with one whole working day left: the start where only one is given.
    """

    counted: tuple[date, ...]
    holidays: tuple[tuple[date, str], ...]
    before_last_us: int
    ends_us: int


def whole_days(written: WrittenCalendar, starts_us: int, days: int) -> WholeDays:
    """So many whole working days after an instant. Raises NegativeDuration, OutsideCalendar."""
    if days < 1:
        raise NegativeDuration(f"{days} whole working days are never over: write 1 or more")
    first = moment_of(starts_us).astimezone(zone_named(written.zone)).date()
    ahead = 3 * days + 14
    while ahead <= MOST_DAYS_AHEAD:
        calendar = compile_calendar(written, first=first, last=first + ahead * A_DAY)
        if (found := _counted(calendar, first, starts_us, days)) is not None:
            return found
        ahead *= 3
    raise OutsideCalendar(
        f"{days} whole working days are not over within ten years: the calendar is hardly ever open"
    )


def _counted(calendar: CompiledCalendar, first: date, starts_us: int, days: int) -> WholeDays | None:
    counted: list[date] = []
    closes = [starts_us]
    for day, opens_us, closes_us in _open_days(calendar, first):
        if opens_us >= starts_us:
            counted.append(day)
            closes.append(closes_us)
        if len(counted) == days:
            named = tuple((on, name) for on, name in calendar.closed_days if first <= on <= day)
            return WholeDays(tuple(counted), named, closes[-2], closes[-1])
    return None


def _open_days(calendar: CompiledCalendar, first: date) -> Iterator[tuple[date, int, int]]:
    """Each day on which it is open, with its first opening and its last close."""
    opens, closes, day = calendar.opens_list, calendar.closes_us.tolist(), first
    while (ends_us := _midnight_us(day + A_DAY, calendar.zone)) <= calendar.covers.ends_us:
        begins_us = _midnight_us(day, calendar.zone)
        low, high = bisect_right(closes, begins_us), bisect_left(opens, ends_us)
        if low < high:
            yield day, max(opens[low], begins_us), min(closes[high - 1], ends_us)
        day += A_DAY


def _midnight_us(day: date, zone: str) -> int:
    return instant_of(datetime.combine(day, time(), zone_named(zone)))
