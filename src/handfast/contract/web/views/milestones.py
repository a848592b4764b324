"""Milestones and payments: the list, the form that proposes one, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.contract.actions import (
    agree_milestone,
    decline_milestone,
    propose_milestone,
    put_milestone_in_force,
    withdraw_milestone,
)
from handfast.contract.models import AgreedMilestone
from handfast.contract.permissions import may_propose_milestone
from handfast.contract.queries import milestone_seen_by, milestones_seen_by, sides_of
from handfast.contract.refusals import AnswerUnknown, DeclinedWithoutReason, MilestoneRefused
from handfast.contract.web.milestone_forms import MilestoneForm, begun_from
from handfast.contract.web.milestone_rows import (
    HEADS,
    export_rows,
    milestone_rows,
    milestones_sentence,
)
from handfast.contract.web.rows import people_in
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement

OK, REFUSED = 200, 422
SAID = {
    "agree": "is agreed",
    "decline": "is declined",
    "withdraw": "is withdrawn",
    "alone": "is in force, not countersigned",
}


@page("GET", "POST")
def milestones(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """All milestones, those that wait with the way to answer; under them the form, also of an amendment."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method != "POST":
        replaced = _asked(request, deal, request.GET.get("replaces", ""))
        form = MilestoneForm(initial=begun_from(replaced) if replaced else None)
        return _list(request, deal, form, replaced)
    if not may_propose_milestone(request.actor, deal):
        raise NotPermitted("milestone proposed: your role does not include it")
    form = MilestoneForm(request.POST)
    replaced = _asked(request, deal, request.POST.get("replaces", ""))
    if not form.is_valid():
        return _list(request, deal, form, replaced, status=REFUSED)
    try:
        made = propose_milestone(request.actor, deal, said=form.said(), replaces=replaced, at=request.at)
    except MilestoneRefused as refusal:
        for name, fault in refusal.fields:
            form.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
        return _list(request, deal, form, replaced, status=REFUSED)
    messages.success(request, f"M-{made.number} is proposed; the other side is told.")
    return redirect("contract:milestones", engagement=engagement)


@page("POST")
def answer(request: ActorRequest, engagement: UUID, milestone: UUID) -> HttpResponse:
    """Agree, decline, withdraw, or put in force alone."""
    deal = engagement_seen_by(request.actor, engagement)
    found = _here(request, deal, milestone)
    verb = request.POST.get("verb", "")
    try:
        _answered(request, found, verb)
    except DeclinedWithoutReason:
        return _list(request, deal, MilestoneForm(), None, without_reason=found.pk, status=REFUSED)
    messages.success(request, f"M-{found.number} {SAID[verb]}.")
    return redirect("contract:milestones", engagement=engagement)


@page("GET")
def milestones_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The same list as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = list(milestones_seen_by(request.actor, deal.pk))
    names = names_seen_by(request.actor, people_in(rows))
    return exported(request, form, "milestones", HEADS, export_rows(rows, sides_of(deal.pk), names))


def _answered(request: ActorRequest, found: AgreedMilestone, verb: str) -> None:
    given = request.POST
    seen: dict[str, Any] = {"at": request.at, "as_seen": given.get("as_seen")}
    match verb:
        case "agree":
            agree_milestone(request.actor, found, **seen)
        case "decline":
            decline_milestone(request.actor, found, reason=given.get("reason", ""), **seen)
        case "withdraw":
            withdraw_milestone(request.actor, found, **seen)
        case "alone":
            put_milestone_in_force(request.actor, found, **seen)
        case _:
            raise AnswerUnknown(f"there is no answer {verb[:20]!r}: agree, decline, withdraw or alone")


def _here(request: ActorRequest, deal: Engagement, milestone: UUID) -> AgreedMilestone:
    """The milestone, if it is one of this engagement. Raises NotSeen."""
    found = milestone_seen_by(request.actor, milestone)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return found


def _asked(request: ActorRequest, deal: Engagement, said: str) -> AgreedMilestone | None:
    """The one that is to be amended, where an address or a form names one. Raises NotSeen."""
    if not said:
        return None
    try:
        wanted = UUID(said)
    except ValueError as wrong:
        raise NotSeen from wrong
    return _here(request, deal, wanted)


def _list(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, form: MilestoneForm, replaced: AgreedMilestone | None, *,
    without_reason: UUID | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    rows = list(milestones_seen_by(request.actor, deal.pk))
    sides, names = sides_of(deal.pk), names_seen_by(request.actor, people_in(rows))
    context = {
        "engagement": deal,
        "rows": milestone_rows(request.actor, deal, rows, sides, names),
        "sentence": milestones_sentence(rows, sides),
        "form": form,
        "replaced": replaced,
        "may_propose": may_propose_milestone(request.actor, deal),
        "without_reason": without_reason,
        **export_urls("contract:milestones_export", deal.pk),
    }
    return shown(request, "contract/milestones.html", context, status=status)
