"""A view of a register saved under a name, changed, removed and brought back; the address says what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.actions import amend_view, bring_back_view, remove_view, save_view
from handfast.governance.permissions import may_change_view, may_save_view
from handfast.governance.queries.asked import asked_of
from handfast.governance.queries.entries import register_named, register_seen_by
from handfast.governance.queries.views import ViewSaid, read_view, view_seen_by
from handfast.governance.refusals import ViewRefused, ViewUnchanged
from handfast.governance.web.filters import words_of
from handfast.governance.web.listing import REFUSED, listing
from handfast.governance.web.tabs import view_url
from handfast.governance.web.view_form import ViewForm
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.models import SavedView
    from handfast.governance.registers import Register


@page("POST")
def view_new(request: ActorRequest, engagement: UUID, register: str) -> HttpResponse:
    """Save what the address asks."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    space = own_space_of(request.actor, deal.pk)
    if not may_save_view(request.actor, space):
        raise NotPermitted("saved view saved: your role does not include it")
    form = _form(request, deal)
    if not form.is_valid():
        return listing(request, deal, kept, named=form, status=REFUSED)
    given = form.cleaned_data
    said = ViewSaid(given["name"], asked_of(kept, words_of(request.GET)), given["shared_with"])
    try:
        made = save_view(request.actor, space, register=kept, said=said, at=request.at)
    except ViewRefused as refusal:
        _tell(form, refusal)
        return listing(request, deal, kept, named=form, status=REFUSED)
    messages.success(request, f"“{made.name}” is saved.")
    return _shown(deal, kept, made)


@page("POST")
def view_amend(request: ActorRequest, engagement: UUID, view: UUID) -> HttpResponse:
    """Call and share it otherwise; with `shown` let it show what the address asks."""
    deal, found, kept = _here(request, engagement, view)
    if not may_change_view(request.actor, found):
        raise NotPermitted("saved view amended: that is for whoever saved it")
    form = None
    if "shown" in request.POST:
        said = ViewSaid(found.name, asked_of(kept, words_of(request.GET)), found.shared_with)
    else:
        form = _form(request, deal)
        if not form.is_valid():
            return listing(request, deal, kept, renamed=form, status=REFUSED)
        given = form.cleaned_data
        said = ViewSaid(given["name"], asked_of(kept, found.asked), given["shared_with"])
    try:
        found = amend_view(
            request.actor, found, said=said, at=request.at, as_seen=request.POST.get("as_seen")
        )
    except ViewRefused as refusal:
        if form is None:
            raise
        _tell(form, refusal)
        return listing(request, deal, kept, renamed=form, status=REFUSED)
    except ViewUnchanged as same:
        messages.info(request, sentence_of(same))
    else:
        messages.success(request, f"“{found.name}” is kept.")
    return _shown(deal, kept, found)


@page("POST")
def view_remove(request: ActorRequest, engagement: UUID, view: UUID) -> HttpResponse:
    """Take it away; the list offers to bring it back."""
    deal, found, kept = _here(request, engagement, view)
    remove_view(request.actor, found, at=request.at, as_seen=request.POST.get("as_seen"))
    return redirect("governance:entries", engagement=deal.pk, register=kept.key)


@page("POST")
def view_bring_back(request: ActorRequest, engagement: UUID, view: UUID) -> HttpResponse:
    """Take a removal back."""
    deal, found, kept = _here(request, engagement, view)
    return _shown(deal, kept, bring_back_view(request.actor, found, at=request.at))


def _here(request: ActorRequest, engagement: UUID, view: UUID) -> tuple[Engagement, SavedView, Register]:
    """The view, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = view_seen_by(request.actor, view)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found, register_named(found.register)


def _form(request: ActorRequest, deal: Engagement) -> ViewForm:
    mine = party_of(deal, request.actor.organisation)
    return ViewForm(request.POST, side=mine.side if mine else "", own=mine.name if mine else "")


def _tell(form: ViewForm, refusal: ViewRefused) -> None:
    """Say each fault at its field; what the address asks has none here."""
    for name, fault in refusal.fields:
        form.add_error(name if name in form.fields else None, f"{fault[0].upper()}{fault[1:]}.")


def _shown(deal: Engagement, kept: Register, found: SavedView) -> HttpResponse:
    list_url = reverse("governance:entries", args=[deal.pk, kept.key])
    return redirect(list_url + view_url(read_view(found, kept)))
