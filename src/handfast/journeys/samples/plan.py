"""What a simulated desk is told: its sites and shifts, its volume, and how a month went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from handfast.journeys.samples.chance import MILLE
from handfast.journeys.samples.hours import DAY, Hours, days_of, second_of

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Shift:
    """So many persons from one hour to another, on weekdays."""

    starts: int
    ends: int
    persons: int


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work from a day on, up to and without another, with its own holidays."""

    name: str
    shifts: tuple[Shift, ...]
    holidays: frozenset[date]
    joins: date
    leaves: date = date.max

    def works_on(self, day: date) -> bool:
        return self.joins <= day < self.leaves and day.weekday() < SATURDAY and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Strain:
    """How a month differs from the usual one, in thousandths: tickets, persons at work, time that work takes."""

    volume: int = MILLE
    persons: int = MILLE
    work: int = MILLE
    urgent_work: int = MILLE


@dataclass(frozen=True, slots=True)
class Outage:
    """Hours in which a system of the client was down: more tickets of one subject."""

    starts: int
    ends: int
    tickets: int
    subject: str


@dataclass(frozen=True, slots=True)
class Pace:
    """Medians in seconds and odds in thousandths of the desk's work.

    `spent` is a person's time for one ticket; `work` the time to resolve by priority, in open seconds, and for
    P1 around the clock.
    """

    spent: int
    work: tuple[int, int, int, int]
    urgent_reply: int
    resolved_at_once: int = 775
    waits_for_customer: int = 330
    is_misrouted: int = 42
    is_reopened: int = 35
    is_rated: int = 222


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """Everything that a simulation of a desk depends on; `ends_at` is the last instant known."""

    seed: int
    zone: str
    first: date
    ends_at: int
    first_number: int
    sites: tuple[Site, ...]
    tickets_a_weekday: int
    priorities: tuple[int, int, int, int]
    pace: Pace
    strains: dict[str, Strain] = field(default_factory=dict)
    outage: Outage | None = None

    def days(self) -> list[date]:
        last = date.fromordinal(date(1970, 1, 1).toordinal() + self.ends_at // 86_400)
        return days_of(self.first, last + DAY)

    def strain_of(self, day: date) -> Strain:
        return self.strains.get(f"{day:%Y-%m}", Strain())

    def hours(self) -> Hours:
        """When any site works; long enough after the end that all work finds its time."""
        days = days_of(self.first, self.days()[-1] + timedelta(days=400))
        return Hours.of(
            [
                (second_of(day, shift.starts, self.zone), second_of(day, shift.ends, self.zone))
                for day in days
                for site in self.sites
                if site.works_on(day)
                for shift in site.shifts
            ]
        )
