"""What the API takes and tells of a plan that grows."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema


class GoLiveOut(Schema):
    """The go-live of a wave on the likely path, now and after the growth."""

    wave: int
    from_at: datetime
    to_at: datetime


class GrowthLineOut(Schema):
    """What becomes of an activity; `by` is what takes its place, `why` why it stays or what stays of it."""

    wave: int
    what: Literal["stays", "becomes", "added", "left out"]
    activity_id: UUID | None
    name: str
    by: str
    why: str


class GrowthPreviewOut(Schema):
    """What the next larger size would make of the plan; nothing is changed. `seen_as` is the plan's."""

    from_size: str
    to_size: str
    counts: dict[str, int]
    go_lives: list[GoLiveOut]
    lines: list[GrowthLineOut]
    left_apart: list[tuple[str, str]]
    seen_as: str


class GrowIn(Schema):
    """The plan as it was read; the reason where the other side has to accept it."""

    as_seen: str
    reason: str = ""


class AnswerGrowthIn(Schema):
    """The growth as it was read: it names the version of the plan."""

    as_seen: str


class DeclineGrowthIn(Schema):
    """Why it is not accepted."""

    reason: str


class GrowthOut(Schema):
    """A growth that was proposed; `moves` are the go-lives as of proposing or accepting."""

    id: UUID
    from_size: str
    to_size: str
    counts: dict[str, int]
    moves: list[dict[str, str | int]]
    reason: str
    state: str
    proposed_at: datetime
    proposed_side: str
    answered_at: datetime | None
    answer: str
    seen_as: str


class GrownOut(Schema):
    """The plan's size now, and what waits for an answer where it has to be accepted."""

    size: str
    seen_as: str
    growth: GrowthOut | None
