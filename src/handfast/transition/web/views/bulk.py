"""The ticked rows of the plan changed together: what is wanted, a preview of what comes of it, and then one action."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.transition.actions import change_together, date_now
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.bulk import chosen_in, together_of
from handfast.transition.queries.owning import owners_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.refusals import ActivityRefused
from handfast.transition.web.bulk_form import BulkForm
from handfast.transition.web.finding import way_back_to_plan

REFUSED = 422


@page("POST")
def bulk(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """First the form with the ticked rows, then the preview, then the change itself."""
    deal = engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("change the plan: your role does not include it")
    rows = rows_of(plan)
    chosen = chosen_in(rows, request.POST.getlist("activity"))
    step = request.POST.get("step", "")
    form = BulkForm(request.POST if step else None, owners=owners_of(request.actor, plan))
    context = {"engagement": deal, "plan": plan, "chosen": chosen, "form": form, "together": None}
    if not step or not form.is_valid():
        return shown(request, "transition/bulk.html", context, status=REFUSED if form.errors else 200)
    try:
        together = together_of(request.actor, rows, chosen, form.wanted())
    except ActivityRefused as refused:
        form.add_error(None, str(refused))
        return shown(request, "transition/bulk.html", context, status=REFUSED)
    reason = form.cleaned_data["reason"].strip()
    if step == "preview" or (together.of("proposed") and not reason):
        if step != "preview":
            form.add_error("reason", "Say why: the other side reads it.")
        status = REFUSED if form.errors else 200
        return shown(request, "transition/bulk.html", context | {"together": together}, status=status)
    change_together(
        request.actor,
        plan,
        together=together,
        reason=reason,
        at=request.at,
        as_seen=request.POST.get("as_seen", ""),
    )
    date_now(engagement, at=request.at)
    messages.success(request, f"{together.said}.")
    return redirect(way_back_to_plan(engagement, request.POST.get("zoom", "")))
