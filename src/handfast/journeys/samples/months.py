"""When a month's export is made, when its statement is issued, and when the client agrees."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from handfast.journeys.samples.exports import instant
from handfast.journeys.samples.hours import second_of
from handfast.journeys.samples.plan import SATURDAY
from handfast.journeys.samples.sample import Month

if TYPE_CHECKING:
    from collections.abc import Iterable

PULL_DAY = 3


def pull_of(month: str, zone: str) -> int:
    """The export is made on the third day of the next month, before the desk opens."""
    year, number = (int(part) for part in month.split("-"))
    return second_of(date(year + number // 12, number % 12 + 1, PULL_DAY), 6, zone, 30)


def as_of(month: str, zone: str) -> datetime:
    """The statement judges half an hour later what was not finished."""
    return instant(pull_of(month, zone)) + timedelta(minutes=30)


def agreed(months: Iterable[str], zone: str) -> list[Month]:
    """Months without a story: issued on the first weekday after the export, agreed within two weeks."""
    found = []
    for month in months:
        due = as_of(month, zone)
        place = int(month[-2:])
        issued = instant(second_of(_weekday(due.date()), 11, zone, 7 + place * 3))
        answered = instant(
            second_of(_weekday((issued + timedelta(days=3 + place % 5)).date()), 16, zone, 58 - place * 4)
        )
        found.append(Month(month, due, "agreed", issued, answered))
    return found


def _weekday(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
