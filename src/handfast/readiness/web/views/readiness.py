"""How ready the engagement is, and the same as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import exported
from handfast.governance.web.rows import people_of, seeing
from handfast.readiness.actions import lay_out_gates
from handfast.readiness.queries.readiness import readiness_of
from handfast.readiness.web.readiness_page import readiness_page
from handfast.readiness.web.rows import HEADS, export_rows, persons_in


@page("GET", "POST")
def readiness(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Shown for one gate, by default the next; posted, the default gates are laid out."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method != "POST":
        return readiness_page(request, deal)
    made = lay_out_gates(request.actor, deal, at=request.at)
    messages.success(request, f"{len(made)} gate{'s are' if len(made) > 1 else ' is'} laid out.")
    return redirect("readiness:readiness", engagement=deal.pk)


@page("GET")
def readiness_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """Every criterion as it stands, as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    found = readiness_of(request.actor, deal, at=request.at)
    seen = seeing(request.actor, deal, people_of(request.actor, deal), persons_in(found), found.today)
    return exported(request, form, "readiness", HEADS, export_rows(found, seen))
