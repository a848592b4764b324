"""The agreed milestones of an engagement, and those that wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import AgreedMilestone
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


def milestones_seen_by(actor: Actor, engagement: UUID) -> QuerySet[AgreedMilestone]:
    """All that were ever proposed, by their days."""
    rows = AgreedMilestone.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("replaces")


def milestone_seen_by(actor: Actor, milestone: UUID) -> AgreedMilestone:
    """One of them. Raises NotSeen."""
    rows = AgreedMilestone.objects.filter(space_id__in=actor.reach.reads)
    found: AgreedMilestone = the_one(rows.select_related("replaces", "engagement").filter(pk=milestone))
    return found


def milestones_in_force(engagement: UUID) -> QuerySet[AgreedMilestone]:
    """What both hold to, or one side alone as long as the other is not here, by their days."""
    return AgreedMilestone.objects.filter(engagement_id=engagement, state__in=AgreedMilestone.IN_FORCE)
