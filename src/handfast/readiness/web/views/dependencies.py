"""What each side owes the other, and the relief that a late one asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import exported
from handfast.governance.queries.entries import entry_seen_by
from handfast.readiness.actions import ask_relief, decline_relief, grant_relief, withdraw_relief
from handfast.readiness.permissions import may_answer_relief, may_ask_relief
from handfast.readiness.queries.dependencies import dependencies_of, relief_seen_by
from handfast.readiness.refusals import ReliefRefused
from handfast.readiness.web.dependencies_page import (
    HEADS,
    AnswerReliefForm,
    AskReliefForm,
    dependencies_page,
    export_rows,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse, HttpResponseBase

    from handfast.readiness.models import Relief

REFUSED = 422


@page("GET")
def dependencies(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The latest first, with what each costs."""
    return dependencies_page(request, engagement_seen_by(request.actor, engagement))


@page("GET")
def dependencies_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The same as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    found = dependencies_of(request.actor, deal, at=request.at)
    return exported(request, form, "dependencies", HEADS, export_rows(found))


@page("POST")
def relief_ask(request: ActorRequest, engagement: UUID, dependency: UUID) -> HttpResponse:
    """Ask the side that owes it."""
    deal, found = engagement_seen_by(request.actor, engagement), entry_seen_by(request.actor, dependency)
    if found.engagement_id != deal.pk:
        raise NotSeen
    if not may_ask_relief(request.actor, found):
        raise NotPermitted("relief asked: the side that waits asks for it, by a role that manages the plan")
    form = AskReliefForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if form.is_valid():
        try:
            made = ask_relief(request.actor, found, said=form.said(), at=request.at)
        except ReliefRefused as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"{made.name} is asked for; the other side is told.")
            return redirect("readiness:dependencies", engagement=deal.pk)
    return dependencies_page(request, deal, at_item=found.pk, form=form, status=REFUSED)


@page("POST")
def relief_grant(request: ActorRequest, engagement: UUID, relief: UUID) -> HttpResponse:
    """Let the other side's dates move."""
    return _answer(request, engagement, relief, is_granted=True)


@page("POST")
def relief_decline(request: ActorRequest, engagement: UUID, relief: UUID) -> HttpResponse:
    """Do not, and say why."""
    return _answer(request, engagement, relief, is_granted=False)


@page("POST")
def relief_withdraw(request: ActorRequest, engagement: UUID, relief: UUID) -> HttpResponse:
    """Take back what was asked."""
    found = _here(request, engagement, relief)
    made = withdraw_relief(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    messages.success(request, f"{made.name} is taken back.")
    return redirect("readiness:dependencies", engagement=engagement)


def _answer(request: ActorRequest, engagement: UUID, relief: UUID, *, is_granted: bool) -> HttpResponse:
    found = _here(request, engagement, relief)
    if not may_answer_relief(request.actor, found):
        raise NotPermitted("relief answered: the side that owes it answers, by a role that manages the plan")
    form = AnswerReliefForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if form.is_valid():
        given, at = form.cleaned_data, request.at
        told = {"answer": given["reason"], "at": at, "as_seen": given["as_seen"] or None}
        try:
            if is_granted:
                made = grant_relief(request.actor, found, days=given["days"] or found.days, **told)
            else:
                made = decline_relief(request.actor, found, **told)
        except ReliefRefused as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"{made.name} is {made.get_state_display()}; the other side is told.")
            return redirect("readiness:dependencies", engagement=engagement)
    deal = engagement_seen_by(request.actor, engagement)
    return dependencies_page(request, deal, at_item=found.pk, form=form, status=REFUSED)


def _here(request: ActorRequest, engagement: UUID, relief: UUID) -> Relief:
    """Raises NotSeen."""
    deal, found = engagement_seen_by(request.actor, engagement), relief_seen_by(request.actor, relief)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return found


def _tell(form: forms.Form, refusal: ReliefRefused) -> None:
    """Each fault at its field; that it is not late at the whole."""
    named = {"answer": "reason", "entry": None}
    for name, fault in refusal.fields:
        form.add_error(named.get(name, name), f"{fault[0].upper()}{fault[1:]}.")
