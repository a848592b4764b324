"""What the API of operate takes and gives. Amounts and shares inside a body are texts of stated scale."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class PeriodIn(Schema):
    """The month to compute, as 2026-03."""

    period: str


class StatementDraftOut(Schema):
    """A computed month of the own side."""

    id: UUID
    period: str
    as_of: datetime
    digest: str
    made_at: datetime
    issued_at: datetime | None


class IssueIn(Schema):
    """Until when the other side is asked to answer; with `as_seen`, the draft's digest, only that very draft is issued."""

    answer_by_on: date | None = None
    as_seen: str | None = None


class StatementOut(Schema):
    """A revision of a month, without its body."""

    id: UUID
    period: str
    revision: int
    state: str
    digest: str
    as_of: datetime
    issued_at: datetime
    issued_for_id: UUID
    answer_by_on: date | None
    answered_at: datetime | None
    answered_for_id: UUID | None
    seen_as: str


class AgreeIn(Schema):
    """The amount as it is typed (the month where no money hangs on it), and what was read before."""

    typed: str
    as_seen: str


class DisputeIn(Schema):
    """The id of a line, the reason, and what was read before."""

    level: str
    reason: str
    as_seen: str


class DisputeOut(Schema):
    """A line that is not accepted."""

    id: UUID
    statement_id: UUID
    level: str
    reason: str
    raised_at: datetime
    raised_for_id: UUID
    withdrawn_at: datetime | None


class AdjustmentIn(Schema):
    """The keys of the terms language: kind, type, source, records, from, to, pause, reason, clause, evidence."""

    said: dict[str, Any]


class DeclineIn(Schema):
    """Why it is not accepted."""

    reason: str


class AdjustmentOut(Schema):
    """What one side proposed and how the other answered."""

    id: UUID
    name: str
    said: dict[str, Any]
    state: str
    proposed_side: str
    proposed_at: datetime
    answered_at: datetime | None
    answer: str


class CauseOut(Schema):
    """What changed between two revisions: a file, an adjustment, terms, a report, or the instant that is judged at."""

    kind: str
    id: str
    name: str
    about: str
    at: datetime | None
    by: UUID | None


class MovedOut(Schema):
    """A level before and after a line; `points` is exact, as p/q on the unit's scale, `money` a decimal as text."""

    level: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    points: str | None
    money: str | None


class CauseLineOut(Schema):
    """A line of a revision: its causes, what they moved, and the digest of the month as it stood then."""

    causes: list[CauseOut]
    levels: list[MovedOut]
    sum: str
    unit: str
    digest: str


class ReportIn(Schema):
    """A value of a month: of a measure, or without one its charges; `said` is share, number, or numerator with n."""

    period: str
    said: dict[str, Any]
    attested_by: str = Field(min_length=1, max_length=200)
    measure: str = Field("", max_length=60)
    file_name: str = Field("", max_length=200)
    file_sha256: str = Field("", pattern="^([0-9a-f]{64})?$")


class ReportedValueOut(Schema):
    """What one side reported and attested for a month."""

    id: UUID
    kind: str
    measure: str
    period: str
    said: dict[str, Any]
    attested_by: str
    file_name: str
    file_sha256: str
    reported_at: datetime
    reported_side: str
    withdrawn_at: datetime | None


class RecordOut(Schema):
    """A record behind a figure: instants in microseconds since 1970, UTC; elapsed in microseconds."""

    record: str
    outcome: str
    start_us: str
    stop_us: str | None
    elapsed_us: str
    excluded: str | None


class RosterOut(Schema):
    """A page of the records behind a figure, and how many came to each outcome."""

    counts: dict[str, int]
    total: int
    records: list[RecordOut]


class SegmentOut(Schema):
    """A stretch of a record's clock."""

    from_us: str
    to_us: str
    state: str
    why: str
    counts_us: str
    is_over: bool


class StoryOut(Schema):
    """One record to the second, with its place among those of its outcome."""

    record: str
    outcome: str
    place: int
    total: int
    previous: str | None
    next: str | None
    zone: str
    elapsed_us: str
    target_us: str | None
    due_us: str | None
    segments: list[SegmentOut]
