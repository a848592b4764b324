"""What the API takes and tells of moving activities: what a change would move, many at once, what can be taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from handfast.transition.api.schemas import Lead


class MoveOut(Schema):
    """An activity whose dates would move; `from_at` and `to_at` are its end before and after."""

    activity_id: UUID
    name: str
    lead: str
    kind: str
    begins_at: datetime
    from_at: datetime
    to_at: datetime


class EffectOut(Schema):
    """What a change would move on this version of the plan; with `is_proposed` the other side must accept it.

    `own` move too and concern nobody else: what is internal, and what only begins at another time.
    """

    version: int
    is_proposed: bool
    moves: list[MoveOut]
    own: list[MoveOut]


class LastChangeOut(Schema):
    """What you changed last; it can be taken back within ten seconds of `made_at`, while nothing else has changed."""

    id: UUID
    made_at: datetime
    activity_ids: list[UUID]


class BulkIn(Schema):
    """Up to 200 activities and what is wanted of all; `days` are working days later. What is left out stays."""

    as_seen: str
    activity_ids: list[UUID] = Field(min_length=1, max_length=200)
    lead: Lead | None = None
    owner_id: UUID | None = None
    days: int = Field(0, ge=-400, le=400)
    is_removed: bool = False
    reason: str = Field("", max_length=4000)
    is_preview: bool = False


class BulkLineOut(Schema):
    """One of them: `at once`, `proposed` or `refused`, and why."""

    activity_id: UUID
    outcome: str
    why: str


class BulkOut(Schema):
    """What comes of it, or what has come of it."""

    said: str
    lines: list[BulkLineOut]
