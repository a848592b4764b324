"""The facts that all checks share: values, gathered once, of what the reader sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from handfast.kernel.servicelevels.terms import Terms

MONTHS_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Side:
    """A party; `organisation` is None while it is not in the system."""

    side: str
    name: str
    organisation: UUID | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the deal; `is_in`: they can sign in."""

    person: UUID
    side: str
    is_in: bool
    capabilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """An agreement, the number and state of its terms in force, and the first and the last of those terms as read."""

    id: UUID
    title: str
    currency: str
    number: int | None = None
    is_countersigned: bool = True
    earliest: Terms | None = None
    terms: Terms | None = None

    @property
    def covers(self) -> tuple[date, date] | None:
        """The first day that its terms speak of, and the day after the last."""
        if self.terms is None or self.earliest is None:
            return None
        return self.earliest.first.effective.first, self.terms.first.effective.end


@dataclass(frozen=True, slots=True)
class BatchSeen:
    """What one file brought: from when to when its events lie."""

    number: int
    first_at: datetime | None
    last_at: datetime | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source with the batches that stand."""

    id: UUID
    key: str
    name: str
    batches: tuple[BatchSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelSeen:
    """A level in a month: its name, verdict, and value as written in the statement."""

    name: str
    verdict: str
    value: str | None


@dataclass(frozen=True, slots=True)
class MonthSeen:
    """The last issued revision of a month, or the own draft of one."""

    period: str
    agreement: UUID
    is_issued: bool
    currency: str = ""
    credit: Decimal | None = None
    cut: Decimal | None = None
    levels: Mapping[str, LevelSeen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldSeen:
    """A figure of a sheet that stands as it was reported; without a level the credit of the whole month."""

    period: str
    level: str
    value: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """An entry of a register that is not done."""

    id: UUID
    register: str
    name: str
    owner: UUID | None
    due_on: date | None
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class DaySeen:
    """A day that something has: an agreed milestone, an activity of the plan."""

    id: UUID
    name: str
    on: date
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class ContractSeen:
    """The newest version of the contract's summary; `lacks` names what of it nobody wrote down."""

    number: int
    notice_on: date | None
    ends_on: date | None
    renewal: str
    lacks: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it runs until notice is given."""
        return self.ends_on is None

    @property
    def is_without_notice(self) -> bool:
        """Whether no day of notice can be due."""
        return self.is_open or self.renewal == "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """A deal as one reader sees it on one day, in the contract's zone."""

    engagement: UUID
    size: str
    zone: str
    currency: str
    today: date
    signed_on: date | None = None
    live_on: date | None = None
    notice_on: date | None = None
    ends_on: date | None = None
    contract: ContractSeen | None = None
    sides: tuple[Side, ...] = ()
    members: tuple[Member, ...] = ()
    agreements: tuple[AgreementSeen, ...] = ()
    sources: tuple[SourceSeen, ...] = ()
    months: tuple[MonthSeen, ...] = ()
    reported: frozenset[tuple[str, str]] = frozenset()
    told: tuple[ToldSeen, ...] = ()
    entries: tuple[EntrySeen, ...] = ()
    milestones: tuple[DaySeen, ...] = ()
    activities: tuple[DaySeen, ...] = ()

    @property
    def starts_on(self) -> date | None:
        """The first day of the contract that is known."""
        return self.signed_on or self.live_on

    @property
    def covers(self) -> tuple[date, date] | None:
        """From the first day of all terms in force to the day after the last."""
        spans = [one.covers for one in self.agreements if one.covers]
        return (min(first for first, _ in spans), max(end for _, end in spans)) if spans else None

    @property
    def recorded(self) -> frozenset[str]:
        """The months that lie within a file that came in."""
        return frozenset(
            month
            for source in self.sources
            for batch in source.batches
            if batch.first_at and batch.last_at
            for month in months_between(self.day_of(batch.first_at), self.day_of(batch.last_at))
        )

    @property
    def with_figures(self) -> frozenset[str]:
        """The months of which anything is known: records, a value that was reported, a statement."""
        known = {one.period for one in self.months} | {one.period for one in self.told}
        return self.recorded | known | {period for _, period in self.reported}

    @property
    def months_due(self) -> tuple[str, ...]:
        """The months that should have figures: those over that the terms cover whole, at most the last twelve."""
        if self.covers is None:
            return ()
        first, end = self.covers
        begin = first if first.day == 1 else month_after(first)
        last = min(end, self.today.replace(day=1)) - timedelta(days=1)
        return tuple(months_between(begin, last))[-MONTHS_LOOKED_AT:] if begin <= last else ()

    def day_of(self, at: datetime) -> date:
        """The day of an instant in the contract's zone."""
        return at.astimezone(zone_named(self.zone)).date()


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_between(first: date, last: date) -> list[str]:
    """The months of two days and all between, as `2026-03`."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(f"{month:%Y-%m}")
        month = month_after(month)
    return found
