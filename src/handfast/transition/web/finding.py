"""The activity that an address names, of that very engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.transition.queries.plans import activity_seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.web.doors import ActorRequest
    from handfast.transition.models import Activity


def found_activity(request: ActorRequest, engagement: UUID, activity: UUID) -> Activity:
    """Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = activity_seen_by(request.actor, activity)
    if found.plan.engagement_id != deal.pk:
        raise NotSeen
    return found
