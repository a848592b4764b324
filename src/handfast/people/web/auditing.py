"""Whatever an auditor opens in an engagement is kept, so that both know afterwards what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Space
from handfast.people.actions.accesses import note_opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from handfast.people.models import Membership

AUDITOR = "auditor"
STRANGE_METHOD = 8  # letters of the longest that a door takes


def note_access(request: HttpRequest, status: int, seen: Collection[UUID]) -> None:
    """One row where the address, or a thing that was found by it, is of an engagement in which whoever asks audits.

    `seen` are the spaces of what was found. A token is of one engagement: all that it asks is of that one.
    """
    token = getattr(request, "token", None)
    mine: Iterable[Membership] = [token.membership] if token else getattr(request, "memberships", ())
    audited = [one for one in mine if AUDITOR in one.roles]
    if not audited:
        return
    match = request.resolver_match
    asked = {str(match.kwargs.get("engagement"))} if match else set[str]()  # of an operation it is a text
    asked |= {str(one) for one in Space.objects.filter(pk__in=seen).values_list("engagement_id", flat=True)}
    for one in audited:
        if token or str(one.engagement_id) in asked:
            note_opened(
                one,
                method=str(request.method)[:STRANGE_METHOD],
                path=request.get_full_path(),
                status=status,
                is_program=token is not None,
                at=request.at,  # type: ignore[attr-defined]  # set by the same door
            )
