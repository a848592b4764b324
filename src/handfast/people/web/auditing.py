"""Whatever an auditor opens in an engagement is kept, so that both know afterwards what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.actions.accesses import note_opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from handfast.people.models import Membership

AUDITOR = "auditor"
STRANGE_METHOD = 8  # letters of the longest that a door takes


def note_access(request: HttpRequest, status: int) -> None:
    """One row where the address names an engagement in which whoever asks audits; else nothing."""
    match = request.resolver_match
    engagement = str(match.kwargs.get("engagement")) if match else ""  # of an operation it is a text
    token = getattr(request, "token", None)
    mine: Iterable[Membership] = [token.membership] if token else getattr(request, "memberships", ())
    for one in mine:
        if str(one.engagement_id) == engagement and AUDITOR in one.roles:
            note_opened(
                one,
                method=str(request.method)[:STRANGE_METHOD],
                path=request.get_full_path(),
                status=status,
                is_program=token is not None,
                at=request.at,  # type: ignore[attr-defined]  # set by the same door
            )
