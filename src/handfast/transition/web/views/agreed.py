"""What was agreed in the contract and is not in the plan: each with its milestone, and one button for all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.reading.milestones import STEPS, amount_text
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import date_now, take_in_agreed
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.agreed import points_of, untaken_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.promised import promised_in
from handfast.transition.web.agreed_form import AgreedForm

if TYPE_CHECKING:
    from handfast.transition.models import Plan
    from handfast.transition.queries.agreed import Untaken

OK, REFUSED = 200, 422


@page("GET", "POST")
def agreed(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Those that are not in the plan with a choice each, under them those that are, and how the plan keeps them."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    may_manage = may_manage_plan(request.actor, plan)
    points = points_of(plan)
    missing = untaken_of(plan, points)
    if request.method != "POST":
        return _shown(request, plan, missing, AgreedForm(untaken=missing, points=points, plan=plan))
    if not may_manage:
        raise NotPermitted("change the plan: your role does not include it")
    form = AgreedForm(request.POST, untaken=missing, points=points, plan=plan)
    if not form.is_valid():
        return _shown(request, plan, missing, form, REFUSED)
    try:
        take_in_agreed(
            request.actor, plan, chosen=form.chosen(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refused:
        form.add_error(None, str(refused))
        return _shown(request, plan, missing, form, REFUSED)
    date_now(engagement, at=request.at)
    count = len(missing)
    messages.success(
        request,
        f"{count} agreed milestone{'s are' if count != 1 else ' is'} in the plan, and it is dated anew.",
    )
    return redirect("transition:agreed", engagement=engagement)


def _shown(
    request: ActorRequest, plan: Plan, missing: tuple[Untaken, ...], form: AgreedForm, status: int = OK
) -> HttpResponse:
    context = {
        "engagement": plan.engagement,
        "plan": plan,
        "form": form,
        "lines": [_line(one, form) for one in missing],
        "amended": sum(one.former is not None for one in missing),
        "promised": promised_in(rows_of(plan)),
        "may_manage": may_manage_plan(request.actor, plan),
    }
    return shown(request, "transition/agreed.html", context, status=status)


def _line(one: Untaken, form: AgreedForm) -> dict[str, object]:
    said = one.milestone
    return {
        "milestone": said,
        "payment": amount_text(said.payment, said.currency) if said.payment is not None else "",
        "step": STEPS.get(said.step_key, ""),
        "former": one.former,
        "field": form.field_of(one),
    }
