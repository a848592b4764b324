"""What the API says and takes of packs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class KindOut(Schema):
    """A kind of pack: `asks` are the words that say of what it is made."""

    key: str
    name: str
    purpose: str
    asks: list[str]


class PackOut(Schema):
    """A pack; its files are below it, by their form."""

    id: UUID
    kind: str
    subject: str
    asked: dict[str, str]
    is_internal: bool
    digest: str
    made_at: datetime
    made_by_id: UUID
    made_for_id: UUID
    withdrawn_at: datetime | None
    forms: list[str]


class PacksOut(Schema):
    packs: list[PackOut]
    count: int


class PackIn(Schema):
    """What to make: of which kind, of what, and for whom."""

    kind_key: str = Field(max_length=20)
    of: dict[str, str] = Field(default_factory=dict)
    audience: Literal["own", "shared"] = "own"


class PacksAsked(Schema):
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(50, ge=1, le=200)
