"""A person's notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from handfast.evidence.models import Mention
from handfast.foundation.refusals import NotSeen
from handfast.journeys.models import Notice

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def notices_seen_by(actor: Actor) -> QuerySet[Notice]:
    """Those for the actor, the latest first; `settled_at` is when each was read, or what it mentions was seen or withdrawn."""
    mine = Mention.objects.filter(
        space_id__in=actor.reach.reads, person_id=actor.person, comment_id=OuterRef("subject_id")
    ).order_by()
    rows = Notice.objects.filter(
        person_id=actor.person, space_id__in=actor.reach.reads, engagement_id__in=list(actor.capabilities)
    )
    settled: QuerySet[Notice] = rows.annotate(
        settled_at=Coalesce(
            "read_at",
            Subquery(mine.values("seen_at")[:1]),
            Subquery(mine.values("comment__withdrawn_at")[:1]),
        )
    )
    return settled


def unread_by(actor: Actor) -> QuerySet[Notice]:
    """Those that still tell the actor something."""
    rows: QuerySet[Any] = notices_seen_by(actor)
    return rows.filter(settled_at__isnull=True)


def notice_seen_by(actor: Actor, notice: UUID) -> Notice:
    """One of them. Raises NotSeen."""
    found = notices_seen_by(actor).filter(pk=notice).first()
    if found is None:
        raise NotSeen
    return found
