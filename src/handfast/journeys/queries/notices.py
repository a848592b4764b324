"""A person's notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.refusals import NotSeen
from handfast.journeys.models import Notice

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def notices_seen_by(actor: Actor) -> QuerySet[Notice]:
    """Those for the actor, the latest first."""
    return Notice.objects.filter(
        person_id=actor.person, space_id__in=actor.reach.reads, engagement_id__in=list(actor.capabilities)
    )


def notice_seen_by(actor: Actor, notice: UUID) -> Notice:
    """One of them. Raises NotSeen."""
    found = notices_seen_by(actor).filter(pk=notice).first()
    if found is None:
        raise NotSeen
    return found
