"""A decision asked of somebody from the page of its entry."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.actions import ask_decision
from handfast.governance.permissions import may_change_entry
from handfast.governance.queries.decisions import deciders_of
from handfast.governance.refusals import DecisionRefused
from handfast.governance.web.asking import AskForm
from handfast.governance.web.opening import entry_here
from handfast.governance.web.views.entries import entry_page

REFUSED = 422


@page("POST")
def ask(request: ActorRequest, engagement: UUID, item: UUID) -> HttpResponse:
    """They get a link by mail; what is refused stands in the panel."""
    deal, found = entry_here(request, engagement, item)
    if not may_change_entry(request.actor, found):
        raise NotPermitted("decision asked: your role does not include it")
    form = AskForm(request.POST, entry=found, deciders=deciders_of(found))
    if not form.is_valid():
        return entry_page(request, deal, found, asking=form, status=REFUSED)
    said = form.cleaned_data
    try:
        ask_decision(
            request.actor,
            found,
            person=said["person_id"],
            if_silent=said["if_silent"],
            at=request.at,
            as_seen=said["as_seen"],
        )
    except DecisionRefused as refusal:
        for name, fault in refusal.fields:
            form.add_error(name if name in form.fields else None, f"{fault[:1].upper()}{fault[1:]}.")
        return entry_page(request, deal, found, asking=form, status=REFUSED)
    messages.success(request, "It is asked: they get a link by mail that needs no sign-in.")
    return redirect("governance:entry", engagement=deal.pk, item=found.pk)
