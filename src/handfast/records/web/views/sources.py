"""Sources and their mappings: from a preset to the columns of one's own export."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.files.staged import path_of
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.kernel.refusal import Refusal
from handfast.records.actions import add_source, amend_mapping
from handfast.records.models import Source
from handfast.records.permissions import may_import_into
from handfast.records.queries import batches_of, source_seen_by, sources_seen_by
from handfast.records.reading.files import FileRefused
from handfast.records.reading.mappings import checked, is_read_alike, mapping_from_preset
from handfast.records.reading.preview import first_rows
from handfast.records.reading.staff import staff_columns_of
from handfast.records.web.forms import MappingForm, SourceForm

OK = 200
HEADS = ("Source", "Key", "What a row is", "Batches that stand", "Last stamp")


@page("GET")
def sources(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The tools whose exports come in."""
    deal = engagement_seen_by(request.actor, engagement)
    context = {
        "engagement": deal,
        "rows": list(_rows(request, engagement)),
        "may_import": may_import_into(request.actor, engagement),
        **export_urls("records:sources_export", engagement),
    }
    return shown(request, "records/sources.html", context)


@page("GET")
def sources_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The sources as CSV or XLSX."""
    engagement_seen_by(request.actor, engagement)
    rows = (
        (one.name, one.key, one.get_kind_display(), one.batches_standing, one.last_stamp_at)
        for one in _rows(request, engagement)
    )
    return exported(request, form, "sources", HEADS, rows)


def _rows(request: ActorRequest, engagement: UUID) -> QuerySet[Any]:
    """The sources, each with how many batches of it stand, and until when they tell."""
    stands = Q(batches__withdrawn_at__isnull=True)
    return sources_seen_by(request.actor, engagement).annotate(
        batches_standing=Count("batches", filter=stands),
        last_stamp_at=Max("batches__last_stamp_at", filter=stands),
    )


@page("GET", "POST")
def add(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A new source begins as a preset; its mapping is confirmed on the next page."""
    deal = engagement_seen_by(request.actor, engagement)
    form = SourceForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        source = add_source(
            request.actor, deal, key=key, name=form.cleaned_data["name"],
            mapping=mapping_from_preset(form.cleaned_data["preset"], key), at=request.at,
        )  # fmt: skip
        return redirect("records:mapping", engagement=engagement, source=source.pk)
    context = {"engagement": deal, "form": form, "may_import": may_import_into(request.actor, engagement)}
    return shown(request, "records/source_new.html", context, status=422 if form.errors else OK)


# The token stands in the body, and the body is read only once it is known where its file goes: see `_write`.
@csrf_exempt
@page("GET", "POST")
def mapping(request: ActorRequest, engagement: UUID, source: UUID) -> HttpResponse:
    """The mapping as text: checked, tried on the first rows of a file, and saved."""
    found = _source_of(request, engagement, source)
    if request.method == "POST":
        if not may_import_into(request.actor, engagement):
            raise NotPermitted("source mapping amended: your role does not include it")
        with receiving(request, found.space_id) as one:
            return _write(request, found, one)
    return _shown(request, found, MappingForm.of(found), {})


@csrf_protect
def _write(request: ActorRequest, source: Source, one: Receiving) -> HttpResponse:
    form = MappingForm(request.POST)
    if not form.is_valid():
        return _shown(request, source, form, {}, status=422)
    text = form.cleaned_data["mapping"].replace("\r\n", "\n")
    try:
        if "save" not in request.POST:
            return _shown(request, source, form, _tried(request, source, text, one))
        amend_mapping(
            request.actor, source, name=form.cleaned_data["name"], mapping=text, at=request.at,
            as_seen=form.cleaned_data["as_seen"],
        )  # fmt: skip
    except Conflict as refusal:
        fresh = source_seen_by(request.actor, source.pk)
        both = {"conflict": refusal, "theirs": fresh.mapping}
        # Saved once more, after theirs was seen, it is no conflict.
        again = MappingForm({**form.cleaned_data, "as_seen": fresh.seen_as})
        return _shown(request, fresh, again, both, status=status_of(refusal))
    except (Refusal, FileRefused) as refusal:
        said = {"code": refusal.code, "said": str(refusal).splitlines()}
        status = status_of(refusal) if isinstance(refusal, Refusal) else 422
        return _shown(request, source, form, {"refused": said}, status=status)
    messages.success(
        request, f"The mapping of {source.key} is saved. It reads the files that come from now on."
    )
    return redirect("records:mapping", engagement=source.engagement_id, source=source.pk)


def _tried(request: ActorRequest, source: Source, text: str, one: Receiving) -> dict[str, Any]:
    """The mapping checked, and where a file was sent with it, tried on the file's first rows."""
    tried: dict[str, Any] = {"checked": checked(text, source.key)}
    if request.FILES:
        staged = one.staged
        path = path_of(source.space_id, staged.name)
        tried["preview"] = first_rows(
            path, file_name=staged.file_name, mapping=text, key=source.key, at=request.at
        )
        tried["file_name"] = staged.file_name
    return tried


def _shown(
    request: ActorRequest, source: Source, form: MappingForm, more: dict[str, Any], *, status: int = OK
) -> HttpResponse:
    batches = batches_of(source)
    staff = set(staff_columns_of(source.mapping, source.key))
    unlike = [batch for batch in batches if not is_read_alike(batch.mapping, source.mapping, source.key)]
    context = {
        "engagement": engagement_seen_by(request.actor, source.engagement_id),
        "source": source,
        "form": form,
        "stand": len(batches),
        "unlike": len(unlike),
        "staff": staff,
        "named": len([one for one in batches if not staff <= set(staff_columns_of(one.mapping, source.key))]),
        "may_import": may_import_into(request.actor, source.engagement_id),
        **more,
    }
    return shown(request, "records/mapping.html", context, status=status)


def _source_of(request: ActorRequest, engagement: UUID, source: UUID) -> Source:
    found = source_seen_by(request.actor, source)
    if found.engagement_id != engagement:
        raise NotSeen
    return found
