"""How many days of which people the plan asks of each side, and in which weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.transition.queries.demanded import demand_in
from handfast.transition.queries.plans import plans_seen_by, rows_of
from handfast.transition.queries.sides import side_of
from handfast.transition.web.demand_view import HEADS, demand_rows, demand_view

if TYPE_CHECKING:
    from handfast.kernel.scheduling.demand import Demand


@page("GET")
def demand(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The reader's own side first."""
    deal = engagement_seen_by(request.actor, engagement)
    plan, side, found = _demand(request, engagement)
    names = names_of_sides(deal)
    context = {
        "engagement": deal,
        "has_plan": plan,
        "sides": demand_view(found, names, side),
        "side": side,
        "own_name": names.get(side, ""),
    }
    return shown(request, "transition/demand.html", context)


@page("GET")
def demand_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The same as CSV or XLSX: a role in a week each."""
    deal = engagement_seen_by(request.actor, engagement)
    _, _, found = _demand(request, engagement)
    return exported(request, form, "demand", HEADS, demand_rows(found, names_of_sides(deal)))


def _demand(request: ActorRequest, engagement: UUID) -> tuple[bool, str, tuple[Demand, ...]]:
    plan = plans_seen_by(request.actor, engagement).first()
    if plan is None:
        return False, "", ()
    side = side_of(request.actor, plan)
    return True, side, demand_in(rows_of(plan), side)
