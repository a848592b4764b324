"""What a plan holds: parties with calendars, activities with links, freezes, risks; checked when it is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handfast.kernel.scheduling.checking import check_plan
from handfast.kernel.scheduling.refusals import PlanRefused, PlanTooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from handfast.kernel.worktime.written import WrittenCalendar

Side = Literal["client", "provider"]
Lead = Literal["client", "provider", "joint", "either"]
LinkKind = Literal["FS", "SS", "FF", "SF"]
Kind = Literal["work", "milestone", "gate"]
LagOn = Literal["client", "provider", "joint", "either", "elapsed"]

SIDES: tuple[Side, Side] = ("client", "provider")
MOST_ACTIVITIES = 100_000
MILLIONTHS = 1_000_000


@dataclass(frozen=True, slots=True)
class Duration:
    """Working time: `amount` in millionths of a calendar's full day, or in microseconds of open time.

    A full day is the calendar's own: the open time that most of its days have.
    """

    amount: int
    unit: Literal["d", "h"]

    def us_on(self, day_us: int) -> int:
        """Microseconds of open time on a calendar whose full day has `day_us`; rounded down to one."""
        return self.amount * day_us // MILLIONTHS if self.unit == "d" else self.amount


NOTHING = Duration(0, "d")


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long an activity takes: at best, likely, at worst."""

    low: Duration
    likely: Duration
    high: Duration

    @classmethod
    def of(cls, likely: Duration) -> Estimate:
        return cls(likely, likely, likely)

    def __post_init__(self) -> None:
        if {self.low.unit, self.likely.unit, self.high.unit} not in ({"d"}, {"h"}):
            raise PlanRefused("low, likely and high are written in one unit: all in days, or all in hours")
        if self.low.amount < 0:
            raise PlanRefused("a duration is not negative: write 0d or more")
        if not self.low.amount <= self.likely.amount <= self.high.amount:
            raise PlanRefused("write low, likely and high in this order: none under the one before")


@dataclass(frozen=True, slots=True)
class Link:
    """What an activity waits for: one end of `other`, and a lag (negative: a lead) on a calendar.

    `lag_on` None means the calendar of the activity that waits.
    """

    other: str
    kind: LinkKind = "FS"
    lag: Duration = NOTHING
    lag_on: LagOn | None = None


@dataclass(frozen=True, slots=True)
class Actual:
    """What has happened: when it started, when it finished, what remains; instants in microseconds."""

    started_us: int | None = None
    finished_us: int | None = None
    remaining: Duration | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The dates once agreed."""

    starts_us: int
    ends_us: int


@dataclass(frozen=True, slots=True)
class Need:
    """So many people of a role of one side for as long as the activity runs, in hundredths of a person."""

    side: Side
    role: str
    hundredths: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """A gate that may say no: the chance that it does, what is then repeated, and how long that takes.

    `most` is how often it may say no at most; after that it passes.
    """

    chance: Fraction
    takes: Estimate
    most: int = 3


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of the plan. A milestone and a gate last no time. Bounds are instants in microseconds."""

    id: str
    name: str
    lead: Lead
    estimate: Estimate
    after: tuple[Link, ...] = ()
    kind: Kind = "work"
    step: str = ""
    site: str = ""
    wave: int = 1
    internal_to: Side | None = None
    not_before_us: int | None = None
    fixed_us: int | None = None
    deadline_us: int | None = None
    needs: tuple[Need, ...] = ()
    repeat: Repeat | None = None
    actual: Actual = Actual()
    baseline: Baseline | None = None

    def __post_init__(self) -> None:
        if self.kind != "work" and self.estimate.high.amount:
            raise PlanRefused(f"{self.id}: a {self.kind} lasts no time: leave its duration out")
        if self.repeat is not None and self.kind != "gate":
            raise PlanRefused(f"{self.id}: only a gate can be repeated")
        if self.internal_to is not None and self.lead not in (self.internal_to, "either"):
            raise PlanRefused(f"{self.id}: internal to the {self.internal_to}, but led by the {self.lead}")
        if self.repeat is not None and not 0 <= self.repeat.chance < 1:
            raise PlanRefused(f"{self.id}: the chance of a no lies from 0 to under 1")
        self._check_actual()

    def _check_actual(self) -> None:
        actual = self.actual
        if actual.finished_us is not None and (
            actual.started_us is None or actual.finished_us < actual.started_us
        ):
            raise PlanRefused(f"{self.id}: what is finished has started, and not later: write both instants")
        if actual.remaining is not None and (actual.started_us is None or actual.finished_us is not None):
            raise PlanRefused(f"{self.id}: only what has started and not finished has time remaining")
        if actual.remaining is not None and actual.remaining.amount < 0:
            raise PlanRefused(f"{self.id}: remaining is not negative")


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days `[first, end)` on which the work it names does not run, or runs at a share of its strength.

    Empty `leads`, `steps` and `activities` name all work. The days are those of the activity's own zone.
    """

    name: str
    first: date
    end: date
    share: Fraction
    leads: tuple[Lead, ...] = ()
    steps: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise PlanRefused(f"the freeze {self.name!r} ends on {self.end}, not after it starts")
        if not 0 <= self.share < 1:
            raise PlanRefused(f"the freeze {self.name!r} leaves a share of 0 to under 1 of the strength")

    def stops(self, activity: Activity) -> bool:
        return (
            (not self.leads or activity.lead in self.leads)
            and (not self.steps or activity.step in self.steps)
            and (not self.activities or activity.id in self.activities)
        )


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """What may happen, and how much longer the named activities then take."""

    id: str
    name: str
    chance: Fraction
    delay: Estimate
    activities: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.chance <= 1:
            raise PlanRefused(f"risk {self.id}: its chance lies from 0 to 1")


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its name, its calendar, its sites with their own, and how many of each role it has released.

    `roles` are in hundredths of a person, as needs are.
    """

    side: Side
    name: str
    calendar: WrittenCalendar
    sites: Mapping[str, WrittenCalendar] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the plan with its own milestone."""

    key: str
    name: str
    lead: Lead


@dataclass(frozen=True)
class Plan:
    """A whole plan. Activities keep the order in which they were written; every reference holds.

    `as_of_us`, once given, is the instant of the last status: what has not started starts no earlier.
    """

    name: str
    starts_us: int
    zone: str
    parties: tuple[Party, Party]
    activities: tuple[Activity, ...]
    steps: tuple[Step, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    risks: tuple[RiskEvent, ...] = ()
    as_of_us: int | None = None

    def __post_init__(self) -> None:
        if len(self.activities) > MOST_ACTIVITIES:
            raise PlanTooLarge(
                f"{len(self.activities):,} activities: at most {MOST_ACTIVITIES:,} are scheduled in one plan"
            )
        if tuple(party.side for party in self.parties) != SIDES:
            raise PlanRefused("a plan has two parties: the client, then the provider")
        check_plan(self)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each activity stands in `activities`."""
        return {activity.id: place for place, activity in enumerate(self.activities)}

    def party(self, side: Side) -> Party:
        return self.parties[SIDES.index(side)]

    def zone_of(self, activity: Activity) -> str:
        """The zone of whoever leads an activity, at its site; the plan's own where both sides do."""
        if activity.lead not in SIDES:
            return self.zone
        party = self.parties[SIDES.index(activity.lead)]
        return party.sites.get(activity.site, party.calendar).zone
