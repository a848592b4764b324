"""An engagement as the other side sees it: what both share, without anything that one side keeps for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.people.web.entering import PREVIEW

if TYPE_CHECKING:
    from django.http import HttpResponse


@page("POST")
def begin(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """From now on this session is shown what both sides see of the engagement, and can change nothing in it."""
    deal = engagement_seen_by(request.actor, engagement)
    request.session[PREVIEW] = str(deal.pk)
    return redirect("journeys:overview", deal.pk)


@page("POST")
def end(request: ActorRequest) -> HttpResponse:
    """The session sees again what its organisation sees."""
    shown = request.session.pop(PREVIEW, None)
    return redirect("journeys:overview", shown) if shown else redirect("journeys:home")
