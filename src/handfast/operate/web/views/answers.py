"""Agree to a month, dispute a line, and take a dispute back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.operate.actions import agree_statement, confirmation_of, dispute_line, withdraw_dispute
from handfast.operate.permissions import may_answer_statement
from handfast.operate.queries.statements import (
    check_agreeable,
    check_belongs,
    check_open,
    dispute_seen_by,
    disputed_levels,
    statement_seen_by,
)
from handfast.operate.refusals import LineDisputed
from handfast.operate.web.forms import AgreeForm, DisputeForm
from handfast.operate.web.pictures.wording import amount_text, month_text
from handfast.operate.web.showing import credit_of, digest_text, lines_signed

if TYPE_CHECKING:
    from django import forms

    from handfast.engagement.models import Engagement
    from handfast.operate.models import Statement

REFUSED = 422


def _found(request: ActorRequest, engagement: UUID, statement: UUID) -> tuple[Engagement, Statement]:
    deal = engagement_seen_by(request.actor, engagement)
    found = statement_seen_by(request.actor, statement)
    check_belongs(found.agreement, deal)
    return deal, found


def _to_answer(request: ActorRequest, engagement: UUID, statement: UUID) -> tuple[Engagement, Statement]:
    """The statement, for whoever may answer it: a form that can only be refused is not shown. Raises NotPermitted."""
    deal, found = _found(request, engagement, statement)
    if not may_answer_statement(request.actor, found):
        raise NotPermitted("answer statements: only the other side does, and your role has to include it")
    return deal, found


def _back(deal: Engagement, statement: Statement) -> HttpResponse:
    return redirect("operate:statement", engagement=deal.pk, period=statement.period)


@page("GET", "POST")
def agree(request: ActorRequest, engagement: UUID, statement: UUID) -> HttpResponse:
    """Type the amount and agree: the month is frozen."""
    deal, found = _to_answer(request, engagement, statement)
    if request.method == "GET":  # what is sent is judged by the action, under its lock
        check_agreeable(found)
    body = json.loads(found.body)
    form = AgreeForm(request.POST or None, initial={"as_seen": found.seen_as})
    if request.method == "POST" and form.is_valid():
        try:
            agree_statement(request.actor, found, at=request.at, **form.cleaned_data)
        except FieldsRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"{month_text(found.period)} is agreed and frozen.")
            return _back(deal, found)
    amount = confirmation_of(body)
    context = _context(request, deal, found, form) | {
        "amount": amount_text(amount) if "." in amount else amount,
        "currency": (body["consequence"] or {}).get("currency", ""),
        "digest": digest_text(found.digest),
        "lines": lines_signed(found),
        "credit": credit_of(body),
    }
    return shown(request, "operate/agree.html", context, status=REFUSED if form.errors else 200)


@page("GET", "POST")
def dispute(request: ActorRequest, engagement: UUID, statement: UUID) -> HttpResponse:
    """Choose a line, say why."""
    deal, found = _to_answer(request, engagement, statement)
    levels = [(level["id"], level["name"]) for level in json.loads(found.body)["levels"]]
    if request.method == "GET":  # what is sent is judged by the action, under its lock
        levels = _lines_open(found, levels)
    first = {"as_seen": found.seen_as, "level": request.GET.get("level", "")}
    form = DisputeForm(request.POST or None, levels=levels, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            dispute_line(request.actor, found, at=request.at, **form.cleaned_data)
        except FieldsRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, "The line is disputed; the other side is told.")
            return _back(deal, found)
    context = _context(request, deal, found, form)
    return shown(request, "operate/dispute.html", context, status=REFUSED if form.errors else 200)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, dispute: UUID) -> HttpResponse:
    """Take a dispute back."""
    deal = engagement_seen_by(request.actor, engagement)
    found = dispute_seen_by(request.actor, dispute)
    check_belongs(found.statement.agreement, deal)
    withdraw_dispute(request.actor, found, at=request.at)
    messages.success(request, "The dispute is withdrawn.")
    return _back(deal, found.statement)


def _lines_open(found: Statement, levels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines that can be disputed. Raises what `check_open` raises, and LineDisputed where none is left."""
    check_open(found)
    disputed = disputed_levels(found)
    left = [one for one in levels if one[0] not in disputed]
    if not left:
        raise LineDisputed("every line of this statement is disputed already")
    return left


def _context(request: ActorRequest, deal: Engagement, found: Statement, form: forms.Form) -> dict[str, Any]:
    return {
        "engagement": deal,
        "statement": found,
        "form": form,
        "title": month_text(found.period),
        "own": party_of(deal, request.actor.organisation),
    }


def _tell(form: forms.Form, refused: FieldsRefused) -> None:
    for name, fault in refused.fields:
        form.add_error(name if name in form.fields else None, fault)
