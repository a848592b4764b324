"""What the API of transition takes and gives. Durations are texts as the plan's format writes them: 5d, 0.5d, 16h."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

Lead = Literal["client", "provider", "joint", "either"]
Kind = Literal["FS", "SS", "FF", "SF"]
LagOn = Literal["", "client", "provider", "joint", "either", "elapsed"]
Length = 12


class PlanIn(Schema):
    """One template, the first day, and both sides' calendars as the plan's format writes them.

    `size` is that of a shipped template, `template_id` one of the own organisation's: exactly one of them.
    """

    size: Literal["light", "standard", "complex"] | None = None
    template_id: UUID | None = None
    starts_on: date
    calendars: dict[str, Any]


class AmendPlanIn(Schema):
    """The start, the calendars, the sites or the people released, each whole; what is left out stays."""

    as_seen: str
    starts_on: date | None = None
    calendars: dict[str, Any] | None = None
    sites: dict[str, dict[str, Any]] | None = None
    released: dict[str, dict[str, int]] | None = None


class SeenIn(Schema):
    """What was read before."""

    as_seen: str


class SignIn(Schema):
    """The baseline's number as it is typed, and what was read before."""

    typed: str
    as_seen: str


class PlanOut(Schema):
    """A plan without its activities; `dated_version` is the version that the dates answer."""

    id: UUID
    size: str
    starts_on: date
    as_of_on: date | None
    calendars: dict[str, Any]
    sites: dict[str, Any]
    released: dict[str, Any]
    version: int
    dated_version: int
    dated_at: datetime | None
    baseline_number: int
    baseline_at: datetime | None
    baseline_asked_for_id: UUID | None
    baseline_asked_version: int | None
    seen_as: str


class StepOut(Schema):
    """A step with what each side does in it; `criteria` say when its milestone is passed."""

    id: UUID
    key: str
    number: int
    name: str
    lead: str
    description: str
    client_actions: list[str]
    provider_actions: list[str]
    deliverables: list[str]
    criteria: list[dict[str, Any]]
    seen_as: str


class StepIn(Schema):
    """New words for a step; what is left out stays. A criterion that keeps its words keeps how it is computed."""

    as_seen: str
    name: str | None = Field(None, max_length=200)
    lead: Lead | None = None
    description: str | None = None
    client_actions: list[str] | None = None
    provider_actions: list[str] | None = None
    deliverables: list[str] | None = None
    criteria: list[str] | None = None


class ActivityIn(Schema):
    """A new activity; with `is_internal` only the own side sees it, for ever."""

    is_internal: bool = False
    name: str
    lead: Lead
    step_key: str = Field("", max_length=40)
    wave: int = Field(1, ge=1, le=1000)
    low: str = Field(max_length=Length)
    likely: str = Field(max_length=Length)
    high: str = Field(max_length=Length)
    not_before_on: date | None = None
    deadline_on: date | None = None


class ChangesIn(Schema):
    """New values of an activity; what is left out stays, null takes a day away. `reason` is of a proposal."""

    as_seen: str
    name: str | None = None
    lead: Lead | None = None
    step_key: str | None = Field(None, max_length=40)
    owner_id: UUID | None = None
    site: str | None = Field(None, max_length=80)
    low: str | None = Field(None, max_length=Length)
    likely: str | None = Field(None, max_length=Length)
    high: str | None = Field(None, max_length=Length)
    not_before_on: date | None = None
    fixed_on: date | None = None
    deadline_on: date | None = None
    reason: str = Field("", max_length=4000)


class ProgressIn(Schema):
    """What has happened; what is left out has not."""

    as_seen: str
    started_on: date | None = None
    finished_on: date | None = None
    remaining: str = Field("", max_length=Length)


class DatesOut(Schema):
    """What the schedule answers; floats are microseconds of open time of the activity's calendar."""

    starts_at: datetime
    ends_at: datetime
    latest_ends_at: datetime
    float_us: int
    free_float_us: int
    is_critical: bool
    is_late: bool
    why: str


class ActivityOut(Schema):
    """An activity with its dates; they are null while the plan is being dated for the first time."""

    id: UUID
    key: str
    name: str
    kind: str
    lead: str
    step_key: str
    owner_id: UUID | None
    wave: int
    site: str
    is_internal: bool
    low: str
    likely: str
    high: str
    not_before_on: date | None
    fixed_on: date | None
    deadline_on: date | None
    agreed_id: UUID | None
    started_on: date | None
    finished_on: date | None
    remaining: str
    baseline_starts_at: datetime | None
    baseline_ends_at: datetime | None
    dates: DatesOut | None
    seen_as: str


class LinkIn(Schema):
    """Both ends, the kind, and a lag with the calendar it is counted on; empty for that of the one that waits."""

    before_id: UUID
    after_id: UUID
    kind: Kind = "FS"
    lag: str = Field("", max_length=Length)
    lag_on: LagOn = ""


class LinkOut(Schema):
    """What an activity waits for."""

    id: UUID
    before_id: UUID
    after_id: UUID
    kind: str
    lag: str
    lag_on: str


class FreezeIn(Schema):
    """From `first_on` to the day before `end_on`; empty lists name all work."""

    as_seen: str
    name: str
    first_on: date
    end_on: date
    percent: int = Field(0, ge=0, le=99)
    leads: list[Lead] = Field(default_factory=list)
    step_keys: list[str] = Field(default_factory=list)


class FreezeOut(Schema):
    """Days on which named work runs at part of its strength."""

    id: UUID
    name: str
    first_on: date
    end_on: date
    percent: int
    leads: list[str]
    step_keys: list[str]
    state: str
    asked_for_id: UUID | None
    answer: str


class ReasonIn(Schema):
    """Why it is not accepted."""

    reason: str


class ChangeOut(Schema):
    """A proposed change: {field: [before, after]}, what it would move, and its answer."""

    id: UUID
    activity_id: UUID
    number: int
    what: str
    changes: dict[str, Any]
    moves: list[dict[str, Any]]
    reason: str
    state: str
    proposed_at: datetime
    proposed_side: str
    answered_at: datetime | None
    answer: str


class WishIn(Schema):
    """Why the other side should accept it."""

    reason: str = Field(max_length=4000)


class LinkWishIn(LinkIn):
    """A link to be made, which the other side must accept, with the reason."""

    reason: str = Field(max_length=4000)
