"""What the operations of journeys take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Schema
from pydantic import AwareDatetime, Field

MOST = 100
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
Kind = Literal[
    "entry", "person", "activity", "milestone", "deliverable", "agreement", "statement", "source", "document", "comment",
    "file", "reference",
]  # fmt: skip


class NeedOut(Schema):
    """One thing that waits; `name` is a month, a number, the name of a file, an address."""

    kind: str
    subject: UUID
    engagement: UUID
    name: str
    due_on: date | None


class HomeOut(Schema):
    """What needs the caller, over all engagements that they reach, the nearest day first."""

    needs: list[NeedOut]
    unread_notices: int


class LevelOfMonthOut(Schema):
    """One service level of a month; figures as the statement writes them, null where there is none."""

    id: str
    name: str
    unit: str
    n: int | None
    value: str | None
    expected: str | None
    minimum: str | None
    verdict: str


class MonthOut(Schema):
    """One month; `state` is null for a draft of the own side, which only that side sees."""

    period: str
    state: str | None
    levels: list[LevelOfMonthOut]
    currency: str | None
    credit: str | None
    cap: str | None


class OverviewOut(Schema):
    """How an engagement stands: its latest months, the latest first, and what needs the caller in it."""

    engagement_id: UUID
    months: list[MonthOut]
    needs: list[NeedOut]


class HoldingOut(Schema):
    """One engagement of the portfolio; figures as its last statement writes them, null before the first."""

    engagement_id: UUID
    name: str
    partner: str
    period: str | None
    verdicts: list[str]
    months: dict[str, list[str]]
    currency: str | None
    credit: str | None
    cap: str | None
    next_date_name: str | None
    next_date: date | None
    milestone: str | None
    milestone_on: date | None
    is_milestone_late: bool | None
    milestone_p50_on: date | None
    milestone_p80_on: date | None
    notice_on: date | None
    yearly_value: str | None
    value_currency: str | None
    late: dict[str, int]


class JournalEntryOut(Schema):
    """One entry of the journal; of an erased one only its place, its hashes and the reason are left."""

    id: UUID
    space_id: UUID
    is_shared: bool
    sequence: int
    previous: str
    commitment: str
    hash: str
    at: datetime
    action: str
    subject_id: UUID | None
    person_id: UUID | None
    organisation_id: UUID | None
    payload: dict[str, Any] | None
    is_erased: bool
    erased_because: str


class JournalAsked(Schema):
    """Which part of the journal: by the name of a verb, by who did it, by the thing it was done to, by who sees it."""

    action: str = ""
    audience: Literal["", "shared", "own"] = ""
    person: UUID | None = None
    subject: UUID | None = None
    limit: Limit = MOST
    offset: Offset = 0


class JournalOut(Schema):
    """A part of the journal, the latest entry first, and how many there are in all."""

    count: int
    entries: list[JournalEntryOut]


class FindingOut(Schema):
    """What a check of the health check found; `mend_at` is the page where it is mended."""

    check: str
    severity: str
    area: str
    said: str
    is_internal: bool
    mend_at: str


class ErasureIn(Schema):
    """Why an entry is to be forgotten; the reason stays."""

    reason: str


class NoticeOut(Schema):
    """A notice by its kind and the thing it is about."""

    id: UUID
    engagement_id: UUID
    kind: str
    said: str
    subject_id: UUID
    given_at: datetime
    read_at: datetime | None


class TaskOut(Schema):
    """What the worker does or did for the caller or their organisation; `done_share` in parts of 1,000."""

    id: UUID
    kind: str
    subject_id: UUID
    due_at: datetime
    done_share: int
    said: str
    done_at: datetime | None
    failed_at: datetime | None


class SearchAsked(Schema):
    """The beginnings of words, or a number as `I-12`; of one kind, in one engagement, where they are named."""

    q: Annotated[str, Field(min_length=1, max_length=100)]
    kind: Kind | None = None
    engagement: UUID | None = None
    limit: Annotated[int, Query(ge=1, le=100)] = 20


class HitOut(Schema):
    """One thing that says it; `said` is its text, in which `@` and an id stand for somebody mentioned."""

    kind: str
    id: UUID
    engagement: UUID
    name: str
    said: str


class SearchOut(Schema):
    """Of each kind at most `limit`; `more` names the kinds of which there are more."""

    hits: list[HitOut]
    more: list[str]


class PeriodAsked(Schema):
    """Half-open; without a value it is open to that end."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class SeriesOut(Schema):
    """One series of a population; `elsewhere` are numbers in between of another time, `missing` those that are nowhere."""

    name: str
    rows: int
    first: int
    last: int
    elsewhere: int
    missing: list[int]


class HeadOut(Schema):
    """How far a journal went, and its head."""

    space: UUID
    entries: int
    hash: str


class PopulationOut(Schema):
    """What there is to draw a sample from."""

    population: str
    rows: int
    series: list[SeriesOut]
    heads: list[HeadOut]
