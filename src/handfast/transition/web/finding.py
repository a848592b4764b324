"""The activity that an address names, of that very engagement, and the way back from its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

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


def way_back(request: ActorRequest, activity: Activity) -> str:
    """To the plan as it was looked at, where the form was opened there; else to the activity."""
    here = activity.plan.engagement_id
    zoom = request.POST.get("zoom", "")
    if not zoom:
        return reverse("transition:activity", args=[here, activity.pk])
    return way_back_to_plan(here, zoom)


def way_back_to_plan(engagement: UUID, zoom: str) -> str:
    """The plan at the zoom at which it was looked at."""
    here = reverse("transition:plan", args=[engagement])
    return f"{here}?{urlencode({'zoom': zoom})}" if zoom else here
