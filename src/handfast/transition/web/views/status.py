"""How the plan stands: slipped milestones, what is late and whose move it is, the steps' colours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import names_seen_by
from handfast.transition.actions import lift_rag, override_rag
from handfast.transition.permissions import may_manage_plan, may_override_rag
from handfast.transition.queries.plans import plans_seen_by, rows_of, step_seen_by, step_status_seen_by
from handfast.transition.queries.standing import standing_of
from handfast.transition.queries.told import today_in
from handfast.transition.queries.week_now import moved_from
from handfast.transition.queries.weekly_words import moved_lines
from handfast.transition.queries.weeks import weeks_seen_by
from handfast.transition.web.status_forms import RagForm
from handfast.transition.web.status_view import CHIPS, status_view

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.transition.models import Plan, Step
    from handfast.transition.queries.standing import StepStanding

REFUSED = 422
MOST_WEEKS, MOST_MOVED = 52, 40


@page("GET")
def status(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The same for both sides, as of today in the contract's zone."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plans_seen_by(request.actor, engagement).first()
    context: dict[str, object] = {"engagement": deal, "plan": plan}
    if plan is not None:
        context |= _standing(request, deal, plan)
    return shown(request, "transition/status.html", context)


@page("GET", "POST")
def override(request: ActorRequest, engagement: UUID, step: UUID) -> HttpResponse:
    """Say another colour, why, how it gets green again, and until when that holds."""
    deal = engagement_seen_by(request.actor, engagement)
    found = step_seen_by(request.actor, engagement, step)
    if not may_override_rag(request.actor, found):
        raise NotPermitted("say how a step stands: your role does not include it")
    form = RagForm(request.POST or None, initial={"wave": request.GET.get("wave", "1")})
    if request.method == "POST" and form.is_valid():
        try:
            override_rag(request.actor, found, **form.cleaned_data, at=request.at)
        except FieldsRefused as refused:
            for name, fault in refused.fields:
                form.add_error(name, fault)
        else:
            messages.success(request, f"“{found.name}” is shown as you say, beside what was computed.")
            return redirect("transition:status", engagement=engagement)
    computed = _computed(request, found, form["wave"].value())
    context = {
        "engagement": deal,
        "step": found,
        "form": form,
        "computed": computed,
        "chip": CHIPS[computed.computed.colour] if computed else None,
    }
    return shown(request, "transition/override.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def lift_override(request: ActorRequest, engagement: UUID, step_status: UUID) -> HttpResponse:
    """Let the computed colour stand again."""
    engagement_seen_by(request.actor, engagement)
    found = step_status_seen_by(request.actor, engagement, step_status)
    lift_rag(request.actor, found, at=request.at)
    messages.success(request, "The computed colour stands again.")
    return redirect("transition:status", engagement=engagement)


def _standing(request: ActorRequest, deal: Engagement, plan: Plan) -> dict[str, object]:
    rows = rows_of(plan)
    found = standing_of(rows, on=today_in(plan, request.at))
    people = names_seen_by(request.actor, [one.said.set_by_id for one in found.steps if one.said])
    view = status_view(found, names_of_sides(deal), people)
    weeks = list(weeks_seen_by(request.actor, deal.pk)[:MOST_WEEKS])
    asked = request.GET.get("since", "")
    since = next((one for one in weeks if str(one.pk) == asked), weeks[0] if weeks else None)
    return {
        "weeks": weeks,
        "since": since,
        "moved": moved_lines(moved_from(since, rows))[:MOST_MOVED] if since else (),
        "view": view,
        "waits": [
            (party.name, count) for party in deal.parties.all() if (count := view.waits_on(party.side))
        ],
        "may_override": may_manage_plan(request.actor, plan),
        "own": request.actor.organisation,
    }


def _computed(request: ActorRequest, step: Step, wave: object) -> StepStanding | None:
    plan = step.plan
    found = standing_of(rows_of(plan), on=today_in(plan, request.at)).steps
    return next((one for one in found if one.step.pk == step.pk and str(one.wave) == str(wave)), None)
