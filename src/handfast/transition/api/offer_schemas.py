"""What the API takes and gives of one side's own plan."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class OfferedOut(Schema):
    """A version that was sent in; `mapping` leads from phases to steps, `taken` from its ids to activities."""

    id: UUID
    number: int
    file_name: str
    sha256: str
    mapping: dict[str, str]
    taken: dict[str, str]
    offered_at: datetime
    seen_as: str


class PhaseOut(Schema):
    """A phase, and the step that it stands for or perhaps does; empty: none."""

    key: str
    name: str
    activities: int
    step: str
    is_suggested: bool


class LackingOut(Schema):
    """An activity that only the file has; `taken` is the activity that it became, if any."""

    step_key: str
    id: str
    name: str
    starts_on: date
    ends_on: date
    taken: str


class InBothOut(Schema):
    """An activity in both, and by how many days the file's ends later."""

    activity_id: UUID
    id: str
    later_days: int


class BesideOut(Schema):
    """A version beside the plan."""

    offered: OfferedOut
    phases: list[PhaseOut]
    lacking: list[LackingOut]
    in_both: list[InBothOut]
    only_in_the_plan: list[UUID]
    remarks: list[str]


class PhasesIn(Schema):
    """Which step each phase stands for, by its key, and what was read before."""

    as_seen: str
    steps: dict[str, str]


class TakeIn(Schema):
    """Ids in the file, who sees them, and what was read before."""

    as_seen: str
    wanted: list[str]
    is_internal: bool = False
