"""The plan on paper: one page wide, as many long as it needs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.queries.lines import step_lines
from handfast.transition.queries.pictures.gantt_view import picture_of
from handfast.transition.queries.pictures.paper import paper_rows
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sentence import sentence_of
from handfast.transition.queries.told import today_in


@page("GET")
def paper(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All steps and activities, those that are done too."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    rows = rows_of(plan)
    steps = step_lines(rows)
    gantt = picture_of(rows, steps, zoom="weeks", today=today_in(plan, request.at))
    context = {
        "engagement": deal,
        "plan": plan,
        "said": sentence_of(steps),
        "gantt": gantt,
        "paper": "a3" if request.GET.get("paper") == "a3" else "a4",
        "rows": paper_rows(steps, gantt) if gantt else (),
    }
    return shown(request, "transition/paper.html", context)
