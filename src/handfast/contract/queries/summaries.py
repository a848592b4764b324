"""The versions of a contract's summary, and the newest of many deals at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from handfast.contract.models import ContractSummary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def summaries_seen_by(actor: Actor, engagement: UUID) -> QuerySet[ContractSummary]:
    """All versions, the newest first."""
    rows: QuerySet[ContractSummary] = ContractSummary.objects.filter(
        engagement_id=engagement, space_id__in=actor.reach.reads
    )
    return rows


def newest_summaries(actor: Actor, engagements: Iterable[UUID]) -> dict[UUID, ContractSummary]:
    """By engagement its newest version alone, in one question; those without any are left out."""
    seen = ContractSummary.objects.filter(space_id__in=actor.reach.reads)
    versions = seen.filter(engagement_id=OuterRef("engagement_id")).order_by("-number")
    rows = seen.filter(engagement_id__in=list(engagements), pk=Subquery(versions.values("pk")[:1]))
    return {one.engagement_id: one for one in rows}
