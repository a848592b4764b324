"""What the API tells of how a plan stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from handfast.transition.api.schemas import ChangeOut, DatesOut


class WorkLineOut(Schema):
    """An activity that is not finished; `whose` is own (by name), role or side."""

    id: UUID
    engagement_id: UUID
    name: str
    kind: str
    lead: str
    is_internal: bool
    whose: str
    started_on: date | None
    remaining: str
    agreed_ends_at: datetime | None
    dates: DatesOut
    seen_as: str


class WorkOut(Schema):
    """The caller's work, the proposed changes that wait for their answer, and the engagements whose baseline does."""

    activities: list[WorkLineOut]
    changes: list[ChangeOut]
    baselines: list[UUID]
