"""What the operations of engagements take and give."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class PartyOut(Schema):
    """A side of the deal."""

    id: UUID
    side: str
    name: str
    zone: str
    organisation_id: UUID | None
    joined_at: datetime | None


class EngagementOut(Schema):
    """The deal with its two sides; `seen_as` goes back with an amendment."""

    id: UUID
    name: str
    size: str
    zone: str
    currency: str
    is_sample: bool
    opened_at: datetime
    signed_on: date | None
    live_on: date | None
    notice_on: date | None
    ends_on: date | None
    seen_as: str
    parties: list[PartyOut]


class OpenedOut(Schema):
    """A deal that was opened by this very request, which does not reach into it yet: ask for the rest by its id."""

    id: UUID
    name: str
    size: str
    currency: str


class DealIn(Schema):
    """A new engagement; `organisation_name` founds the organisation of a person who has none."""

    name: str
    size: str
    side: str
    other_name: str
    zone: str
    other_zone: str
    currency: str
    organisation_name: str = ""


class AmendmentIn(Schema):
    """What the deal says of itself, all of it; with another `as_seen` than now it is refused."""

    name: str
    size: str
    zone: str
    currency: str
    signed_on: date | None = None
    live_on: date | None = None
    notice_on: date | None = None
    ends_on: date | None = None
    as_seen: str


class MemberOut(Schema):
    """A person of the engagement."""

    id: UUID
    person_id: UUID
    name: str
    organisation_id: UUID
    organisation: str
    side: str
    roles: list[str]
    began_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None


class AccessOut(Schema):
    """What an auditor asked for, and the status of the answer."""

    at: datetime
    method: str
    path: str
    status: int
    is_program: bool


class RolesIn(Schema):
    """The roles from now on; with `as_seen`, the former ones joined by commas, they are changed only if they are still so."""

    roles: list[str]
    as_seen: str | None = None


class InvitationIn(Schema):
    """Whom to invite, to which side; with `ends_at`, the membership ends by itself."""

    email: str
    side: str
    roles: list[str]
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class InvitationOut(Schema):
    """An open invitation of the own side; its link is only in the mail."""

    id: UUID
    email: str
    side: str
    roles: list[str]
    invited_at: datetime
    expires_at: datetime
