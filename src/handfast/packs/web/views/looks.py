"""How the packs of the own organisation look: its colour, its logo."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.packs.actions import choose_look
from handfast.packs.permissions import may_choose_look
from handfast.packs.queries.looks import logo_of, look_seen_by
from handfast.packs.reading.looks import read_logo
from handfast.packs.refusals import LookRefused
from handfast.packs.report import Look
from handfast.packs.web.forms import LookForm
from handfast.people.queries import organisation_of

OK, REFUSED = 200, 422


@page("GET", "POST")
def look(request: ActorRequest) -> HttpResponse:
    """What new packs look like; posted, it is chosen anew. Raises NotSeen, NotPermitted."""
    own, kept = organisation_of(request.actor), look_seen_by(request.actor)
    if own is None:
        raise NotSeen
    form = LookForm(initial={"accent": kept.accent if kept else Look().accent})
    may_choose, status = may_choose_look(request.actor, own), OK
    if request.method == "POST":
        if not may_choose:
            raise NotPermitted("pack look chosen: those who manage people choose it")
        form, status = LookForm(request.POST, request.FILES), REFUSED
        if form.is_valid():
            given = form.cleaned_data
            try:
                sent = read_logo(given["logo"].read()) if given["logo"] else None
                logo = None if given["is_without_logo"] else sent or logo_of(kept)
                choose_look(request.actor, own, accent=given["accent"], logo=logo, at=request.at)
            except LookRefused as refused:
                for name, fault in refused.fields:
                    form.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
            else:
                messages.success(request, f"The packs of {own.name} look so from now on.")
                return redirect("packs:look")
    context = {"form": form, "kept": kept, "organisation": own, "may_choose": may_choose}
    return shown(request, "packs/look.html", context, status=status)


@page("GET")
def logo(request: ActorRequest) -> HttpResponse:
    """The logo as a picture. Raises NotSeen."""
    kept = look_seen_by(request.actor)
    if kept is None or not kept.logo:
        raise NotSeen
    answer = HttpResponse(base64.b64decode(kept.logo), content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer
