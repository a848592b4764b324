"""The steps of the transition, and one of them: what it must prove, its work, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.web.rows import people_of, seeing
from handfast.readiness.queries.steps import asked_in, step_of, steps_of
from handfast.readiness.web.rows import persons_in
from handfast.readiness.web.step_rows import HEADS, export_rows, row_of, step_sentence, steps_sentence

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase


@page("GET")
def steps(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Every step as it stands; of a light deal the few lists that it needs."""
    deal = engagement_seen_by(request.actor, engagement)
    every = steps_of(request.actor, deal, at=request.at)
    context = {
        "engagement": deal,
        "names": names_of_sides(deal),
        "is_light": deal.size == deal.Size.LIGHT,
        "rows": [row_of(one) for one in every.steps],
        "lists": every.lists,
        **export_urls("readiness:steps_export", deal.pk),
        "sentence": steps_sentence(every, is_light=deal.size == deal.Size.LIGHT),
    }
    return shown(request, "readiness/steps.html", context)


@page("GET")
def steps_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The same as CSV or XLSX, a row for each register of each step."""
    deal = engagement_seen_by(request.actor, engagement)
    every = steps_of(request.actor, deal, at=request.at)
    return exported(request, form, "steps", HEADS, export_rows(every))


@page("GET")
def step(request: ActorRequest, engagement: UUID, step_key: str) -> HttpResponse:
    """One step, with its criteria row by row."""
    deal = engagement_seen_by(request.actor, engagement)
    found, every = step_of(request.actor, deal, step_key, at=request.at)
    people = people_of(request.actor, deal)
    seen = seeing(request.actor, deal, people, persons_in(every.readiness), every.readiness.today)
    place = every.steps.index(found)
    context = {
        "engagement": deal,
        "names": names_of_sides(deal),
        "row": row_of(found, seen=seen, deal=deal, at=every.readiness.at),
        "sentence": step_sentence(found),
        "surveys": asked_in(request.actor, deal, found.standing.key),
        "before": every.steps[place - 1] if place else None,
        "after": every.steps[place + 1] if place + 1 < len(every.steps) else None,
    }
    return shown(request, "readiness/step.html", context)
