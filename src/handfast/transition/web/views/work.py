"""My work: what I own and what waits for my role and side, over all engagements, reported where it stands."""

from __future__ import annotations

from django.http import HttpResponse

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import person_of
from handfast.transition.queries.told import day_of
from handfast.transition.queries.working import waiting_for, work_of
from handfast.transition.web.work_view import work_view


@page("GET")
def work(request: ActorRequest) -> HttpResponse:
    """Late first, then what runs, then what begins within two weeks."""
    zone = person_of(request.actor).zone
    found = work_of(request.actor, at=request.at)
    view = work_view(request.actor, found, waiting_for(request.actor), zone=zone, at=request.at)
    context = {"view": view, "today": day_of(request.at, zone)}
    return shown(request, "transition/work.html", context)
