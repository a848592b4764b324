"""Both sides' year: the days closed by name, the hours that they share each day, and when they best meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.calendars import EPOCH, by_day
from handfast.kernel.worktime.combining import overlap
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.worktime.compiled import CompiledCalendar
    from handfast.transition.models import Plan

SIDES = ("client", "provider")


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of one weekday in which both sides work, on both clocks, and in how many weeks of the year it holds."""

    weekday: int
    client: str
    provider: str
    open_us: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Together:
    """A year of both: names of closed days by side, the days on which a side works, shared hours by day, windows."""

    number: int
    named: Mapping[str, Mapping[date, str]]
    works: Mapping[str, frozenset[date]]
    shared_us: Mapping[date, int]
    windows: tuple[Window, ...]

    @property
    def best(self) -> Window | None:
        """The longest common hours; of two as long those that hold in more weeks, then the earlier weekday."""
        return max(self.windows, key=lambda one: (one.open_us, one.weeks, -one.weekday), default=None)


def together_in(plan: Plan, number: int) -> Together:
    """The calendars of the sides themselves; days of the shared hours are the contract's."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    both = {
        side: compile_calendar(WrittenCalendar.model_validate(plan.calendars[side]), first=first, last=last)
        for side in SIDES
    }
    joint = overlap(both["client"], both["provider"])
    return Together(
        number,
        {side: dict(one.closed_days) for side, one in both.items()},
        {side: frozenset(_by_day(one, one.zone)) for side, one in both.items()},
        _by_day(joint, plan.engagement.zone),
        _windows(joint, both["client"].zone, both["provider"].zone),
    )


def _by_day(calendar: CompiledCalendar, zone: str) -> dict[date, int]:
    """The open time of each day of a zone that has any."""
    found: dict[date, int] = {}
    if calendar.opens_us.size:
        days, lengths = by_day(zone, calendar.opens_us, calendar.closes_us)
        for day, length in zip(days.tolist(), lengths.tolist(), strict=True):
            on = EPOCH + timedelta(days=day)
            found[on] = found.get(on, 0) + length
    return found


def _windows(joint: CompiledCalendar, client: str, provider: str) -> tuple[Window, ...]:
    """For each weekday of the client the hours that are common in most weeks: clocks change on different days."""
    counted: dict[int, Counter[tuple[str, str, int]]] = {}
    for opens_us, closes_us in zip(joint.opens_us.tolist(), joint.closes_us.tolist(), strict=True):
        weekday = moment_of(opens_us).astimezone(zone_named(client)).weekday()
        said = (
            _hours(opens_us, closes_us, client),
            _hours(opens_us, closes_us, provider),
            closes_us - opens_us,
        )
        counted.setdefault(weekday, Counter())[said] += 1
    found = []
    for weekday, windows in sorted(counted.items()):
        (on_client, on_provider, open_us), weeks = max(windows.items(), key=lambda one: (one[1], one[0][2]))
        found.append(Window(weekday, on_client, on_provider, open_us, weeks))
    return tuple(found)


def _hours(opens_us: int, closes_us: int, zone: str) -> str:
    opens, closes = (moment_of(one).astimezone(zone_named(zone)) for one in (opens_us, closes_us))
    return f"{opens:%H:%M} to {closes:%H:%M}"
