"""A register: its list with the write-here row, and the same list as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.actions import write_entry
from handfast.governance.permissions import may_keep_registers, may_write_entry
from handfast.governance.queries.asked import asked_of, chosen, total_and_late
from handfast.governance.queries.entries import (
    entries_seen_by,
    register_named,
    space_to_write_in,
    today_in,
)
from handfast.governance.refusals import EntryRefused
from handfast.governance.web.filters import filters_of, register_sentence
from handfast.governance.web.forms import OWN, WriteForm, tell
from handfast.governance.web.rows import (
    entry_row,
    export_heads,
    export_rows,
    listed_field,
    people_of,
    seeing,
)

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.registers import Register

ROWS_A_PAGE = 50
OK, REFUSED = 200, 422


@page("GET", "POST")
def entries(request: ActorRequest, engagement: UUID, register: str) -> HttpResponse:
    """The list as it is filtered; posted, its last row writes a new entry."""
    deal, kept = engagement_seen_by(request.actor, engagement), register_named(register)
    people = people_of(request.actor, deal)
    if request.method != "POST":
        return _list(request, deal, kept, WriteForm(people=people, register=kept))
    form = WriteForm(request.POST, people=people, register=kept)
    space = space_to_write_in(request.actor, deal, is_internal=request.POST.get("audience") == OWN)
    if not may_write_entry(request.actor, space):
        raise NotPermitted("entry written: your role does not include it")
    if not form.is_valid():
        return _list(request, deal, kept, form, status=REFUSED)
    try:
        made = write_entry(request.actor, space, register=kept, said=form.said(), at=request.at)
    except EntryRefused as refusal:
        tell(form, refusal)
        return _list(request, deal, kept, form, status=REFUSED)
    messages.success(request, f"{made.name} is written.")
    return redirect(request.get_full_path())


@page("GET")
def entries_export(request: ActorRequest, engagement: UUID, register: str, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX, exactly as it is filtered and sorted."""
    deal, kept = engagement_seen_by(request.actor, engagement), register_named(register)
    today = today_in(deal, request.at)
    every = entries_seen_by(request.actor, deal.pk, kept)
    rows = chosen(every, asked_of(kept, request.GET), kept, deal, today=today)
    persons = {one for name in ("owner_id", "created_by_id", "changed_by_id") for one in _ids(every, name)}
    seen = seeing(request.actor, deal, people_of(request.actor, deal), persons, today)
    cells = export_rows(rows.iterator(chunk_size=500), kept, seen)
    return exported(request, form, kept.key, export_heads(kept), cells)


def _ids(rows: Any, name: str) -> list[UUID | None]:
    return list(rows.order_by().values_list(name, flat=True).distinct())


def _list(
    request: ActorRequest, deal: Engagement, kept: Register, form: WriteForm, *, status: int = OK
) -> HttpResponse:
    today, asked = today_in(deal, request.at), asked_of(kept, request.GET)
    every = entries_seen_by(request.actor, deal.pk, kept)
    total, late = total_and_late(every, today)
    pages = Paginator(chosen(every, asked, kept, deal, today=today), ROWS_A_PAGE)
    if not asked.is_narrowed:
        pages.count = total  # known already: of 50,000 the count is half of the answer
    rows = pages.get_page(request.GET.get("page"))
    people = people_of(request.actor, deal)
    persons = {person for one in rows.object_list for person in (one.owner_id, one.created_by_id)}
    seen = seeing(request.actor, deal, people, persons, today)
    context = {
        "engagement": deal,
        "register": kept,
        "listed": listed_field(kept),
        "rows": [entry_row(one, seen) for one in rows.object_list],
        "page": rows,
        "total": total,
        "asked": asked,
        "filters": filters_of(kept, asked, people, seen.own_name),
        "sentence": register_sentence(kept, pages.count, total, late),
        "form": form,
        "mine": seen,
        "both": " and ".join(party.name for party in deal.parties.all()),
        "may_write": may_keep_registers(request.actor, deal.pk),
        **export_urls("governance:entries_export", deal.pk, kept.key, query=request.GET.urlencode()),
    }
    return shown(request, "governance/entries.html", context, status=status)
