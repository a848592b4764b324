"""One criterion: how it stands and why, whose word it is, what it was; and the verbs on it and its waivers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.web.rows import people_of
from handfast.readiness.actions import (
    add_criterion,
    amend_criterion,
    approve_waiver,
    ask_waiver,
    attest,
    decline_waiver,
    drop_criterion,
    end_waiver,
    take_up_criterion,
)
from handfast.readiness.permissions import (
    may_answer_waiver,
    may_ask_waiver,
    may_attest,
    may_keep_criterion,
    may_lay_gates,
)
from handfast.readiness.web.criterion_page import REFUSED, criterion_page, steps_of
from handfast.readiness.web.forms import CriterionForm, ReasonForm, WaiverForm, WordForm, tell
from handfast.readiness.web.gate_page import gate_page
from handfast.readiness.web.opening import criterion_here, gate_here, waiver_here

if TYPE_CHECKING:
    from handfast.readiness.models import Criterion, Waiver


@page("GET", "POST")
def criterion(request: ActorRequest, engagement: UUID, criterion: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended."""
    deal, found = criterion_here(request, engagement, criterion)
    if request.method != "POST":
        return criterion_page(request, deal, found)
    if not may_keep_criterion(request.actor, found):
        raise NotPermitted("criterion amended: your role does not include it")
    form = CriterionForm(
        request.POST, people=people_of(request.actor, deal), steps=steps_of(found.gate),
        names=names_of_sides(deal), kept=found,
    )  # fmt: skip
    if not form.is_valid():
        return criterion_page(request, deal, found, form=form, status=REFUSED)
    try:
        amend_criterion(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refusal:
        tell(form, refusal)
        return criterion_page(request, deal, found, form=form, status=REFUSED)
    return _back(request, found, "is kept")


@page("POST")
def criterion_add(request: ActorRequest, engagement: UUID, gate: UUID) -> HttpResponse:
    """Ask one thing more of a gate."""
    deal, found = gate_here(request, engagement, gate)
    if not may_lay_gates(request.actor, deal):
        raise NotPermitted("criterion added: your role does not include it")
    form = CriterionForm(
        request.POST, people=people_of(request.actor, deal), steps=steps_of(found), names=names_of_sides(deal)
    )
    if not form.is_valid():
        return gate_page(request, deal, found, add=form, status=REFUSED)
    try:
        made = add_criterion(request.actor, deal, gate=found, said=form.said(), at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return gate_page(request, deal, found, add=form, status=REFUSED)
    return _back(request, made, "is added")


@page("POST")
def criterion_drop(request: ActorRequest, engagement: UUID, criterion: UUID) -> HttpResponse:
    """It is asked no longer."""
    _, found = criterion_here(request, engagement, criterion)
    drop_criterion(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _back(request, found, "is dropped")


@page("POST")
def criterion_take_up(request: ActorRequest, engagement: UUID, criterion: UUID) -> HttpResponse:
    """It is asked again."""
    _, found = criterion_here(request, engagement, criterion)
    take_up_criterion(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _back(request, found, "is asked again")


@page("POST")
def criterion_attest(request: ActorRequest, engagement: UUID, criterion: UUID) -> HttpResponse:
    """Say that it holds, or that it does not."""
    deal, found = criterion_here(request, engagement, criterion)
    if not may_attest(request.actor, found):
        raise NotPermitted("criterion attested: your role does not include it")
    form = WordForm(request.POST)
    if not form.is_valid():
        return criterion_page(request, deal, found, word=form, status=REFUSED)
    given = form.cleaned_data
    try:
        attest(request.actor, found, holds=given["holds"] == "yes", note=given["note"], at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return criterion_page(request, deal, found, word=form, status=REFUSED)
    return _back(request, found, "has your word")


@page("POST")
def waiver_ask(request: ActorRequest, engagement: UUID, criterion: UUID) -> HttpResponse:
    """Ask the other side to let it go for a time."""
    deal, found = criterion_here(request, engagement, criterion)
    if not may_ask_waiver(request.actor, found):
        raise NotPermitted("waiver asked: your role does not include it")
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return criterion_page(request, deal, found, waive=form, status=REFUSED)
    try:
        ask_waiver(request.actor, found, said=form.said(), at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return criterion_page(request, deal, found, waive=form, status=REFUSED)
    return _back(request, found, "is asked to be waived; the other side is told")


@page("POST")
def waiver_approve(request: ActorRequest, engagement: UUID, waiver: UUID) -> HttpResponse:
    """Let it go too."""
    found = waiver_here(request, engagement, waiver)
    made = approve_waiver(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _on(request, made, "is approved by both")


@page("POST")
def waiver_decline(request: ActorRequest, engagement: UUID, waiver: UUID) -> HttpResponse:
    """Do not let it go, and say why."""
    found = waiver_here(request, engagement, waiver)
    deal = engagement_seen_by(request.actor, engagement)
    if not may_answer_waiver(request.actor, found):
        raise NotPermitted("waiver declined: your role does not include it")
    form = ReasonForm(request.POST)
    _, criterion = criterion_here(request, engagement, found.criterion_id)
    if not form.is_valid():
        return criterion_page(request, deal, criterion, decline=form, status=REFUSED)
    try:
        made = decline_waiver(
            request.actor, found, answer=form.cleaned_data["reason"], at=request.at,
            as_seen=request.POST.get("as_seen"),
        )  # fmt: skip
    except FieldsRefused as refusal:
        tell(form, refusal)
        return criterion_page(request, deal, criterion, decline=form, status=REFUSED)
    return _on(request, made, "is declined; whoever asked is told why")


@page("POST")
def waiver_end(request: ActorRequest, engagement: UUID, waiver: UUID) -> HttpResponse:
    """Let the criterion bite again now."""
    found = waiver_here(request, engagement, waiver)
    made = end_waiver(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return _on(request, made, "is ended: the criterion bites again")


def _on(request: ActorRequest, waiver: Waiver, said: str) -> HttpResponse:
    messages.success(request, f"{waiver.name} {said}.")
    found = waiver.criterion
    return redirect("readiness:criterion", engagement=found.engagement_id, criterion=found.pk)


def _back(request: ActorRequest, found: Criterion, said: str) -> HttpResponse:
    messages.success(request, f"{found.name} {said}.")
    return redirect("readiness:criterion", engagement=found.engagement_id, criterion=found.pk)
