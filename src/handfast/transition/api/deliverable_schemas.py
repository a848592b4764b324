"""What the API takes and tells of deliverables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class DeliverableIn(Schema):
    """A deliverable as it is planned: which side hands it in, by when, and how many working days its review takes."""

    title: str
    submits_side: str
    due_on: date
    review_days: int
    is_silence_acceptance: bool = False
    text: str = ""
    owner_id: UUID | None = None
    reviewer_id: UUID | None = None


class AmendedDeliverableIn(DeliverableIn):
    """All that it says from now on, and what was seen of it."""

    as_seen: str


class HandInIn(Schema):
    """What is said with what is handed in."""

    note: str = ""
    as_seen: str


class ConditionIn(Schema):
    """What has still to be done about what is accepted."""

    text: str
    due_on: date
    owner_id: UUID | None = None


class AcceptIn(Schema):
    """An acceptance, on conditions where there are any."""

    conditions: list[ConditionIn] = Field(default_factory=list)
    as_seen: str


class RejectIn(Schema):
    """A rejection with its reasons, at least one."""

    reasons: list[str]
    as_seen: str


class DeliverableOut(Schema):
    """A deliverable as it stands by the clock: silence has spoken at `review_ends_at`, whenever it is written down."""

    id: UUID
    number: int
    name: str
    title: str
    text: str
    submits_side: str
    owner_id: UUID | None
    reviewer_id: UUID | None
    due_on: date
    review_days: int
    is_silence_acceptance: bool
    is_silence_agreed: bool
    state: str
    round: int
    review_ends_at: datetime | None
    decided_at: datetime | None
    is_review_overdue: bool
    seen_as: str


class RoundOut(Schema):
    """One time that it was handed in; `reckoning` says why its review ends when it does."""

    number: int
    note: str
    contents: list[Any]
    submitted_at: datetime
    submitted_by_id: UUID | None
    ends_at: datetime
    reckoning: dict[str, Any]
    outcome: str
    answered_at: datetime | None
    answered_by_id: UUID | None
    reasons: list[str]
    conditions: list[dict[str, Any]]


class DeliverableWithRounds(DeliverableOut):
    """The same with its rounds, the last first."""

    rounds: list[RoundOut]
