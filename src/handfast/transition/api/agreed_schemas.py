"""What the API takes and gives of what the contract fixes. Amounts are texts: `120000.00`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema


class PromisedOut(Schema):
    """A milestone of the plan that carries what was agreed; `later_days` are working days of its lead."""

    activity_id: UUID
    milestone_id: UUID
    number: int
    agreed_on: date
    payment: Decimal | None
    currency: str
    ends_on: date
    later_days: int
    is_reached: bool
    is_late: bool
    is_in_force: bool
    said: str


class UntakenOut(Schema):
    """An agreed milestone that is not in the plan; `former_id` carries the one that it replaces."""

    milestone_id: UUID
    number: int
    name: str
    agreed_on: date
    step_key: str
    former_id: UUID | None
    suggested_id: UUID | None


class AgreedOut(Schema):
    """How the plan lies to the contract; `seen_as` is what a take-in sends back."""

    in_plan: list[PromisedOut]
    not_in_plan: list[UntakenOut]
    seen_as: str


class TakenIn(Schema):
    """An agreed milestone, and the milestone of the plan that is to carry it; null for a new one."""

    milestone_id: UUID
    activity_id: UUID | None = None


class TakeInIn(Schema):
    """What is taken in, all of it or nothing."""

    as_seen: str
    taken: list[TakenIn] = Field(max_length=500)
