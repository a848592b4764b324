"""The calendars that a plan's activities run on: the sides' own, both, either, elapsed; less what is frozen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US, Span, instant_of, moment_of
from handfast.kernel.scheduling.refusals import CalendarNeverOpen
from handfast.kernel.worktime.combining import overlap, union
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.intervals import clipped, merged
from handfast.kernel.worktime.refusals import OutsideCalendar
from handfast.kernel.worktime.zones import offsets_of, zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from handfast.kernel.scheduling.plan import Activity, Freeze, LagOn, Plan

    Instants = NDArray[np.int64]

DAY_US = 86_400 * SECOND_US
YEAR = timedelta(days=366)
EPOCH = date(1970, 1, 1)
FIRST_YEARS = 3
EARLIEST, LATEST = date(1850, 1, 1), date(2200, 12, 31)
FAR_PAST_US, FAR_FUTURE_US = -(2**62), 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Worktime:
    """A compiled calendar as the passes use it: instants to working time from its first moment, and back.

    Law: `worked(start_at(w)) == worked(finish_at(w)) == w`; between the two instants nothing is open.
    """

    name: str
    calendar: CompiledCalendar
    day_us: int
    opens: list[int] = field(init=False, repr=False)
    before: list[int] = field(init=False, repr=False)
    lengths: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "opens", self.calendar.opens_list)
        object.__setattr__(self, "before", self.calendar.before_list)
        object.__setattr__(self, "lengths", self.calendar.lengths_list)

    def worked(self, instant_us: int) -> int:
        """Open microseconds from the calendar's first moment to an instant. Raises OutsideCalendar."""
        covers = self.calendar.covers
        if not covers.starts_us <= instant_us <= covers.ends_us:
            raise OutsideCalendar(f"{self.name}: compiled for too short a time")
        place = bisect_right(self.opens, instant_us) - 1
        if place < 0:
            return 0
        return self.before[place] + min(instant_us - self.opens[place], self.lengths[place])

    def start_at(self, worked_us: int) -> int:
        """The last instant before more than `worked_us` is worked: where work goes on. Raises OutsideCalendar."""
        place = bisect_right(self.before, worked_us) - 1
        if not 0 <= place < len(self.opens):
            raise OutsideCalendar(f"{self.name}: compiled for too short a time")
        return self.opens[place] + worked_us - self.before[place]

    def finish_at(self, worked_us: int) -> int:
        """The first instant at which `worked_us` is worked: where work is done. Raises OutsideCalendar."""
        place = bisect_left(self.before, worked_us) - 1
        if place < 0 or place >= len(self.opens):
            raise OutsideCalendar(f"{self.name}: compiled for too short a time")
        return self.opens[place] + worked_us - self.before[place]


class Worktimes:
    """Every calendar of one plan, compiled from `first` to `last`, each made when it is first asked for."""

    def __init__(self, plan: Plan, first: date, last: date) -> None:
        self._plan = plan
        self._first, self._last = first, last
        self._made: dict[tuple[str, str, tuple[int, ...]], Worktime] = {}
        self._compiled: dict[str, CompiledCalendar] = {}
        self._open_days: dict[int, frozenset[date]] = {}
        self._closed_days: dict[int, dict[date, str]] = {}
        self._weeks: dict[str, tuple[bool, ...]] = {}

    def of(self, activity: Activity) -> Worktime:
        """The calendar of an activity. Raises CalendarNeverOpen where it lasts some time and never opens."""
        freezes = tuple(place for place, one in enumerate(self._plan.freezes) if one.stops(activity))
        found = self.named(activity.lead, activity.site, freezes)
        if not found.opens and activity.estimate.high.amount:
            raise CalendarNeverOpen(
                f"{activity.id}: {self._said(activity)} never open from {self._first} to {self._last}: "
                "look at the hours, the freezes and the overlap of both calendars"
            )
        return found

    def named(self, lead: LagOn, site: str = "", freezes: tuple[int, ...] = ()) -> Worktime:
        """The calendar of a lead, at a site of its, less the freezes at these places of the plan's."""
        key = (lead, site, freezes)
        if key not in self._made:
            plain = self._of_lead(lead, site)
            frozen = _without(plain, tuple(self._plan.freezes[place] for place in freezes))
            name = f"{lead}, {site}" if site else lead
            self._made[key] = Worktime(name, frozen, _full_day_us(plain, self._plan.starts_us))
        return self._made[key]

    def open_days(self, calendar: CompiledCalendar) -> frozenset[date]:
        """The local days on which one of these calendars opens at all, found once for each."""
        key = id(calendar)  # it is kept here as long as this is
        if key not in self._open_days:
            self._open_days[key] = open_days(calendar)
        return self._open_days[key]

    def closed_days(self, calendar: CompiledCalendar) -> Mapping[date, str]:
        """The days that one of these calendars closes by name, found once for each."""
        key = id(calendar)  # as above
        if key not in self._closed_days:
            self._closed_days[key] = dict(calendar.closed_days)
        return self._closed_days[key]

    def week_of(self, side: str, site: str) -> tuple[bool, ...]:
        """On which weekdays a side works, holidays apart; at `site` where the side has it."""
        party = self._plan.parties[0] if side == "client" else self._plan.parties[1]
        key = f"{side}/{site}" if site in party.sites else side
        if key not in self._weeks:
            written = party.sites.get(site, party.calendar)
            self._weeks[key] = tuple(bool(windows) for windows in written.week())
        return self._weeks[key]

    def of_side(self, side: str, site: str) -> CompiledCalendar:
        """One side's own calendar; at `site` where the side has it."""
        party = self._plan.parties[0] if side == "client" else self._plan.parties[1]
        key = f"{side}/{site}" if site in party.sites else side
        if key not in self._compiled:
            written = party.sites.get(site, party.calendar)
            self._compiled[key] = compile_calendar(written, first=self._first, last=self._last)
        return self._compiled[key]

    def _of_lead(self, lead: LagOn, site: str) -> CompiledCalendar:
        if lead in ("client", "provider"):
            return self.of_side(lead, site)
        client, provider = self.of_side("client", site), self.of_side("provider", site)
        if lead == "joint":
            return overlap(client, provider)
        if lead == "either":
            return union(client, provider)
        covers = Span(
            max(client.covers.starts_us, provider.covers.starts_us),
            min(client.covers.ends_us, provider.covers.ends_us),
        )
        ends = (np.array([covers.starts_us]), np.array([covers.ends_us]))
        return CompiledCalendar("UTC", covers, ends[0], ends[1], ())

    def _said(self, activity: Activity) -> str:
        site = f" at {activity.site}" if activity.site else ""
        words = {
            "client": "the calendar of the client",
            "provider": "the calendar of the provider",
            "joint": "the overlap of both calendars",
            "either": "the calendar of either side",
        }
        return f"{words[activity.lead]}{site} is"


