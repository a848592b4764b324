"""Propose an adjustment: first its kind, then what the terms let it name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.queries import parsed_terms, terms_in_force
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.kernel.refusal import Refusal
from handfast.operate.actions import propose_adjustment
from handfast.operate.queries.adjusting import checked_adjustment
from handfast.operate.queries.computed import agreement_in
from handfast.operate.refusals import NoTermsYet
from handfast.operate.web.adjustment_form import KINDS, Choices, Kind, ProposeForm

REFUSED = 422
TOLD = ("source", "type", "pause", "starts", "ends")  # what an address may fill in, beside the record


@page("GET", "POST")
def propose(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Propose an adjustment; it is read under the terms before it is written."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("propose-adjustments", engagement):
        raise NotPermitted("propose adjustments: your role does not include it")
    agreement = agreement_in(deal)
    version = terms_in_force(agreement)
    if version is None:
        raise NoTermsYet("no terms are in force: agree terms first")
    mine = party_of(deal, request.actor.organisation)
    if mine is None:
        raise NotPermitted("only the two sides propose adjustments")
    terms = parsed_terms(version)
    choices = Choices.under(terms)
    kind = choices.kind(request.POST.get("kind") or request.GET.get("kind", ""))
    form = ProposeForm(request.POST or None, initial=_first(request, kind), kind=kind, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            said = checked_adjustment(form.said(), terms, side=mine.side, at=request.at)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            made = propose_adjustment(request.actor, agreement, side=mine.side, said=said, at=request.at)
            messages.success(request, f"{made.name} is proposed; the other side is told.")
            return redirect("operate:adjustments", engagement=engagement)
    context: dict[str, Any] = {
        "engagement": deal,
        "form": form,
        "kind": kind,
        "tabs": [_tab(request, one, choices, kind) for one in KINDS],
        "is_possible": bool(choices.named[kind.key]),
    }
    return shown(request, "operate/propose.html", context, status=REFUSED if form.errors else 200)


def _first(request: ActorRequest, kind: Kind) -> dict[str, str]:
    """What the address says already, as the page of a record does."""
    told = {name: request.GET[name] for name in TOLD if request.GET.get(name)}
    return told | {"kind": kind.key, "records": request.GET.get("record", "")}


def _tab(request: ActorRequest, one: Kind, choices: Choices, chosen: Kind) -> dict[str, Any]:
    kept = {name: text for name, text in request.GET.items() if name in (*TOLD, "record")}
    return {
        "name": one.name,
        "url": f"?{urlencode(kept | {'kind': one.slug})}",
        "is_current": one == chosen,
        "lacks": "" if choices.named[one.key] else one.lacks,
    }
