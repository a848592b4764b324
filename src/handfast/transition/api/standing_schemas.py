"""What the API tells of how a plan stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from handfast.transition.api.growth_schemas import GrowthOut
from handfast.transition.api.schemas import ChangeOut, DatesOut, FreezeOut


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
    """The caller's work; the changes, freezes and growths that wait for their answer, and the engagements whose baseline does."""

    activities: list[WorkLineOut]
    changes: list[ChangeOut]
    baselines: list[UUID]
    freezes: list[FreezeOut]
    growths: list[GrowthOut]


class SaidIn(Schema):
    """Another colour than the computed one, why, how it gets green again, and its last day."""

    wave: int = Field(1, ge=1, le=99)
    rag: Literal["green", "amber", "red"]
    reason: str
    path_to_green: str
    until_on: date


class SaidOut(Schema):
    """What somebody says of a step; `computed` is what was computed when they said it."""

    id: UUID
    wave: int
    rag: str
    computed: str
    reason: str
    path_to_green: str
    until_on: date
    set_at: datetime
    set_side: str
    lifted_at: datetime | None


class StepStandingOut(Schema):
    """A step in one wave: `rag` is what stands, `computed` what the rule says; days are working days of its lead."""

    id: UUID
    key: str
    name: str
    wave: int
    rag: str
    computed: str
    because: str
    agreed_on: date | None
    ends_on: date
    later_days: int | None
    float_days: str
    overdue: int
    activities: int
    done: int
    said: SaidOut | None


class SlipOut(Schema):
    """A milestone or gate that is foreseen later than it was agreed."""

    activity_id: UUID
    name: str
    kind: str
    agreed_on: date
    ends_on: date
    later_days: int


class LateOut(Schema):
    """What is late; `waits_for` is client, provider, joint or either."""

    activity_id: UUID
    name: str
    due_on: date
    late_days: int
    waits_for: str
    waits_for_activity_id: UUID | None
    why: str


class StatusOut(Schema):
    """How a plan stands on a day of the contract's zone."""

    on: date
    steps: list[StepStandingOut]
    slips: list[SlipOut]
    late: list[LateOut]


class WeekLineOut(Schema):
    """A frozen week in one sentence."""

    id: UUID
    ends_on: date
    said: str
    digest: str


class WeekOut(Schema):
    """A frozen week whole: done, late, next, moved, decisions, and the days on which everything ended then."""

    id: UUID
    ends_on: date
    frozen_at: datetime
    digest: str
    body: dict[str, Any]


class RemarkIn(Schema):
    """What the own side has to say of the week."""

    text: str


class RemarkedOut(Schema):
    """The week to come, with what each side has remarked so far."""

    ends_on: date
    remarks: dict[str, Any]


class ReaderOut(Schema):
    """The caller's place on the list of those who get it by mail."""

    id: UUID
    asked_at: datetime
