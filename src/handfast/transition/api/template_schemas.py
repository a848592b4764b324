"""What the API takes and gives of an organisation's own templates."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema


class TemplateOut(Schema):
    """One of them without its text; `shipped_sha256` is the digest of the shipped text of `release`."""

    id: UUID
    name: str
    size: str
    origin: str
    sha256: str
    release: str
    shipped_sha256: str
    has_shipped_changed: bool
    version: int
    kept_at: datetime
    changed_at: datetime
    retired_at: datetime | None
    seen_as: str


class ComparedOut(Schema):
    """Names of activities: only in the own one, in both and not alike, only in the one that is shipped today."""

    own: list[str]
    differing: list[str]
    shipped: list[str]


class TemplateWholeOut(TemplateOut):
    """One of them with its text; `unread` says why this release cannot read it, and then nothing is compared."""

    text: str
    compared: ComparedOut | None
    unread: str


class BehindOut(Schema):
    """The own template that a plan was made from, as it stands now, and its version and digest then."""

    template: TemplateOut | None
    version: int | None
    sha256: str


class KeepIn(Schema):
    """A name, and the size that is copied."""

    name: str
    size: Literal["light", "standard", "complex"]


class KeepPlanIn(Schema):
    """A name for the plan as a template."""

    name: str


class TemplateTextIn(Schema):
    """The whole text, and what was read before."""

    as_seen: str
    text: str


class TemplateNameIn(Schema):
    """Another name, and what was read before."""

    as_seen: str
    name: str
