"""How an engagement stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.frame import address, around
from handfast.journeys.queries.needs import are_entries_cut
from handfast.journeys.web.beginning import beginnings_of
from handfast.journeys.web.needing import need_lines
from handfast.journeys.web.pictures.glance import glance_of
from handfast.transition.queries.plans import plans_seen_by, rows_of
from handfast.transition.queries.waves import waves_of
from handfast.transition.web.wave_view import wave_lines_of

if TYPE_CHECKING:
    from typing import Any

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.transition.web.wave_view import WaveLine


@page("GET")
def overview(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The life-line, the levels of the month, what needs me, and the money; before the first figure the way to it."""
    deal = engagement_seen_by(request.actor, engagement)
    glance = glance_of(request.actor, deal, at=request.at)
    known = around(request, request.actor)
    mine = [one for one in known.needs if one.engagement == deal.pk]
    beginning = None if glance.month else beginnings_of(request.actor, [deal]).get(deal.pk)
    context = {
        "engagement": deal,
        "glance": glance,
        "beginning": beginning,
        "parties": list(deal.parties.all()),
        "own": party_of(deal, request.actor.organisation),
        "waves": _waves(request.actor, deal),
        "lines": need_lines(mine, [deal], today=request.at.date()),
        "are_entries_cut": are_entries_cut(known.needs),
        "home_url": address("journeys:home"),
        **(_ways(request.actor, deal, glance.month.period) if glance.month else {}),
    }
    return shown(request, "journeys/overview.html", context)


def _waves(actor: Actor, deal: Engagement) -> tuple[WaveLine, ...]:
    """The waves of the plan, in the order of their numbers; none where all moves at once."""
    plan = plans_seen_by(actor, deal.pk).first()
    waves = waves_of(plan) if plan else ()
    return wave_lines_of(rows_of(plan), waves) if plan and waves else ()


def _ways(actor: Actor, deal: Engagement, period: str) -> dict[str, Any]:
    """Where the page leads: pages that are there, and that the actor's roles are for."""
    return {
        "statement_url": address("operate:statement", deal.pk, period),
        "import_url": address("records:send", deal.pk) if actor.can("import-records", deal.pk) else "",
    }
