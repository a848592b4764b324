"""What the API tells of what a plan foresees."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class ForeseenOut(Schema):
    """How sure one shared date is; `agreed_runs` of the outlook's runs keep the agreed one."""

    activity: UUID
    likely_at: datetime
    p10_at: datetime
    p50_at: datetime
    p80_at: datetime
    p90_at: datetime
    agreed_at: datetime | None
    agreed_runs: int


class DrivingOut(Schema):
    """The runs in which an activity drives the go-live."""

    activity: UUID
    runs: int


class BoughtOut(Schema):
    """Hundredths of a working day that the go-live comes sooner; what is internal has no id, only whose it is."""

    activity: UUID | None
    internal_to: str
    sooner_hundredths: int


class BarOut(Schema):
    """The runs that go live after one instant and until another."""

    after_at: datetime
    until_at: datetime
    runs: int


class OutlookOut(Schema):
    """The answers of the last simulation; stale where the plan was dated anew since."""

    dated_at: datetime
    is_stale: bool
    runs: int
    seed: int
    live: ForeseenOut
    milestones: list[ForeseenOut]
    driving: list[DrivingOut]
    buys: list[BoughtOut]
    bars: list[BarOut]


class DemandOut(Schema):
    """Days of one role in the week that begins on `monday`; `released` is null where nothing was said."""

    side: str
    role: str
    monday: date
    days: Decimal
    released: Decimal | None
    is_short: bool


class ClosedOut(Schema):
    """A day closed by name at one side."""

    on: date
    side: str
    name: str


class SharedOut(Schema):
    """Microseconds of a day in which both sides work."""

    on: date
    open_us: int


class WindowOut(Schema):
    """Hours of a weekday (0 is Monday) in which both work, on both clocks, and in how many weeks they hold."""

    weekday: int
    client: str
    provider: str
    open_us: int
    weeks: int
    is_best: bool


class PlanYearOut(Schema):
    """A year of both sides."""

    year: int
    closed: list[ClosedOut]
    shared: list[SharedOut]
    windows: list[WindowOut]


class CoverIn(Schema):
    """How a holiday of a side is covered."""

    side: Literal["client", "provider"]
    on: date
    how: Literal["other", "on_call", "reduced", "closed"]
    note: str = Field("", max_length=300)


class CoverOut(Schema):
    """What one side says of a holiday; agreed where the other side has said so too."""

    id: UUID
    side: str
    on: date
    how: str
    note: str
    proposed_for_id: UUID
    agreed_at: datetime | None


class CoveredOut(Schema):
    """A holiday after the go-live; `cover` is null while nobody has said how it is covered."""

    side: str
    on: date
    name: str
    cover: CoverOut | None
