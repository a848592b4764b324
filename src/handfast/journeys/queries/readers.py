"""Who is to hear of what happened: the members of a side who can answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.models import Membership
from handfast.people.roles import capabilities_of

if TYPE_CHECKING:
    from uuid import UUID


def members_who_can(capability: str, engagement: UUID) -> list[Membership]:
    """The members of both sides of an engagement whose roles give the capability."""
    rows = Membership.objects.filter(engagement_id=engagement, ended_at__isnull=True, person__is_active=True)
    return [
        one
        for one in rows.select_related("person", "organisation").order_by("began_at", "id")
        if capability in capabilities_of(one.roles)
    ]
