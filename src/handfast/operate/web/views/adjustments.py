"""What the parties agreed about records: the list, and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.queries import has_terms_in_force
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls
from handfast.operate.actions import accept_adjustment, decline_adjustment, withdraw_adjustment
from handfast.operate.models import Adjustment
from handfast.operate.permissions import may_answer_adjustment, may_withdraw_adjustment
from handfast.operate.queries.statements import adjustment_seen_by, adjustments_seen_by, check_belongs
from handfast.operate.refusals import ReasonMissing
from handfast.operate.web.adjustment_words import span_said
from handfast.operate.web.forms import AnswerForm
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement

STATUS = {"proposed": "running", "accepted": "met", "declined": "missed", "withdrawn": "stale"}
REFUSED = 422


@page("GET")
def adjustments(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All adjustments, the open ones with the way to answer."""
    return _list(request, engagement_seen_by(request.actor, engagement))


def _list(
    request: ActorRequest, deal: Engagement, *, without_reason: UUID | None = None, status: int = 200
) -> HttpResponse:
    """The list; of one that was declined without a reason the form is open and says so."""
    found = list(adjustments_seen_by(request.actor, deal.pk).order_by("-number"))
    names = names_seen_by(request.actor, [one.proposed_by_id for one in found])
    rows = [
        _row(request, one, deal.zone)
        | {
            "by": names.get(one.proposed_by_id, "") if one.proposed_by_id else "",
            "lacks_reason": one.pk == without_reason,
        }
        for one in found
    ]
    context = {
        "engagement": deal,
        "rows": rows,
        "waiting": sum(one.state == "proposed" for one in found),
        "can_propose": request.actor.can("propose-adjustments", deal.pk) and has_terms_in_force(deal),
        **export_urls("operate:adjustments_export", deal.pk),
    }
    return shown(request, "operate/adjustments.html", context, status=status)


def _row(request: ActorRequest, one: Adjustment, zone: str) -> dict[str, Any]:
    return {
        "adjustment": one,
        "status": STATUS[one.state],
        "records": ", ".join(one.said.get("records") or ()) or "every record",
        "span": span_said(one.said, zone),
        "can_answer": one.state == "proposed" and may_answer_adjustment(request.actor, one),
        "can_withdraw": one.state == "proposed" and may_withdraw_adjustment(request.actor, one),
    }


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
        reason = form.cleaned_data.get("reason", "")
        try:
            decline_adjustment(request.actor, found, reason=reason, at=request.at)
        except ReasonMissing:
            return _list(request, deal, without_reason=found.pk, status=REFUSED)
    elif verb == "withdraw":
        withdraw_adjustment(request.actor, found, at=request.at)
    else:
        raise NotSeen
    done = Adjustment.objects.get(pk=found.pk)
    messages.success(request, f"{done.name}: {done.get_state_display()}.")
    return redirect("operate:adjustments", engagement=engagement)
