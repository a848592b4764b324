"""What the API takes and gives of agreed milestones. Amounts are texts: `120000.00`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema


class MilestoneIn(Schema):
    """A milestone as it is proposed; `replaces` is the id of the agreed one in whose place it is to stand."""

    name: str
    due_on: date
    payment: str = ""
    clause: str = ""
    step_key: str = ""
    replaces: UUID | None = None


class MilestoneOut(Schema):
    """A milestone with its state; an empty currency where nothing is paid on it."""

    id: UUID
    number: int
    name: str
    due_on: date
    payment: Decimal | None
    currency: str
    clause: str
    step_key: str
    replaces_id: UUID | None
    state: str
    proposed_at: datetime
    proposed_side: str
    answered_at: datetime | None
    reason: str
    seen_as: str


class MilestoneSeenIn(Schema):
    """What was seen of the milestone that is answered."""

    as_seen: str


class MilestoneDeclinedIn(Schema):
    """Why a milestone is declined."""

    reason: str
    as_seen: str
