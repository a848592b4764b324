"""How many days of which role a plan asks of each side, week by week, against what the side has released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.calendars import day_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from handfast.kernel.scheduling.calendars import Worktimes
    from handfast.kernel.scheduling.plan import Activity, Need, Plan, Side

WEEK = timedelta(days=7)
HUNDREDTHS = 100


class Ran(Protocol):
    """When an activity runs."""

    @property
    def starts_us(self) -> int: ...
    @property
    def ends_us(self) -> int: ...


class Dating(Protocol):
    """What a demand is taken from: a schedule, or dates that were kept of one."""

    @property
    def plan(self) -> Plan: ...
    @property
    def worktimes(self) -> Worktimes: ...
    @property
    def by_id(self) -> Mapping[str, Ran]: ...


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Full days of the side's own calendar in one ISO week, named by its Monday.

    `released` is what the side has of the role in that week; None where it has said nothing about the role.
    """

    side: Side
    role: str
    monday: date
    days: Fraction
    released: Fraction | None

    @property
    def is_short(self) -> bool:
        return self.released is not None and self.days > self.released


def demand_of(schedule: Dating, counts: Callable[[Activity], bool] = lambda _: True) -> tuple[Demand, ...]:
    """The demand of all activities that count, by side, role and week; weeks without any are left out.

    Days are exact: open time of the activity in the week, times the people, over a full day of the side.
    Law: over the weeks they add up to the activity's open time.
    """
    found: dict[tuple[Side, str, date], Fraction] = {}
    for activity in schedule.plan.activities:
        if counts(activity):
            for need in activity.needs:
                for monday, days in _weeks_of(schedule, activity, need):
                    key = (need.side, need.role, monday)
                    found[key] = found.get(key, Fraction(0)) + days
    return tuple(
        Demand(side, role, monday, days, released_in(schedule, side, role, monday))
        for (side, role, monday), days in sorted(found.items())
    )


def released_in(schedule: Dating, side: Side, role: str, monday: date) -> Fraction | None:
    """Full days that the people whom a side has released of a role work in a week."""
    many = schedule.plan.party(side).roles.get(role)
    if many is None:
        return None
    own = schedule.worktimes.named(side)
    zone = own.calendar.zone
    open_us = own.worked(_midnight_us(monday + WEEK, zone)) - own.worked(_midnight_us(monday, zone))
    return Fraction(open_us * many, own.day_us * HUNDREDTHS)


def _weeks_of(schedule: Dating, activity: Activity, need: Need) -> Iterator[tuple[date, Fraction]]:
    dated, clock = schedule.by_id[activity.id], schedule.worktimes.of(activity)
    site = activity.site if activity.site in schedule.plan.party(need.side).sites else ""
    own = schedule.worktimes.named(need.side, site)
    zone = own.calendar.zone
    first = day_of(dated.starts_us, zone)
    monday = first - timedelta(days=first.weekday())
    while (begins_us := _midnight_us(monday, zone)) < dated.ends_us:
        ends_us = min(_midnight_us(monday + WEEK, zone), dated.ends_us)
        open_us = clock.worked(ends_us) - clock.worked(max(begins_us, dated.starts_us))
        if open_us:
            yield monday, Fraction(open_us * need.hundredths, HUNDREDTHS * own.day_us)
        monday += WEEK


def _midnight_us(day: date, zone: str) -> int:
    local = datetime(day.year, day.month, day.day, tzinfo=zone_named(zone))
    return instant_of(local.astimezone(UTC))
