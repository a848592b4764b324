"""One deliverable: what it says, its clock with why, what can follow, its rounds; and the verbs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.web.rows import people_of
from handfast.transition.actions import (
    accept_deliverable,
    agree_to_silence,
    amend_deliverable,
    bring_back_deliverable,
    reject_deliverable,
    submit_deliverable,
    withdraw_deliverable,
)
from handfast.transition.permissions import (
    may_amend_deliverable,
    may_review_deliverable,
    may_submit_deliverable,
)
from handfast.transition.queries.deliverables import deliverable_seen_by
from handfast.transition.refusals import DeliverableUnchanged
from handfast.transition.web.deliverable_forms import (
    AcceptForm,
    DeliverableForm,
    HandInForm,
    RejectForm,
    tell,
)
from handfast.transition.web.deliverable_page import REFUSED, deliverable_page

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.transition.models import Deliverable


@page("GET", "POST")
def deliverable(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended."""
    deal, found = _here(request, engagement, deliverable)
    if request.method != "POST":
        return deliverable_page(request, deal, found)
    if not may_amend_deliverable(request.actor, found):
        raise NotPermitted("deliverable amended: your role does not include it")
    people = people_of(request.actor, deal)
    form = DeliverableForm(request.POST, people=people, names=names_of_sides(deal), kept=found)
    if not form.is_valid():
        return deliverable_page(request, deal, found, form=form, status=REFUSED)
    try:
        amend_deliverable(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refusal:
        tell(form, refusal)
        return deliverable_page(request, deal, found, form=form, status=REFUSED)
    except DeliverableUnchanged as same:
        messages.info(request, sentence_of(same))
        return _back(found)
    return _back(found, request, "is kept")


@page("POST")
def hand_in(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """Hand it in: the clock of its review starts."""
    deal, found = _here(request, engagement, deliverable)
    if not may_submit_deliverable(request.actor, found):
        raise NotPermitted("deliverable submitted: your role does not include it")
    form = HandInForm(request.POST)
    if not form.is_valid():
        return deliverable_page(request, deal, found, hand_in=form, status=REFUSED)
    try:
        submit_deliverable(request.actor, found, note=form.cleaned_data["note"], **_seen(request))
    except FieldsRefused as refusal:
        tell(form, refusal)
        return deliverable_page(request, deal, found, hand_in=form, status=REFUSED)
    return _back(found, request, "is handed in; the reviewer is told")


@page("POST")
def accept(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """Accept what is under review, on conditions where some are written."""
    deal, found = _here(request, engagement, deliverable)
    _check_reviews(request, found, "accepted")
    form = AcceptForm(request.POST, people=people_of(request.actor, deal))
    if not form.is_valid():
        return deliverable_page(request, deal, found, accept=form, status=REFUSED)
    try:
        accept_deliverable(request.actor, found, conditions=form.conditions(), **_seen(request))
    except FieldsRefused as refusal:
        tell(form, refusal)
        return deliverable_page(request, deal, found, accept=form, status=REFUSED)
    return _back(found, request, "is accepted; whoever handed it in is told")


@page("POST")
def reject(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """Reject what is under review, with reasons."""
    deal, found = _here(request, engagement, deliverable)
    _check_reviews(request, found, "rejected")
    form = RejectForm(request.POST)
    if not form.is_valid():
        return deliverable_page(request, deal, found, reject=form, status=REFUSED)
    try:
        reject_deliverable(request.actor, found, reasons=form.lines(), **_seen(request))
    except FieldsRefused as refusal:
        tell(form, refusal)
        return deliverable_page(request, deal, found, reject=form, status=REFUSED)
    return _back(found, request, "is rejected; whoever handed it in is told why")


@page("POST")
def agree_silence(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """Agree that no answer in time is an acceptance."""
    _, found = _here(request, engagement, deliverable)
    agree_to_silence(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _back(found, request, "counts silence as an acceptance from now on")


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """It is not owed any more."""
    _, found = _here(request, engagement, deliverable)
    withdraw_deliverable(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _back(found)


@page("POST")
def bring_back(request: ActorRequest, engagement: UUID, deliverable: UUID) -> HttpResponse:
    """It is owed again."""
    _, found = _here(request, engagement, deliverable)
    bring_back_deliverable(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _back(found, request, "is owed again")


def _here(request: ActorRequest, engagement: UUID, deliverable: UUID) -> tuple[Engagement, Deliverable]:
    """The deliverable, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = deliverable_seen_by(request.actor, deliverable)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _check_reviews(request: ActorRequest, found: Deliverable, then: str) -> None:
    if not may_review_deliverable(request.actor, found):
        raise NotPermitted(f"deliverable {then}: your role does not include it")


def _seen(request: ActorRequest) -> dict[str, Any]:
    return {"at": request.at, "as_seen": request.POST.get("as_seen")}


def _back(found: Deliverable, request: ActorRequest | None = None, said: str = "") -> HttpResponse:
    if request is not None:
        messages.success(request, f"{found.name} {said}.")
    return redirect("transition:deliverable", engagement=found.engagement_id, deliverable=found.pk)
