"""Propose the present dates as the baseline, and agree to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import agree_baseline, propose_baseline
from handfast.transition.permissions import may_agree_baseline
from handfast.transition.queries.lines import step_lines
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sentence import sentence_of
from handfast.transition.refusals import BaselineNotAsked
from handfast.transition.web.planning_forms import SignBaselineForm

REFUSED = 422


@page("POST")
def propose(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Ask the other side to hold to the dates as they are."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    propose_baseline(request.actor, plan, at=request.at, as_seen=request.POST.get("as_seen", ""))
    messages.success(request, "These dates are proposed as the baseline; the other side is told.")
    return redirect("transition:plan", engagement=engagement)


@page("GET", "POST")
def agree(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Type the baseline's number and agree: from then on every date is held against it."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if not may_agree_baseline(request.actor, plan):
        raise NotPermitted("agree to the baseline: only the side that did not propose it does")
    if request.method == "GET" and plan.baseline_asked_version != plan.version:
        raise BaselineNotAsked("these dates are not proposed as the baseline")
    form = SignBaselineForm(request.POST or None, initial={"as_seen": plan.seen_as})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            agree_baseline(request.actor, plan, typed=given["typed"], at=request.at, as_seen=given["as_seen"])
        except FieldsRefused as refused:
            for name, fault in refused.fields:
                form.add_error(name, fault)
        else:
            messages.success(request, f"Baseline {plan.baseline_number + 1} is agreed.")
            return redirect("transition:plan", engagement=engagement)
    said = sentence_of(step_lines(rows_of(plan)))
    context = {
        "engagement": deal,
        "plan": plan,
        "form": form,
        "said": said,
        "number": plan.baseline_number + 1,
    }
    return shown(request, "transition/baseline.html", context, status=REFUSED if form.errors else 200)
