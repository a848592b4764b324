"""By which companies' sign-in a session was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication

if TYPE_CHECKING:
    from django.http import HttpRequest

METHOD = "company"


def note_issuer(request: HttpRequest, person: Any, issuer: str) -> None:
    """Kept in the session with the person it is of, beside the other steps of this sign-in."""
    record_authentication(request, person, METHOD, issuer=issuer)


def issuers_of(request: HttpRequest, person: Any) -> frozenset[str]:
    """Those of this session and this person; none of a password's or a passkey's."""
    told = get_authentication_records(request, person)
    return frozenset(one["issuer"] for one in told if one.get("method") == METHOD)
