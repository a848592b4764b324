"""What the operations of people take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema


class MembershipOut(Schema):
    """What the person is in one engagement."""

    id: UUID
    engagement_id: UUID
    organisation_id: UUID
    organisation: str
    side: str
    roles: list[str]
    began_at: datetime


class MeOut(Schema):
    """Who acts, and for which organisation."""

    id: UUID
    name: str
    email: str
    zone: str
    language: str
    organisation_id: UUID | None
    memberships: list[MembershipOut]


class ForgettingIn(Schema):
    """The own address, written once more."""

    email: str


class DetailsIn(Schema):
    """Own name and zone, and the language of the pages: `""` as the browser asks, null leaves it as it is."""

    name: str
    zone: str
    language: str | None = None


class MailChosen(Schema):
    """What is mailed at once, and at which hour of one's own zone the daily mail comes; null for none."""

    is_mailed_approvals: bool
    is_mailed_mentions: bool
    digest_hour: int | None


class TokenIn(Schema):
    """What a token is for and how long it lasts."""

    name: str
    membership_id: UUID
    expires_at: datetime


class TokenOut(Schema):
    """A token without its secret, which is not kept."""

    id: UUID
    name: str
    prefix: str
    membership_id: UUID
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


class IssuedOut(TokenOut):
    """A new token with its secret, which is shown here and never again."""

    secret: str


class FeedIn(Schema):
    """Of which membership the calendar is to show what waits; `plan`: with every activity of the plan."""

    membership_id: UUID
    holds: Literal["mine", "plan"] = "mine"


class FeedOut(Schema):
    """A calendar feed without its address, which is not kept."""

    id: UUID
    membership_id: UUID
    holds: str
    made_at: datetime
    revoked_at: datetime | None


class MadeOut(FeedOut):
    """A new calendar feed with its address, which is shown here and never again."""

    address: str


class OrganisationOut(Schema):
    """An organisation and what it calls the two sides."""

    id: UUID
    name: str
    client_word: str
    provider_word: str
    required_issuer: str


class SignInIn(Schema):
    """The provider by whose sign-in alone the organisation's people enter; empty: in any way."""

    issuer: str


class WordsIn(Schema):
    """`client` or `customer`; `provider`, `supplier` or `vendor`."""

    client_word: str
    provider_word: str
