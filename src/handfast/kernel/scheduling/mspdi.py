"""What a Microsoft Project XML file (MSPDI) says, as it says it: local times without a zone, lengths in open time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from handfast.kernel.scheduling.plan import LinkKind

NAMESPACE = "http://schemas.microsoft.com/project"
DAY_S = 86_400
LINK_KINDS: tuple[LinkKind, ...] = ("FF", "FS", "SF", "SS")
# The file's numbers of units; the same again plus 32 for what is estimated.
ESTIMATED = 32
PERCENT, ELAPSED_PERCENT = 19, 20
ELAPSED = frozenset({4, 6, 8, 10, 12, ELAPSED_PERCENT})
IN_HOURS, IN_ELAPSED_HOURS, IN_DAYS = 5, 6, 7
(SOON, LATE, STARTS_ON, ENDS_ON, STARTS_FROM, STARTS_BY, ENDS_FROM, ENDS_BY) = range(8)
CONSTRAINTS = (
    "as soon as possible",
    "as late as possible",
    "must start on",
    "must finish on",
    "start no earlier than",
    "start no later than",
    "finish no earlier than",
    "finish no later than",
)
# Our own words about a task, which the format has no place for: alias to field of the format, Text1 onwards.
OWN_FIELDS = {
    "Handfast id": 188743731,
    "Handfast lead": 188743734,
    "Handfast kind": 188743737,
    "Handfast lags": 188743740,
    "Handfast not before": 188743743,
}

# Seconds from the local midnight, half-open, in order, never touching.
Times = tuple[tuple[int, int], ...]


def plain_unit(number: int) -> int:
    """A unit without its mark of being estimated."""
    return number - ESTIMATED if number > ESTIMATED else number


@dataclass(frozen=True, slots=True)
class MspdiException:
    """Days, first and last included, on which a calendar has these hours instead; no hours: closed."""

    name: str
    first: date
    last: date
    times: Times
    # 1 each `period`th day, 2 each year, 6 some weekdays (Monday 0) of each `period`th week; others are remarked.
    kind: int = 1
    period: int = 1
    weekdays: frozenset[int] = frozenset()
    # Of what comes each year: the month and its day.
    yearly: tuple[int, int] = (1, 0)


@dataclass(frozen=True, slots=True)
class MspdiWeek:
    """A week of its own between two days, both included."""

    first: date
    last: date
    days: Mapping[int, Times]


@dataclass(frozen=True, slots=True)
class MspdiCalendar:
    """Hours by weekday (Monday 0); a weekday that is not written is the base calendar's, or the format's own."""

    uid: int
    name: str
    base_uid: int | None
    days: Mapping[int, Times]
    exceptions: tuple[MspdiException, ...] = ()
    weeks: tuple[MspdiWeek, ...] = ()


@dataclass(frozen=True, slots=True)
class MspdiLink:
    """A predecessor by UID; the lag in tenths of a minute, or in percent where the unit says so."""

    uid: int
    kind: LinkKind
    lag: int
    unit: int
    is_cross_project: bool = False


@dataclass(frozen=True, slots=True)
class MspdiBaseline:
    """Dates once agreed; the number is 0 to 10."""

    number: int
    starts: datetime | None
    ends: datetime | None
    length_us: int | None


@dataclass(frozen=True, slots=True)
class MspdiTask:
    """One line; `parent_uid` is the summary that the outline puts it under."""

    uid: int
    name: str
    level: int
    parent_uid: int | None
    is_summary: bool
    is_milestone: bool
    length_us: int | None
    unit: int
    starts: datetime | None
    ends: datetime | None
    constraint: int
    constraint_at: datetime | None
    deadline: datetime | None
    percent: int
    actual_start: datetime | None
    actual_finish: datetime | None
    remaining_us: int | None
    calendar_uid: int | None
    ignores_resources: bool
    is_active: bool
    is_manual: bool
    links: tuple[MspdiLink, ...]
    baselines: tuple[MspdiBaseline, ...]
    # Our own words by alias: see OWN_FIELDS.
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_elapsed(self) -> bool:
        return plain_unit(self.unit) in ELAPSED


@dataclass(frozen=True, slots=True)
class MspdiResource:
    """Somebody or something that works; `is_work` is false of material and cost."""

    uid: int
    name: str
    is_work: bool
    calendar_uid: int | None


@dataclass(frozen=True, slots=True)
class MspdiAssignment:
    """Who works on what; `hundredths` of a person."""

    task_uid: int
    resource_uid: int
    hundredths: int


@dataclass(frozen=True, slots=True)
class MspdiPlan:
    """A whole file. `title` is empty and `calendar_uid` None where it says none."""

    name: str
    title: str
    subject: str
    starts: datetime | None
    status_at: datetime | None
    from_start: bool
    calendar_uid: int | None
    calendars: tuple[MspdiCalendar, ...]
    tasks: tuple[MspdiTask, ...]
    resources: tuple[MspdiResource, ...]
    assignments: tuple[MspdiAssignment, ...]
