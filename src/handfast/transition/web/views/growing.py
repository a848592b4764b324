"""Let the plan grow: a preview of all that it does, the proposal, and the other side's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import (
    accept_growth,
    date_now,
    decline_growth,
    grow_plan,
    propose_growth,
    withdraw_growth,
)
from handfast.transition.permissions import is_alone, may_answer_growth, may_manage_plan, may_withdraw_growth
from handfast.transition.queries.grown import grown_effect, grown_of
from handfast.transition.queries.plans import growth_seen_by, growths_seen_by, plan_seen_by
from handfast.transition.queries.waves import waves_of
from handfast.transition.reading.growths import next_size
from handfast.transition.web.asking import LONGEST_REASON, reason_of
from handfast.transition.web.growth_view import growth_steps, live_lines

if TYPE_CHECKING:
    from handfast.transition.models import Growth, Plan

REFUSED = 422


@page("GET", "POST")
def grow(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """What the next larger size would make of the plan; nothing is changed before somebody asks for it."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("let the plan grow: your role does not include it")
    if request.method != "POST":
        return _shown(request, plan)
    grown = grown_of(plan, request.at)
    effect, live = grown_effect(plan, grown)
    as_seen = request.POST.get("as_seen", "")
    if is_alone(plan):
        grow_plan(request.actor, plan, grown=grown, effect=effect, at=request.at, as_seen=as_seen)
        date_now(engagement, at=request.at)
        messages.success(request, f"The plan is {grown.to_size} now; what you entered is in it.")
        return redirect("transition:plan", engagement=engagement)
    try:
        propose_growth(
            request.actor, plan, grown=grown, live=live, reason=reason_of(request), at=request.at, as_seen=as_seen
        )  # fmt: skip
    except FieldsRefused as refused:
        return _shown(request, plan, fault=dict(refused.fields).get("reason", str(refused)))
    messages.success(request, "It is proposed; the other side is told. Until it accepts, the plan stays.")
    return redirect("transition:grow", engagement=engagement)


@page("POST")
def answer_growth(request: ActorRequest, engagement: UUID, growth: UUID, verb: str) -> HttpResponse:
    """Accept, decline or withdraw."""
    engagement_seen_by(request.actor, engagement)
    found = growth_seen_by(request.actor, growth)
    if found.plan.engagement_id != engagement or verb not in ("accept", "decline", "withdraw"):
        raise NotSeen
    if verb == "accept":
        if not may_answer_growth(request.actor, found):
            raise NotPermitted("accept a growth: the side that did not propose it does, by a role that plans")
        plan = plan_seen_by(request.actor, engagement)
        grown = grown_of(plan, request.at)
        effect, live = grown_effect(plan, grown)
        accept_growth(
            request.actor, found, grown=grown, live=live, effect=effect, at=request.at,
            as_seen=request.POST.get("as_seen", ""),
        )  # fmt: skip
        date_now(engagement, at=request.at)
        messages.success(request, f"The plan is {grown.to_size} now; what both sides entered is in it.")
        return redirect("transition:plan", engagement=engagement)
    if verb == "decline":
        decline_growth(request.actor, found, reason=reason_of(request), at=request.at)
        messages.success(request, "It is declined; the plan stays as large as it is.")
    else:
        withdraw_growth(request.actor, found, at=request.at)
        messages.success(request, "It is withdrawn; the plan stays as large as it is.")
    return redirect("transition:grow", engagement=engagement)


def _shown(request: ActorRequest, plan: Plan, *, fault: str = "") -> HttpResponse:
    growths = list(growths_seen_by(request.actor, plan))
    waiting = next((one for one in growths if one.state == "proposed"), None)
    context = {
        "engagement": plan.engagement,
        "plan": plan,
        "to_size": next_size(plan.size),
        "is_alone": is_alone(plan),
        "waiting": waiting,
        "can_answer": waiting is not None and may_answer_growth(request.actor, waiting),
        "can_withdraw": waiting is not None and may_withdraw_growth(request.actor, waiting),
        "past": [_told(one) for one in growths if one.state != "proposed"],
        "fault": fault,
        "most": LONGEST_REASON,
    }
    if next_size(plan.size):
        grown = grown_of(plan, request.at)
        _, live = grown_effect(plan, grown)
        context |= {
            "grown": grown,
            "counts": grown.counts,
            "steps": growth_steps(plan, grown),
            "live": live_lines(live, plan, waves_of(plan)),
        }
    return shown(request, "transition/grow.html", context, status=REFUSED if fault else 200)


def _told(growth: Growth) -> tuple[Growth, str]:
    return growth, {"accepted": "met", "declined": "missed"}.get(growth.state, "stale")
