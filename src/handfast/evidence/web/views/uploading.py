"""A file published as the next version of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.evidence.actions import publish_file
from handfast.evidence.files.kept import looked_through, place_for
from handfast.evidence.permissions import may_change_document
from handfast.evidence.queries.documents import document_seen_by
from handfast.evidence.reading.kinds import ENDINGS
from handfast.evidence.refusals import (
    DocumentRefused,
    DocumentUnchanged,
    FileNotScanned,
    FileRefused,
    FilesFull,
)
from handfast.evidence.web.document_forms import PublishForm
from handfast.evidence.web.document_rows import document_row, seeing
from handfast.evidence.web.opening import document_here
from handfast.foundation.files.receiving import receiving
from handfast.foundation.files.staged import said_size
from handfast.foundation.refusals import Conflict, NotPermitted, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document
    from handfast.foundation.files.receiving import Receiving

OK, CONFLICT, REFUSED = 200, 409, 422
NO_FILE = "Choose the file to publish."
MEANWHILE = "Somebody changed the document meanwhile, and nothing is published: look at it again, then choose the file once more."


# The token stands in the body, and the body is read only once it is known where its file goes: see `_published`.
@csrf_exempt
@page("GET", "POST")
def document_file(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """The form; posted, the file is the next version, and the draft stays."""
    deal, found = document_here(request, engagement, document)
    if request.method != "POST":
        return _shown(request, deal, found, PublishForm(initial={"as_seen": found.seen_as}))
    if not may_change_document(request.actor, found):
        raise NotPermitted("document published: your role does not include it")
    with receiving(request, found.space_id, place_for(1)) as one:
        return _published(request, deal, found, one)


@csrf_protect
def _published(request: ActorRequest, deal: Engagement, found: Document, one: Receiving) -> HttpResponse:
    form = PublishForm(request.POST)
    if not one.files:
        form.add_error(None, NO_FILE)
    if not form.is_valid():
        return _shown(request, deal, found, form, status=REFUSED)
    given = form.cleaned_data
    try:
        with looked_through(one.files[0], found.space_id) as file:
            done = publish_file(
                request.actor, found, file=file, summary=given["summary"], at=request.at, as_seen=given["as_seen"]
            )  # fmt: skip
    except DocumentRefused as refusal:
        form.tell(refusal)
    except (FileRefused, FilesFull, FileNotScanned, DocumentUnchanged) as refusal:
        form.add_error(None, sentence_of(refusal))
    except Conflict:
        return _again(request, deal, found, form)
    else:
        messages.success(request, f"{done.name} is published as version {done.last_number}.")
        return redirect("evidence:document", engagement=deal.pk, document=done.pk)
    return _shown(request, deal, found, form, status=REFUSED)


def _again(request: ActorRequest, deal: Engagement, found: Document, form: PublishForm) -> HttpResponse:
    """The form as it was typed, held to the document as it stands now."""
    now = document_seen_by(request.actor, found.pk)
    again = PublishForm({"summary": form["summary"].value(), "as_seen": now.seen_as})
    again.add_error(None, MEANWHILE)
    return _shown(request, deal, now, again, status=CONFLICT)


def _shown(
    request: ActorRequest, deal: Engagement, found: Document, form: PublishForm, *, status: int = OK
) -> HttpResponse:
    context = {
        "engagement": deal,
        "document": found,
        "row": document_row(found, seeing(request.actor, deal, [found.owner_id])),
        "form": form,
        "accepted": ",".join(f".{one}" for one in ENDINGS),
        "limit": said_size(settings.HANDFAST_FILE_LIMIT),
        "may_change": may_change_document(request.actor, found),
    }
    return shown(request, "evidence/document_file.html", context, status=status)
