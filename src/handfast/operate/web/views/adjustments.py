"""What the parties agreed about records: the list, proposing, answering."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.queries import has_terms_in_force, parsed_terms, terms_in_force
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.kernel.refusal import Refusal
from handfast.operate.actions import (
    accept_adjustment,
    decline_adjustment,
    propose_adjustment,
    withdraw_adjustment,
)
from handfast.operate.models import Adjustment
from handfast.operate.permissions import may_answer_adjustment, may_withdraw_adjustment
from handfast.operate.queries.adjusting import checked_adjustment
from handfast.operate.queries.computed import agreement_in
from handfast.operate.queries.statements import adjustment_seen_by, adjustments_seen_by, check_belongs
from handfast.operate.refusals import NoTermsYet
from handfast.operate.web.adjustment_form import ProposeForm
from handfast.operate.web.forms import AnswerForm
from handfast.people.queries import names_seen_by

STATUS = {"proposed": "running", "accepted": "met", "declined": "missed", "withdrawn": "stale"}
REFUSED = 422


@page("GET")
def adjustments(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All adjustments, the open ones with the way to answer."""
    deal = engagement_seen_by(request.actor, engagement)
    found = list(adjustments_seen_by(request.actor, engagement).order_by("-number"))
    names = names_seen_by(request.actor, [one.proposed_by_id for one in found])
    rows = [
        {
            "adjustment": one,
            "status": STATUS[one.state],
            "records": ", ".join(one.said.get("records") or ()) or "every record",
            "by": names.get(one.proposed_by_id, "") if one.proposed_by_id else "",
            "can_answer": one.state == "proposed" and may_answer_adjustment(request.actor, one),
            "can_withdraw": one.state == "proposed" and may_withdraw_adjustment(request.actor, one),
        }
        for one in found
    ]
    context = {
        "engagement": deal,
        "rows": rows,
        "waiting": sum(one.state == "proposed" for one in found),
        "can_propose": request.actor.can("propose-adjustments", deal.pk) and has_terms_in_force(deal),
    }
    return shown(request, "operate/adjustments.html", context)


@page("GET", "POST")
def propose(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Propose an adjustment; it is read under the terms before it is written."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("propose-adjustments", engagement):
        raise NotPermitted("propose adjustments: your role does not include it")
    agreement = agreement_in(deal)
    terms = terms_in_force(agreement)
    if terms is None:
        raise NoTermsYet("no terms are in force: agree terms first")
    mine = party_of(deal, request.actor.organisation)
    if mine is None:
        raise NotPermitted("only the two sides propose adjustments")
    form = ProposeForm(request.POST or None, initial={"records": request.GET.get("record", "")})
    if request.method == "POST" and form.is_valid():
        try:
            said = checked_adjustment(form.said(), parsed_terms(terms), side=mine.side, at=request.at)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            made = propose_adjustment(request.actor, agreement, side=mine.side, said=said, at=request.at)
            messages.success(request, f"{made.name} is proposed; the other side is told.")
            return redirect("operate:adjustments", engagement=engagement)
    context: dict[str, Any] = {"engagement": deal, "form": form}
    return shown(request, "operate/propose.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def answer(request: ActorRequest, engagement: UUID, adjustment: UUID, verb: str) -> HttpResponse:
    """Accept, decline or withdraw."""
    deal = engagement_seen_by(request.actor, engagement)
    found = adjustment_seen_by(request.actor, adjustment)
    check_belongs(found.agreement, deal)
    form = AnswerForm(request.POST)
    form.is_valid()
    if verb == "accept":
        accept_adjustment(request.actor, found, at=request.at)
    elif verb == "decline":
        decline_adjustment(request.actor, found, reason=form.cleaned_data.get("reason", ""), at=request.at)
    elif verb == "withdraw":
        withdraw_adjustment(request.actor, found, at=request.at)
    else:
        raise NotSeen
    done = Adjustment.objects.get(pk=found.pk)
    messages.success(request, f"{done.name}: {done.get_state_display()}.")
    return redirect("operate:adjustments", engagement=engagement)
