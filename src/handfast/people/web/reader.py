"""Who reads the page: what the middleware has asked already is not asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.queries import SideWords, words_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from handfast.people.models import Membership


def words_for(request: HttpRequest) -> SideWords:
    """The words of the organisation for which the session acts; the field's, for a stranger."""
    actor = getattr(request, "actor", None)
    known: list[Membership] = getattr(request, "memberships", [])
    mine = (one.organisation for one in known if actor and one.organisation_id == actor.organisation)
    return words_of(next(mine, None))
