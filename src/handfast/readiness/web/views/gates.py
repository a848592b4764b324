"""One gate: what is opened for signing, signed, declined or withdrawn; its conditions, and the frozen evidence as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.web.rows import people_of
from handfast.readiness.actions import (
    add_gate,
    amend_gate,
    decline_gate,
    fulfil_condition,
    open_gate_decision,
    plan_repeat,
    sign_gate,
    withdraw_gate_decision,
)
from handfast.readiness.models import GateDecision
from handfast.readiness.permissions import (
    may_keep_gate,
    may_lay_gates,
    may_open_gate_decision,
    may_plan_repeat,
    may_sign_gate,
)
from handfast.readiness.queries.repeating import repeat_effect
from handfast.readiness.web.criterion_page import REFUSED
from handfast.readiness.web.forms import DecisionForm, ReasonForm, SignForm, tell
from handfast.readiness.web.gate_page import gate_form, gate_page
from handfast.readiness.web.opening import condition_here, decision_here, gate_here
from handfast.readiness.web.readiness_page import readiness_page
from handfast.transition.actions import date_now

if TYPE_CHECKING:
    from handfast.readiness.models import Gate


@page("GET", "POST")
def gate(request: ActorRequest, engagement: UUID, gate: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, its evidence is frozen and a decision opened for signing."""
    deal, found = gate_here(request, engagement, gate)
    if request.method != "POST":
        return gate_page(request, deal, found)
    if not may_open_gate_decision(request.actor, found):
        raise NotPermitted("gate decision opened: your role does not include it")
    form = DecisionForm(request.POST, people=people_of(request.actor, deal))
    if not form.is_valid():
        return gate_page(request, deal, found, decide=form, status=REFUSED)
    try:
        open_gate_decision(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refusal:
        tell(form, refusal)
        return gate_page(request, deal, found, decide=form, status=REFUSED)
    return _back(request, found, "The evidence is frozen; both sides can sign it.")


@page("POST")
def gate_add(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """One gate more."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_lay_gates(request.actor, deal):
        raise NotPermitted("gate added: your role does not include it")
    form = gate_form(deal, request.POST)
    if not form.is_valid():
        return readiness_page(request, deal, add=form, status=REFUSED)
    try:
        made = add_gate(request.actor, deal, said=form.said(), at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return readiness_page(request, deal, add=form, status=REFUSED)
    return _back(request, made, f"“{made.name}” is added.")


@page("POST")
def gate_amend(request: ActorRequest, engagement: UUID, gate: UUID) -> HttpResponse:
    """Let it be over other steps, or others sign it."""
    deal, found = gate_here(request, engagement, gate)
    if not may_keep_gate(request.actor, found):
        raise NotPermitted("gate amended: your role does not include it")
    form = gate_form(deal, request.POST, kept=found)
    if not form.is_valid():
        return gate_page(request, deal, found, amend=form, status=REFUSED)
    try:
        amend_gate(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except FieldsRefused as refusal:
        tell(form, refusal)
        return gate_page(request, deal, found, amend=form, status=REFUSED)
    return _back(request, found, "The gate is kept.")


@page("POST")
def gate_sign(request: ActorRequest, engagement: UUID, decision: UUID) -> HttpResponse:
    """Sign the frozen evidence for the own side."""
    deal, found = decision_here(request, engagement, decision)
    if not may_sign_gate(request.actor, found):
        raise NotPermitted("gate decision signed: your role does not include it")
    form = SignForm(request.POST, outcome=found.outcome, sha256=found.sha256)
    if not form.is_valid():
        return gate_page(request, deal, found.gate, sign=form, status=REFUSED)
    try:
        made = sign_gate(request.actor, found, sha256=form.cleaned_data["sha256"], at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return gate_page(request, deal, found.gate, sign=form, status=REFUSED)
    is_done = made.state == GateDecision.State.DECIDED
    said = (
        f"Decided: {made.get_outcome_display()}."
        if is_done
        else "Signed for your side; it waits for the other."
    )
    return _back(request, found.gate, said)


@page("POST")
def gate_decline(request: ActorRequest, engagement: UUID, decision: UUID) -> HttpResponse:
    """Say why the own side does not sign."""
    deal, found = decision_here(request, engagement, decision)
    if not may_sign_gate(request.actor, found):
        raise NotPermitted("gate decision declined: your role does not include it")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return gate_page(request, deal, found.gate, decline=form, status=REFUSED)
    try:
        decline_gate(request.actor, found, reason=form.cleaned_data["reason"], at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return gate_page(request, deal, found.gate, decline=form, status=REFUSED)
    return _back(request, found.gate, "Declined; the gate is open again.")


@page("POST")
def gate_withdraw(request: ActorRequest, engagement: UUID, decision: UUID) -> HttpResponse:
    """Take back what is being signed."""
    _, found = decision_here(request, engagement, decision)
    withdraw_gate_decision(request.actor, found, at=request.at)
    return _back(request, found.gate, "Withdrawn; the gate is open again.")


@page("POST")
def gate_repeat(request: ActorRequest, engagement: UUID, decision: UUID) -> HttpResponse:
    """Put the next try into the plan, or propose it to the other side where it moves that too."""
    _, found = decision_here(request, engagement, decision)
    if not may_plan_repeat(request.actor, found):
        raise NotPermitted("gate decision planned: your role does not manage the plan")
    plan_repeat(request.actor, found, effect=repeat_effect(found), at=request.at)
    date_now(engagement, at=request.at)
    return _back(request, found.gate, "The next try stands in the plan, or waits there for the other side.")


@page("GET")
def gate_snapshot(request: ActorRequest, engagement: UUID, decision: UUID) -> HttpResponse:
    """The frozen evidence, letter by letter: its SHA-256 is what was signed."""
    _, found = decision_here(request, engagement, decision)
    answer = HttpResponse(found.snapshot, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="gate-{found.gate.number}-decision-{found.number}.json"'
    )
    return answer


@page("POST")
def condition_fulfil(request: ActorRequest, engagement: UUID, condition: UUID) -> HttpResponse:
    """Say what was done about a condition."""
    found = condition_here(request, engagement, condition)
    fulfil_condition(
        request.actor, found, note=request.POST.get("note", ""), at=request.at,
        as_seen=request.POST.get("as_seen"),
    )  # fmt: skip
    return _back(request, found.decision.gate, f"Condition {found.number} is fulfilled.")


def _back(request: ActorRequest, found: Gate, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("readiness:gate", engagement=found.engagement_id, gate=found.pk)
