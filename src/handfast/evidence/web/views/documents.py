"""The documents of an engagement: their list, the same as a file, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import write_document
from handfast.evidence.permissions import may_write_document
from handfast.evidence.queries.documents import asked_of, chosen, documents_seen_by, space_for_document
from handfast.evidence.queries.signing import standings_of, waiting_signatures
from handfast.evidence.refusals import DocumentRefused
from handfast.evidence.web.document_forms import DocumentForm
from handfast.evidence.web.document_rows import (
    EXPORT_HEADS,
    document_row,
    export_rows,
    filters_of,
    owners_for,
    seeing,
)
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.web.document_rows import Seeing

ROWS_A_PAGE = 50
OK, REFUSED = 200, 422
SHARED = "shared"


@page("GET")
def documents(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The list as its address asks for it."""
    deal = engagement_seen_by(request.actor, engagement)
    every, asked = documents_seen_by(request.actor, deal.pk), asked_of(request.GET)
    rows = Paginator(chosen(every, asked).defer("text"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    persons = {key for one in rows for key in (one.owner_id, one.changed_by_id)}
    seen = seeing(request.actor, deal, persons)
    total, standing = every.count(), standings_of(request.actor, rows)
    context = {
        "engagement": deal,
        "rows": [document_row(one, seen, standing[one.pk]) for one in rows],
        "page": rows,
        "total": total,
        "asked": asked,
        "filters": filters_of(asked, seen),
        "sentence": _sentence(rows.paginator.count, total),
        "may_write": may_write_document(request.actor, deal.space),
        "to_sign": waiting_signatures(request.actor, [deal.pk]).count(),
        **export_urls("evidence:documents_export", deal.pk, query=request.GET.urlencode()),
    }
    return shown(request, "evidence/documents.html", context)


@page("GET")
def documents_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX, exactly as it is filtered."""
    deal = engagement_seen_by(request.actor, engagement)
    every = documents_seen_by(request.actor, deal.pk)
    persons = every.order_by().values_list("owner_id", "changed_by_id").distinct()
    seen = seeing(request.actor, deal, {one for pair in persons for one in pair})
    rows = list(chosen(every, asked_of(request.GET)).defer("text"))
    standing = standings_of(request.actor, rows)
    return exported(request, form, "documents", EXPORT_HEADS, export_rows(rows, seen, standing))


@page("GET", "POST")
def document_new(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A new document with its draft; afterwards its page."""
    deal = engagement_seen_by(request.actor, engagement)
    seen = seeing(request.actor, deal, ())
    people = owners_for(seen, is_internal=False)
    if request.method != "POST":
        return _new(request, deal, seen, DocumentForm(people=people))
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("document written: your role does not include it")
    form = DocumentForm(request.POST, people=people)
    if not form.is_valid():
        return _new(request, deal, seen, form, status=REFUSED)
    try:
        space = space_for_document(request.actor, deal, form.cleaned_data["audience"] or SHARED)
        made = write_document(request.actor, space, said=form.said(), at=request.at)
    except DocumentRefused as refusal:
        form.tell(refusal)
        return _new(request, deal, seen, form, status=REFUSED)
    messages.success(request, f"{made.name} is written.")
    return redirect("evidence:document", engagement=deal.pk, document=made.pk)


def _new(
    request: ActorRequest, deal: Engagement, seen: Seeing, form: DocumentForm, *, status: int = OK
) -> HttpResponse:
    context = {
        "engagement": deal, "form": form, "own_side": seen.own_side, "own_name": seen.own_name,
        "is_own_chosen": form["audience"].value() == "own", "may_write": may_write_document(request.actor, deal.space),
    }  # fmt: skip
    return shown(request, "evidence/document_new.html", context, status=status)


def _sentence(found: int, total: int) -> str:
    """As in `3 of 41 documents`."""
    if not total:
        return "Procedures, guides and training material that both sides work by."
    things = "document" if total == 1 else "documents"
    return f"{total:,} {things}." if found == total else f"{found:,} of {total:,} {things}."
