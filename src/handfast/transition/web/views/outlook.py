"""How sure the dates are: the go-live's odds, every milestone, what drives it and what buys most."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.queries.outlook import outlook_of, simulating
from handfast.transition.queries.outlook_view import outlook_view
from handfast.transition.queries.plans import plans_seen_by, rows_of


@page("GET")
def outlook(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The outlook; while it is computed how far it is, before there is a plan what belongs here."""
    deal = engagement_seen_by(request.actor, engagement)
    found = plans_seen_by(request.actor, engagement).first()
    rows = rows_of(found) if found else None
    context = {
        "engagement": deal,
        "plan": found,
        "view": outlook_view(rows, outlook_of(found)) if rows and found else None,
        "running": simulating(found) if found else None,
        "names": names_of_sides(deal),
    }
    return shown(request, "transition/outlook.html", context)


@page("GET")
def outlook_progress(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The bar of a running simulation; once it is over the page is asked for again."""
    deal = engagement_seen_by(request.actor, engagement)
    found = plans_seen_by(request.actor, engagement).first()
    running = simulating(found) if found else None
    answer = shown(request, "transition/part_simulating.html", {"engagement": deal, "running": running})
    if running is None:
        answer["HX-Refresh"] = "true"
    return answer
