"""Addresses elsewhere as they are seen beside a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.models import Reference
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor

MOST = 50


def references_seen_by(actor: Actor, thing: Thing) -> QuerySet[Reference]:
    """All beside a thing that the actor sees, each with its frozen copy, the first first."""
    rows: QuerySet[Reference] = Reference.objects.filter(
        space_id__in=actor.reach.reads,
        about_kind=thing.kind,
        about_id=thing.id,
        engagement_id=thing.engagement,
    )
    return rows.select_related("engagement", "frozen")


def reference_seen_by(actor: Actor, reference: UUID) -> Reference:
    """One address beside anything. Raises NotSeen."""
    rows = Reference.objects.filter(pk=reference, space_id__in=actor.reach.reads)
    found: Reference = the_one(rows.select_related("engagement", "space", "frozen"))
    return found
