"""What needs me today, over all my engagements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.frame import address, around, overview_of
from handfast.journeys.queries.needs import are_entries_cut
from handfast.journeys.sampling.asking import loading_share
from handfast.journeys.sampling.offers import offers
from handfast.journeys.web.beginning import beginnings_of
from handfast.journeys.web.needing import need_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.journeys.web.beginning import Beginning
    from handfast.journeys.web.needing import NeedLine

MOST_BEGINNINGS = 3
WORDS = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")


@page("GET")
def home(request: ActorRequest) -> HttpResponse:
    """Everything that waits, the nearest day first; for whoever has no engagement, or no figure yet, how to begin."""
    known = around(request, request.actor)
    lines = need_lines(known.needs, known.deals, today=request.at.date(), is_across=True)
    beginnings = list(beginnings_of(request.actor, known.deals).values())
    context = {
        "lines": lines,
        "are_entries_cut": are_entries_cut(known.needs),
        "sentence": _sentence(lines, known.deals, beginnings),
        "beginnings": beginnings[:MOST_BEGINNINGS],
        "deals": [{"deal": one, "url": overview_of(one)} for one in known.deals],
        "offers": [] if known.deals else offers(),
        "new_url": address("engagement:new"),
        "loading": loading_share(request.actor.person) if request.actor.person else None,
    }
    return shown(request, "journeys/home.html", context)


def _sentence(lines: Sequence[NeedLine], deals: Sequence[Engagement], beginnings: Sequence[Beginning]) -> str:
    if not deals:
        return "You are in no engagement yet."
    if beginnings and not lines:
        return beginnings[0].sentence
    count = WORDS[len(lines)] if len(lines) < len(WORDS) else f"{len(lines)} things"
    urgent = sum(one.is_urgent for one in lines)
    where = "your engagement" if len(deals) == 1 else f"your {len(deals)} engagements"
    return f"{count} need{'s' if len(lines) < 2 else ''} you in {where}{f', {urgent} by tomorrow' if urgent else ''}."  # noqa: PLR2004 - one thing needs, two things need
