"""The year of both sides: holidays, shared hours, freezes, and what falls on them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.models import Cover, Plan
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.covering import covered_in, live_on
from handfast.transition.queries.plans import plans_seen_by, rows_of
from handfast.transition.queries.together import Together, together_in
from handfast.transition.web.year_view import hours_text, year_view

AROUND = 2
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@page("GET")
def year(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """One year of both calendars; the year in which the plan begins, unless another one near it is asked for."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plans_seen_by(request.actor, engagement).first()
    names = names_of_sides(deal)
    context: dict[str, object] = {"engagement": deal, "names": names}
    if plan is not None:
        years = _years(plan)
        asked = request.GET.get("year", "")
        number = next((one for one in years if str(one) == asked), plan.starts_on.year)
        found = together_in(plan, number)
        windows = [
            (WEEKDAYS[one.weekday], one, hours_text(one.open_us), one == found.best) for one in found.windows
        ]
        best = next((one for one in windows if one[3]), None)
        rows = rows_of(plan)
        live = live_on(rows)
        covered = covered_in(plan, found, live)
        context |= {
            "view": year_view(rows, found, names),
            "years": years,
            "windows": windows,
            "best": best,
            "ties": _as_good(found),
            "live_on": live,
            "covered": covered,
            "uncovered": sum(one.cover is None for one in covered),
            "hows": Cover.How.choices,
            "may_manage": may_manage_plan(request.actor, plan),
            "own": request.actor.organisation,
        }
    return shown(request, "transition/year.html", context)


def _as_good(found: Together) -> list[str]:
    """The other weekdays whose common hours are as long and hold in as many weeks as the best one's."""
    best = found.best
    return [
        WEEKDAYS[one.weekday]
        for one in found.windows
        if best is not None and one != best and (one.open_us, one.weeks) == (best.open_us, best.weeks)
    ]


def _years(plan: Plan) -> tuple[int, ...]:
    """The years around the plan's start that are offered."""
    first = plan.starts_on.year
    return tuple(range(first - 1, first + AROUND + 1))
