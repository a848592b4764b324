"""Issue and revoke tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.foundation.actions import action
from handfast.foundation.texts import checked_line
from handfast.people.models import Membership, Token
from handfast.people.permissions import may_issue_token, may_revoke_token
from handfast.people.refusals import ExpiryRefused, NameMissing, TokenRevoked

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

LONGEST = timedelta(days=366)
LONGEST_NAME = 80
SHOWN = 8
SECRET_BYTES = 32
USED_AGAIN = timedelta(hours=1)  # so often at most it is written that a token was used
MARK = "hf_"  # scanners of repositories find leaked tokens by it


def new_secret() -> str:
    """256 bits that nobody guesses; made by the door, which alone shows it."""
    return MARK + secrets.token_urlsafe(SECRET_BYTES)


@action(permits=may_issue_token, records="token.issued")
def issue_token(
    actor: Actor,
    membership: Membership,
    /,
    *,
    name: str,
    secret: str,
    digest: str,
    expires_at: datetime,
    at: datetime,
) -> Token:
    """Keep the digest of a secret that the door made and shows once. Raises NameMissing, TextRefused, ExpiryRefused."""
    if not name.strip():
        raise NameMissing("a token needs a name", [("name", "say what the token is for")])
    if not at < expires_at <= at + LONGEST:
        said = "choose a day within the next year"
        raise ExpiryRefused(said, [("expires_at", said)])
    return Token.objects.create(
        membership=membership,
        name=checked_line("name", name, most=LONGEST_NAME),
        prefix=secret[:SHOWN],
        digest=digest,
        issued_at=at,
        expires_at=expires_at,
    )


@action(permits=may_revoke_token, records="token.revoked")
def revoke_token(actor: Actor, token: Token, /, *, at: datetime) -> Token:
    """It opens nothing from now on. Raises TokenRevoked."""
    if token.revoked_at is not None:
        raise TokenRevoked("this token was revoked before")
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    return token


def note_use(token: Token, at: datetime) -> None:
    """Keep when a token was last used, to the hour: one conditional UPDATE where an hour has passed, else nothing.

    Nobody decides it and nobody else reads it, so it is no action and stands in no journal.
    """
    stale = at - USED_AGAIN
    if token.last_used_at is not None and token.last_used_at > stale:
        return
    rows = Token.objects.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lte=stale), pk=token.pk)
    rows.update(last_used_at=at)
