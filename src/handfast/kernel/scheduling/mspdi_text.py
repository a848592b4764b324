"""Microsoft Project XML as text: tags in the format's order, every text safe for XML 1.0."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from handfast.kernel.quantity import SECOND_US, moment_of
from handfast.kernel.scheduling.mspdi import DAY_S
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handfast.kernel.scheduling.mspdi import Times
    from handfast.kernel.scheduling.mspdi_calendars import Hours

LONGEST_NAME = 255
HOUR_S, MINUTE_S = 3600, 60
_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile(r"[\t\r\n]+")
Value = str | int | bool


class Tag(NamedTuple):
    """An element: a plain value, or the elements under it."""

    name: str
    inside: Value | list[Tag]


def safe_text(text: str) -> str:
    """On one line, at most as long as the format's names, what XML cannot hold replaced."""
    found = _BREAKS.sub(" ", _UNSAFE.sub("\ufffd", text)).strip()
    return found if len(found) <= LONGEST_NAME else f"{found[: LONGEST_NAME - 1]}…"


def tags(**values: Value | None) -> list[Tag]:
    """Plain elements in this order; those that are None are left out."""
    return [Tag(name, value) for name, value in values.items() if value is not None]


def lines_of(tag: Tag, depth: int = 0) -> Iterable[str]:
    margin = " " * depth
    if isinstance(tag.inside, list):
        yield f"{margin}<{tag.name}>"
        for one in tag.inside:
            yield from lines_of(one, depth + 1)
        yield f"{margin}</{tag.name}>"
        return
    value = int(tag.inside) if isinstance(tag.inside, bool) else tag.inside
    yield f"{margin}<{tag.name}>{escape(str(value), quote=False)}</{tag.name}>"


def length_text(length_us: int) -> str:
    """`PT8H0M0S`; parts of a second only where there are any."""
    seconds, rest_us = divmod(length_us, SECOND_US)
    part = f".{rest_us:06}".rstrip("0") if rest_us else ""
    return f"PT{seconds // HOUR_S}H{seconds % HOUR_S // MINUTE_S}M{seconds % MINUTE_S}{part}S"


def local_text(instant_us: int, zone: str) -> str:
    """An instant on the wall clock, which is all that the format knows."""
    return moment_of(instant_us).astimezone(zone_named(zone)).replace(tzinfo=None).isoformat()


def calendar_tag(uid: int, name: str, hours: Hours) -> Tag:
    """A base calendar: its week from Sunday on, and its exceptions, days alike in a row as one."""
    week = [
        Tag("WeekDay", [*tags(DayType=day), *_day_tags(hours.week[(day + 5) % 7])]) for day in range(1, 8)
    ]
    found = tags(UID=uid, Name=safe_text(name), IsBaseCalendar=True, BaseCalendarUID=-1)
    found.append(Tag("WeekDays", week))
    exceptions = [_exception_tag(*one) for one in _runs(hours)]
    return Tag("Calendar", [*found, Tag("Exceptions", exceptions)] if exceptions else found)


def _runs(hours: Hours) -> list[tuple[date, date, Times, str]]:
    days = sorted(hours.special)
    cuts = [0]
    for place, (before, day) in enumerate(pairwise(days), 1):
        if (day - before).days > 1 or hours.special[day] != hours.special[before]:
            cuts.append(place)
    ends = [*cuts[1:], len(days)]
    return [
        (days[first], days[end - 1], *hours.special[days[first]])
        for first, end in zip(cuts, ends, strict=True)
        if days
    ]


def _exception_tag(first: date, last: date, times: Times, name: str) -> Tag:
    period = tags(FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
    return Tag(
        "Exception",
        [
            *tags(EnteredByOccurrences=False),
            Tag("TimePeriod", period),
            *tags(
                Occurrences=(last - first).days + 1, Name=safe_text(name or "Other hours"), Type=1, Period=1
            ),
            *_day_tags(times),
        ],
    )


def _day_tags(times: Times) -> list[Tag]:
    found = tags(DayWorking=bool(times))
    if times:
        clocks = [tags(FromTime=_clock(opens), ToTime=_clock(closes)) for opens, closes in times]
        found.append(Tag("WorkingTimes", [Tag("WorkingTime", one) for one in clocks]))
    return found


def _clock(second: int) -> str:
    rest = second % DAY_S
    return f"{rest // HOUR_S:02}:{rest % HOUR_S // MINUTE_S:02}:{rest % MINUTE_S:02}"
