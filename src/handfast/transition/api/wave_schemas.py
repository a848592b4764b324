"""What the API takes and tells of waves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema


class WaveIn(Schema):
    """A further wave: which steps of the first it repeats (none named: all), how much of their durations, and at which site."""

    as_seen: str
    name: str
    carries: str = ""
    criticality: int = 2
    starts_on: date
    step_keys: list[str] = Field(default_factory=list)
    percent: int = 100
    site: str = ""


class AmendWaveIn(Schema):
    """New values of a wave; what is left out stays."""

    as_seen: str
    name: str | None = None
    carries: str | None = None
    criticality: int | None = None
    starts_on: date | None = None


class WaveOut(Schema):
    """A wave of the plan: from 1, little harm if it is late, to 3, harm within a day."""

    id: UUID
    number: int
    name: str
    carries: str
    criticality: int
    starts_on: date
    seen_as: str


class OddsOut(Schema):
    """How sure the go-live is: a day each for ten, fifty, eighty and ninety runs of a hundred."""

    p10_at: datetime
    p50_at: datetime
    p80_at: datetime
    p90_at: datetime


class WaveStandingOut(WaveOut):
    """A wave with how it stands; `live_at` is its go-live on the likely path, `odds` are null before a simulation."""

    begins_at: datetime | None
    live_at: datetime | None
    agreed_at: datetime | None
    activities: int
    done: int
    late: int
    has_begun: bool
    odds: OddsOut | None


class WavesOut(Schema):
    """All waves, and where a more critical one goes before a less critical one."""

    waves: list[WaveStandingOut]
    warnings: list[str]
