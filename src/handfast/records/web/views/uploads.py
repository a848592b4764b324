"""Sending a file in, and the page of one file: its progress, its report, its batch."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.files.staged import said_size
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.instants import shown_at
from handfast.records.actions import receive_upload, withdraw_batch
from handfast.records.permissions import may_import_into
from handfast.records.queries import (
    batch_seen_by,
    progress_of,
    source_seen_by,
    sources_seen_by,
    upload_seen_by,
)
from handfast.records.reading.report_lines import report_lines
from handfast.records.web.forms import UploadForm
from handfast.records.web.rows import chip_of, said_left, upload_sentence

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.records.models import Source, Upload


# The token stands in the body, and the body is read only once it is known where its file goes: see `_send`.
@csrf_exempt
@page("GET", "POST")
def send(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The page with the drop zone; a file sent to it streams to its staging place."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method == "POST":
        if not may_import_into(request.actor, engagement):
            raise NotPermitted("upload received: your role does not include it")
        with receiving(request, deal.space_id) as one:
            return _send(request, deal, one)
    context = {
        "engagement": deal,
        "sources": list(sources_seen_by(request.actor, engagement)),
        "chosen": request.GET.get("source", ""),
        "limit": said_size(settings.HANDFAST_UPLOAD_LIMIT),
        "may_import": may_import_into(request.actor, engagement),
    }
    return shown(request, "records/send.html", context)


@csrf_protect
def _send(request: ActorRequest, deal: Engagement, one: Receiving) -> HttpResponse:
    form = UploadForm(request.POST)
    if not form.is_valid():
        raise FieldsRefused("choose the source that the file belongs to", [("source", "choose one")])
    source = _source_of(request, deal.pk, form.cleaned_data["source"])
    upload = receive_upload(
        request.actor, source, staged=one.staged, is_dry_run=form.cleaned_data["is_dry_run"], at=request.at
    )
    one.keep()
    return redirect("records:upload", engagement=deal.pk, upload=upload.pk)


def _source_of(request: ActorRequest, engagement: UUID, source: UUID) -> Source:
    found = source_seen_by(request.actor, source)
    if found.engagement_id != engagement:
        raise NotSeen
    return found


@page("GET")
def upload(request: ActorRequest, engagement: UUID, upload: UUID) -> HttpResponse:
    """One file: how far it is read, or what came of it."""
    deal = engagement_seen_by(request.actor, engagement)
    found = _upload_of(request, engagement, upload)
    batch = found.batches.first()
    glyph, state = chip_of(found)
    context = {
        "engagement": deal,
        "upload": found,
        "batch": batch,
        "glyph": glyph,
        "state": state,
        "received": shown_at(found.received_at, deal.zone),
        "size": said_size(found.size_bytes),
        "sentence": upload_sentence(found, batch),
        "lines": report_lines(found.report),
        "may_import": may_import_into(request.actor, engagement),
        **_progress(request, found),
    }
    return shown(request, "records/upload.html", context)


@page("GET")
def upload_progress(request: ActorRequest, engagement: UUID, upload: UUID) -> HttpResponse:
    """The part of the page that is asked for again and again; once all is read, the whole page is."""
    found = _upload_of(request, engagement, upload)
    context = {"upload": found, **_progress(request, found)}
    answer = shown(request, "records/part_progress.html", context)
    if found.is_over:
        answer["HX-Refresh"] = "true"
    return answer


def _progress(request: ActorRequest, found: Upload) -> dict[str, object]:
    progress = progress_of(found, at=request.at)
    return {"progress": progress, "left": said_left(progress.seconds_left)}


def _upload_of(request: ActorRequest, engagement: UUID, upload: UUID) -> Upload:
    found = upload_seen_by(request.actor, upload)
    if found.source.engagement_id != engagement:
        raise NotSeen
    return found


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, batch: UUID) -> HttpResponse:
    """Take a batch back."""
    found = batch_seen_by(request.actor, batch)
    if found.source.engagement_id != engagement:
        raise NotSeen
    withdraw_batch(request.actor, found, at=request.at)
    messages.success(request, f"Batch {found.number} of {found.source.key} is withdrawn.")
    return redirect("records:upload", engagement=engagement, upload=found.upload_id)
