"""Service levels over months."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse

from handfast.contract.queries import agreements_of
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls
from handfast.operate.queries.figures import months_told
from handfast.operate.queries.statements import current_statements, drafts_seen_by
from handfast.operate.web.pictures.months_view import months_view

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

MONTHS = 12


@page("GET")
def service_levels(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every level over the last twelve months; the own draft stands for a month that is not issued."""
    deal = engagement_seen_by(request.actor, engagement)
    agreement = agreements_of(deal).first()
    bodies = [body for _, body in bodies_shown(request.actor, deal)]
    levels = [level for body in bodies[-1:] for level in body["levels"]]
    context = {
        "engagement": deal,
        "months": months_view(bodies) if bodies else None,
        "told": len(months_told(agreement)) if agreement else 0,
        "met": sum(level["verdict"] == "met" for level in levels),
        "levels": len(levels),
        **export_urls("operate:levels_export", deal.pk),
    }
    return shown(request, "operate/service_levels.html", context)


def bodies_shown(actor: Actor, deal: Engagement) -> list[tuple[str, dict[str, Any]]]:
    """The last twelve months in their order, each with what it stands in: `issued`, or the own `draft`."""
    agreement = agreements_of(deal).first()
    issued = {
        one.period: ("issued", one.body) for one in (current_statements(agreement) if agreement else ())
    }
    drafts = {one.period: ("draft", one.body) for one in drafts_seen_by(actor, deal.pk)}
    months = sorted((drafts | issued).items())[-MONTHS:]
    return [(made_as, json.loads(body)) for _, (made_as, body) in months]
