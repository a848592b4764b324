"""Service levels over months."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse

from handfast.contract.queries import agreements_of
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.operate.queries.statements import current_statements, drafts_seen_by
from handfast.operate.web.pictures.months_view import months_view

MONTHS = 12


@page("GET")
def service_levels(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every level over the last twelve months; the own draft stands for a month that is not issued."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    issued = {one.period: one.body for one in current_statements(agreement)} if agreement else {}
    drafts = {one.period: one.body for one in drafts_seen_by(request.actor, engagement)}
    bodies = [json.loads(body) for _, body in sorted((drafts | issued).items())[-MONTHS:]]
    levels = [level for body in bodies[-1:] for level in body["levels"]]
    context = {
        "engagement": deal,
        "months": months_view(bodies) if bodies else None,
        "met": sum(level["verdict"] == "met" for level in levels),
        "levels": len(levels),
    }
    return shown(request, "operate/service_levels.html", context)