def first_and_last(plan: Plan, years: int) -> tuple[date, date]:
    """The days to compile: so many years after the last instant that the plan names, and fewer before the first."""
    named = [plan.starts_us]
    if plan.as_of_us is not None:
        named.append(plan.as_of_us)
    for activity in plan.activities:
        bounds = (activity.not_before_us, activity.fixed_us, activity.deadline_us)
        done = (activity.actual.started_us, activity.actual.finished_us)
        named.extend(one for one in (*bounds, *done) if one is not None)
    first = moment_of(min(named)).date() - max(1, years // FIRST_YEARS) * YEAR
    last = moment_of(max(named)).date() + years * YEAR
    return max(first, EARLIEST), min(last, LATEST)


def day_of(instant_us: int, zone: str) -> date:
    """The local day of an instant."""
    return moment_of(instant_us).astimezone(zone_named(zone)).date()


def _full_day_us(calendar: CompiledCalendar, from_us: int) -> int:
    """The open time that most open days of a year have; of two as frequent the longer. A day where never open."""
    inside = (calendar.opens_us >= from_us) & (
        calendar.opens_us < from_us + YEAR // timedelta(microseconds=1)
    )
    opens, closes = calendar.opens_us[inside], calendar.closes_us[inside]
    if opens.size == 0:
        return DAY_US
    days, lengths = by_day(calendar.zone, opens, closes)
    _, places = np.unique(days, return_inverse=True)
    per_day = np.zeros(int(places.max()) + 1, np.int64)
    np.add.at(per_day, places, lengths)
    values, counts = np.unique(per_day, return_counts=True)
    return int(values[np.flatnonzero(counts == counts.max())[-1]])


def open_days(calendar: CompiledCalendar) -> frozenset[date]:
    """The local days on which a calendar opens at all."""
    if calendar.opens_us.size == 0:
        return frozenset()
    days, _ = by_day(calendar.zone, calendar.opens_us, calendar.closes_us)
    return frozenset(EPOCH + timedelta(days=day) for day in np.unique(days).tolist())


def by_day(zone: str, opens: Instants, closes: Instants) -> tuple[Instants, Instants]:
    """Openings cut at local midnights: the number of each piece's day, and its length."""
    shift = _offset_us(zone, opens)
    first, last = (opens + shift) // DAY_US, (closes + shift - 1) // DAY_US
    counts = last - first + 1
    row = np.repeat(np.arange(opens.size), counts)
    step = np.arange(row.size) - np.repeat(np.cumsum(counts) - counts, counts)
    days = first[row] + step
    begins = np.maximum((opens + shift)[row], days * DAY_US)
    ends = np.minimum((closes + shift)[row], (days + 1) * DAY_US)
    return days, ends - begins


def _offset_us(zone: str, instants: Instants) -> Instants:
    starts, offsets_s = offsets_of(zone, Span(int(instants[0]), int(instants[-1]) + 1))
    found: Instants = offsets_s[np.searchsorted(starts, instants, side="right") - 1] * SECOND_US
    return found


def _without(calendar: CompiledCalendar, freezes: tuple[Freeze, ...]) -> CompiledCalendar:
    """The calendar with every opening of a frozen day left out, or shortened from its end to the share."""
    if not freezes:
        return calendar
    opens, closes = calendar.opens_us, calendar.closes_us
    for freeze in freezes:
        opens, closes = _thinned(calendar.zone, opens, closes, freeze)
    return CompiledCalendar(calendar.zone, calendar.covers, opens, closes, calendar.closed_days)


def _thinned(zone: str, opens: Instants, closes: Instants, freeze: Freeze) -> tuple[Instants, Instants]:
    length = (freeze.end - freeze.first).days
    edges = [_midnight_us(freeze.first + timedelta(days=step), zone) for step in range(length + 1)]
    parts = [clipped(opens, closes, FAR_PAST_US, edges[0]), clipped(opens, closes, edges[-1], FAR_FUTURE_US)]
    if freeze.share:
        for begin_us, end_us in pairwise(edges):
            day_opens, day_closes = clipped(opens, closes, begin_us, end_us)
            worked = (day_closes - day_opens) * freeze.share.numerator // freeze.share.denominator
            parts.append((day_opens, day_opens + worked))
    return merged(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))


def _midnight_us(day: date, zone: str) -> int:
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=zone_named(zone)))
