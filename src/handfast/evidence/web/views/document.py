"""One document: what its newest or another version says, its draft with the form, and its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from handfast.evidence.actions import amend_document, publish_version
from handfast.evidence.permissions import may_ask_sign_off, may_change_document
from handfast.evidence.queries.documents import document_seen_by, thing_of, version_seen_by
from handfast.evidence.queries.passages import placed_in
from handfast.evidence.queries.signing import standings_of
from handfast.evidence.reading.markdown import rendered
from handfast.evidence.refusals import DocumentRefused, DocumentUnchanged
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.contents import content_of
from handfast.evidence.web.document_forms import DocumentForm, PublishForm
from handfast.evidence.web.document_rows import document_row, owners_for, seeing
from handfast.evidence.web.opening import document_here, version_rows
from handfast.evidence.web.signing import signatures_of
from handfast.evidence.web.talk import talk_about
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import disposition

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document, DocumentVersion
    from handfast.evidence.queries.passages import Placed

SPOKEN = (
    '<a class="hf-passage hf-passage--spoken" id="p{}" href="{}" aria-label="Passage {}">{} <b>{}</b></a>'
)
SILENT = '<a class="hf-passage" id="p{}" href="{}" aria-label="Comment on passage {}">{}</a>'
OK, CONFLICT, REFUSED = 200, 409, 422


@page("GET")
def document(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """Its newest version; before the first its draft."""
    deal, found = document_here(request, engagement, document)
    version = version_seen_by(request.actor, found, found.last_number) if found.last_number else None
    return _shown(request, deal, found, version)


@page("GET")
def document_version(request: ActorRequest, engagement: UUID, document: UUID, number: int) -> HttpResponse:
    """One of its versions, as it was published."""
    deal, found = document_here(request, engagement, document)
    return _shown(request, deal, found, version_seen_by(request.actor, found, number))


@page("GET")
def document_draft(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """What its draft would look like."""
    deal, found = document_here(request, engagement, document)
    return _shown(request, deal, found, None)


@page("GET")
def version_download(
    request: ActorRequest, engagement: UUID, document: UUID, number: int
) -> HttpResponseBase:
    """The text of a version, as it was published; a file has a door of its own."""
    _, found = document_here(request, engagement, document)
    version = version_seen_by(request.actor, found, number)
    if version.is_file:
        raise NotSeen
    answer = HttpResponse(version.text.encode(), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = disposition(f"{found.name}-v{number}", "md")
    return answer


@page("GET", "POST")
def document_edit(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """The draft in its form; posted, it is amended. What was typed stays in the form, whatever happened meanwhile."""
    deal, found = document_here(request, engagement, document)
    people = owners_for(seeing(request.actor, deal, ()), is_internal=found.is_internal)
    if request.method != "POST":
        return _edited(request, deal, found, DocumentForm(people=people, document=found))
    if not may_change_document(request.actor, found):
        raise NotPermitted("document amended: your role does not include it")
    form = DocumentForm(request.POST, people=people, document=found)
    if not form.is_valid():
        return _edited(request, deal, found, form, status=REFUSED)
    try:
        amend_document(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except DocumentRefused as refusal:
        form.tell(refusal)
        return _edited(request, deal, found, form, status=REFUSED)
    except Conflict:
        return _conflict(request, deal, found, form)
    except DocumentUnchanged as same:
        messages.info(request, sentence_of(same))
    else:
        messages.success(request, f"The draft of {found.name} is kept.")
    return redirect("evidence:document_draft", engagement=deal.pk, document=found.pk)


@page("POST")
def document_publish(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """Freeze the draft as the next version."""
    deal, found = document_here(request, engagement, document)
    if not may_change_document(request.actor, found):
        raise NotPermitted("document published: your role does not include it")
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _shown(request, deal, found, None, form=form, status=REFUSED)
    given = form.cleaned_data
    try:
        found = publish_version(
            request.actor, found, summary=given["summary"], at=request.at, as_seen=given["as_seen"]
        )
    except DocumentRefused as refusal:
        form.tell(refusal)
        return _shown(request, deal, found, None, form=form, status=REFUSED)
    except DocumentUnchanged as same:
        messages.info(request, sentence_of(same))
    else:
        messages.success(request, f"{found.name} is published as version {found.last_number}.")
    return redirect("evidence:document", engagement=deal.pk, document=found.pk)


def _shown(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Document, version: DocumentVersion | None, *,
    form: PublishForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    rows, seen = version_rows(request, deal, found)
    signing = standings_of(request.actor, [found])[found.pk]
    signed = signatures_of(request.actor, deal, found)
    may_write = found.space_id in request.actor.reach.writes
    read = rendered(version.text if version else found.text)
    placed = placed_in(request.actor, found, read, version.number if version else 0)
    may_change = may_write and may_change_document(request.actor, found)
    is_draft_open = found.is_changed or (bool(rows) and rows[0].version.is_file and bool(found.text))
    context = {
        "engagement": deal,
        "document": found,
        "row": document_row(found, seen, signing),
        "signing": signing,
        "signatures": signed.of(version.number) if version else (),
        "withdrawable": signed.withdrawable,
        "may_ask": version is not None and may_write and may_ask_sign_off(request.actor, version),
        "version": version,
        "version_row": next((one for one in rows if version and one.version.pk == version.pk), None),
        "versions": rows,
        "is_newest": version is not None and version.number == found.last_number,
        "html": read.with_marks(_marks(deal, found, version, placed)),
        "passages": placed,
        "headings": read.headings,
        "may_change": may_change,
        "is_draft_open": is_draft_open,
        "may_publish": may_change and version is None and is_draft_open and bool(found.text),
        "content": content_of(deal.pk, found, version),
        "form": form or PublishForm(initial={"as_seen": found.seen_as}),
        "beside": kept_beside(request.actor, deal, thing_of(found)),
        "talk": talk_about(request.actor, deal, thing_of(found)),
    }  # fmt: skip
    return shown(request, "evidence/document.html", context, status=status)


def _marks(
    deal: Engagement, found: Document, version: DocumentVersion | None, placed: list[Placed]
) -> Callable[[int], str]:
    """The number of each passage in the margin: a link to what is said about it, or to the form that says something."""
    spoken = {one.number: one for one in reversed(placed) if one.number}

    def told(number: int) -> str:
        one = spoken.get(number)
        if one is not None:
            words = f"{number}, {one.comments} comment{'' if one.comments == 1 else 's'}"
            url = reverse("evidence:passage", args=[deal.pk, one.passage.pk])
            return format_html(SPOKEN, number, url, words, number, one.comments)
        if version is None:
            return format_html('<span class="hf-passage" id="p{}">{}</span>', number, number)
        url = reverse("evidence:passage_new", args=[deal.pk, found.pk, version.number, number])
        return format_html(SILENT, number, url, number, number)

    return told


def _edited(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Document, form: DocumentForm, *, stands: Document | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    seen = seeing(request.actor, deal, [found.changed_by_id, stands.changed_by_id if stands else None])
    context = {
        "engagement": deal,
        "document": found,
        "row": document_row(found, seen),
        "form": form,
        "stands": stands,
        "stands_by": seen.name_of(stands.changed_by_id) if stands else "",
        "may_change": may_change_document(request.actor, found),
    }
    return shown(request, "evidence/document_edit.html", context, status=status)


def _conflict(request: ActorRequest, deal: Engagement, found: Document, form: DocumentForm) -> HttpResponse:
    """What was typed, beside what stands by now; sent again it takes the place of that."""
    stands = document_seen_by(request.actor, found.pk)
    typed = {name: form[name].value() for name in form.fields} | {"as_seen": stands.seen_as}
    again = DocumentForm(typed, people=owners_for(seeing(request.actor, deal, ()), is_internal=found.is_internal), document=found)  # fmt: skip
    return _edited(request, deal, found, again, stands=stands, status=CONFLICT)
