"""A register: its list with the write-here row, and the same list as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import exported
from handfast.governance.actions import write_entry
from handfast.governance.permissions import may_write_entry
from handfast.governance.queries.asked import asked_of, chosen
from handfast.governance.queries.entries import (
    entries_seen_by,
    register_seen_by,
    space_to_write_in,
    today_in,
)
from handfast.governance.refusals import EntryRefused
from handfast.governance.web.filters import words_of
from handfast.governance.web.forms import OWN, WriteForm, tell
from handfast.governance.web.listing import REFUSED, listing
from handfast.governance.web.rows import export_heads, export_rows, people_of, seeing


@page("GET", "POST")
def entries(request: ActorRequest, engagement: UUID, register: str) -> HttpResponse:
    """The list as it is filtered; posted, its last row writes a new entry."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    if request.method != "POST":
        return listing(request, deal, kept)
    people = people_of(request.actor, deal)
    form = WriteForm(request.POST, people=people, register=kept)
    space = space_to_write_in(request.actor, deal, is_internal=request.POST.get("audience") == OWN)
    if not may_write_entry(request.actor, space):
        raise NotPermitted("entry written: your role does not include it")
    if not form.is_valid():
        return listing(request, deal, kept, people=people, form=form, status=REFUSED)
    try:
        made = write_entry(request.actor, space, register=kept, said=form.said(), at=request.at)
    except EntryRefused as refusal:
        tell(form, refusal)
        return listing(request, deal, kept, people=people, form=form, status=REFUSED)
    messages.success(request, f"{made.name} is written.")
    return redirect(request.get_full_path())


@page("GET")
def entries_export(request: ActorRequest, engagement: UUID, register: str, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX, exactly as it is filtered and sorted."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    today = today_in(deal, request.at)
    every = entries_seen_by(request.actor, deal.pk, kept)
    rows = chosen(every, asked_of(kept, words_of(request.GET)), kept, deal, today=today)
    persons = {one for name in ("owner_id", "created_by_id", "changed_by_id") for one in _ids(every, name)}
    seen = seeing(request.actor, deal, people_of(request.actor, deal), persons, today)
    cells = export_rows(rows.iterator(chunk_size=500), kept, seen)
    return exported(request, form, kept.key, export_heads(kept), cells)


def _ids(rows: Any, name: str) -> list[UUID | None]:
    return list(rows.order_by().values_list(name, flat=True).distinct())
