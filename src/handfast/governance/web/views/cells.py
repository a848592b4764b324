"""One cell of a register's list edited in its place: the row comes back with it open, saved, or told why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from handfast.foundation.refusals import (
    Conflict,
    FieldsRefused,
    NotPermitted,
    NotSeen,
    sentence_of,
    status_of,
)
from handfast.foundation.web.doors import ActorRequest, is_fragment, page, shown
from handfast.governance.actions import amend_entry, move_entry
from handfast.governance.permissions import may_change_entry
from handfast.governance.queries.asked import asked_of
from handfast.governance.queries.columns import OWN, shown_columns
from handfast.governance.queries.entries import entry_seen_by
from handfast.governance.reading.said import said_of
from handfast.governance.refusals import EntryRefused
from handfast.governance.web.cell_form import STATE, CellForm, cells_of
from handfast.governance.web.filters import words_of
from handfast.governance.web.opening import entry_here, owners_for, seeing_one
from handfast.governance.web.rows import entry_row
from handfast.kernel.worktime.zones import zone_named
from handfast.people.queries import person_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry
    from handfast.kernel.refusal import Refusal

OK, REFUSED = 200, 422


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands under the list after a cell was saved: when, and how it is taken back, where it can be."""

    time: str
    name: str
    undo_url: str
    before: str
    prefix: str
    is_undone: bool


@page("GET", "POST")
def cell(request: ActorRequest, engagement: UUID, item: UUID, column: str) -> HttpResponse:
    """The row with this cell open; posted, saved. Where no script asks, the page of the entry does the same."""
    deal, found = entry_here(request, engagement, item)
    if column not in cells_of(found.kept_in):
        raise NotSeen
    if not may_change_entry(request.actor, found):
        raise NotPermitted("entry amended: your role does not include it")
    people = owners_for(seeing_one(request, deal, found), found)
    if request.method != "POST":
        if not is_fragment(request):
            return redirect(f"{reverse('governance:entry', args=[deal.pk, found.pk])}?amend=1#amend")
        is_left = "leave" in request.GET
        form = None if is_left else CellForm(entry=found, column=column, people=people)
        return _row(request, deal, found, column, form=form)
    form = CellForm(request.POST, entry=found, column=column, people=people)
    try:
        if not form.is_valid():
            fault = str(form.errors["value"][0])
            raise EntryRefused(f"the {found.kept_in.singular} is not kept: {fault}", [(column, fault)])
        if form.said == form.before:
            return _answer(request, deal, found, column)
        after = _kept(request, found, column, form.said)
    except (FieldsRefused, Conflict) as refusal:
        if not is_fragment(request):
            raise
        return _row(request, deal, found, column, form=form, refusal=refusal)
    return _answer(request, deal, entry_seen_by(request.actor, after.pk), column, before=form.before)


def _kept(request: ActorRequest, found: RegisterEntry, column: str, said: str) -> RegisterEntry:
    seen = request.POST.get("as_seen", "")
    if column == STATE:
        return move_entry(request.actor, found, to=said, at=request.at, as_seen=seen)
    now = said_of(found)
    if column.startswith(OWN):
        told = replace(now, own=dict(now.own) | {column.removeprefix(OWN): said})
    elif column == "owner":
        told = replace(now, owner_id=UUID(said) if said else None)
    else:
        told = replace(now, due_on=date.fromisoformat(said) if said else None)
    return amend_entry(request.actor, found, said=told, at=request.at, as_seen=seen)


def _answer(
    request: ActorRequest, deal: Engagement, found: RegisterEntry, column: str, *, before: str | None = None
) -> HttpResponse:
    """The row as it is now; with what was before, under the list that it is saved."""
    if not is_fragment(request):
        messages.success(request, f"{found.name} is kept.")
        return redirect("governance:entry", engagement=deal.pk, item=found.pk)
    saved = None if before is None else _saved(request, deal, found, column, before)
    return _row(request, deal, found, column, saved=saved)


def _saved(request: ActorRequest, deal: Engagement, found: RegisterEntry, column: str, before: str) -> Saved:
    can = column != STATE or before in {one.key for one in found.kept_in.after(found.state)}
    url = reverse("governance:cell", args=[deal.pk, found.pk, column])
    time = timezone.localtime(request.at, zone_named(person_of(request.actor).zone))
    return Saved(
        f"{time:%H:%M}", found.name, f"{url}?{request.GET.urlencode()}" if can else "", before,
        f"cell-{found.pk}-value", "undo" in request.POST,
    )  # fmt: skip


def _row(  # noqa: PLR0913 - what the row shows
    request: ActorRequest, deal: Engagement, found: RegisterEntry, column: str, *, form: CellForm | None = None,
    refusal: Refusal | None = None, saved: Saved | None = None,
) -> HttpResponse:  # fmt: skip
    seen = seeing_one(request, deal, found)
    asked = asked_of(found.kept_in, {"columns": words_of(request.GET)["columns"]})
    row = entry_row(found, seen)
    context: dict[str, object] = {
        "engagement": deal,
        "register": found.kept_in,
        "row": row,
        "shown": shown_columns(found.kept_in, asked.columns),
        "cells": cells_of(found.kept_in),
        "cell_query": f"?{urlencode({'columns': asked.columns})}" if asked.columns else "",
        "may_write": True,
        "editing": column if form else "",
        "edited": column,
        "form": form,
        "saved": saved,
    }
    if refusal is not None:
        is_conflict = isinstance(refusal, Conflict)
        context |= {
            "refused": sentence_of(refusal), "is_conflict": is_conflict,
            "changed_by": seen.name_of(found.changed_by_id),
        }  # fmt: skip
    status = OK if refusal is None else status_of(refusal)
    return shown(request, "governance/part_row.html", context, status=status)
