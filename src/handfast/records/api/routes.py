"""The operations of records: every query and action of the room. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.pagination import paginate

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.api.bounds import BoundedPagination
from handfast.foundation.files.receiving import receiving
from handfast.foundation.files.staged import path_of
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.kernel.records.discovery import ProcessMap
from handfast.records.actions import add_source, amend_mapping, receive_upload, withdraw_batch
from handfast.records.api.schemas import (
    BatchOut,
    MappingIn,
    MappingOut,
    MappingTextIn,
    NamesIn,
    PresetOut,
    PreviewOut,
    ProcessMapOut,
    ProgressOut,
    ReadOut,
    SourceIn,
    SourceOut,
    StaffNumberOut,
    UploadOut,
)
from handfast.records.models import Batch, Source, Upload
from handfast.records.permissions import may_import_into
from handfast.records.queries import (
    Progress,
    batch_seen_by,
    batches_seen_by,
    process_map_of,
    progress_of,
    source_seen_by,
    sources_seen_by,
    staff_numbers,
    upload_seen_by,
    uploads_seen_by,
)
from handfast.records.reading.files import FileRefused
from handfast.records.reading.mappings import CheckedMapping, Preset, checked, mapping_from_preset, presets
from handfast.records.reading.preview import Preview, first_rows

router = Router(tags=["records"])


def _multipart(**fields: Any) -> dict[str, Any]:
    """A body that is read by our own handler, as OpenAPI says it."""
    file = {"type": "string", "format": "binary"}
    form = {"type": "object", "required": ["file"], "properties": {"file": file, **fields}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}}}


@router.get("/presets", response=list[PresetOut])
def list_presets(request: HttpRequest) -> list[Preset]:  # noqa: ARG001 - ninja passes it by this name
    return presets()


@router.get("/presets/{name}", response=MappingOut)
def show_preset(request: HttpRequest, name: str, key: str) -> dict[str, str]:  # noqa: ARG001 - as above
    return {"mapping": mapping_from_preset(name, key)}


@router.get("/engagements/{uuid:engagement}/sources", response=list[SourceOut])
def list_sources(request: ActorRequest, engagement: UUID) -> list[Source]:
    engagement_seen_by(request.actor, engagement)
    return list(sources_seen_by(request.actor, engagement))


@router.post("/engagements/{uuid:engagement}/sources", response={201: SourceOut})
def post_source(request: ActorRequest, engagement: UUID, given: SourceIn) -> Status[Source]:
    deal = engagement_seen_by(request.actor, engagement)
    source = add_source(
        request.actor, deal, key=given.key, name=given.name, mapping=given.mapping, at=request.at
    )
    return Status(201, source)


@router.post("/engagements/{uuid:engagement}/staff-numbers", response=list[StaffNumberOut])
def ask_staff_numbers(request: ActorRequest, engagement: UUID, given: NamesIn) -> list[dict[str, str]]:
    """Which number stands for whom: asked by the provider, in the body because addresses are kept in logs. Nothing is kept."""
    deal = engagement_seen_by(request.actor, engagement)
    found = staff_numbers(request.actor, deal, given.names)
    return [{"name": name, "number": number} for name, number in found]


@router.get("/sources/{uuid:source}", response=SourceOut)
def show_source(request: ActorRequest, source: UUID) -> Source:
    return source_seen_by(request.actor, source)


@router.get("/sources/{uuid:source}/process-map", response=ProcessMapOut | None)
def show_process_map(request: ActorRequest, source: UUID) -> ProcessMap | None:
    """Activities, what directly follows what, and the most frequent ways; null where no events stand."""
    return process_map_of(source_seen_by(request.actor, source))


@router.put("/sources/{uuid:source}/mapping", response=SourceOut)
def put_mapping(request: ActorRequest, source: UUID, given: MappingIn) -> Source:
    found = source_seen_by(request.actor, source)
    return amend_mapping(
        request.actor, found, name=given.name, mapping=given.mapping, at=request.at, as_seen=given.as_seen
    )


@router.post("/sources/{uuid:source}/mapping/check", response=ReadOut)
def check_mapping(request: ActorRequest, source: UUID, given: MappingTextIn) -> CheckedMapping:
    return checked(given.mapping, source_seen_by(request.actor, source).key)


@router.post(
    "/sources/{uuid:source}/preview",
    response=PreviewOut,
    openapi_extra=_multipart(mapping={"type": "string"}),
)
def preview_file(request: ActorRequest, source: UUID) -> Preview:
    """The first rows of a file; `mapping` is tried instead of the source's own. Nothing is kept."""
    found = source_seen_by(request.actor, source)
    _must_import(request, found)
    with receiving(request, found.space_id) as one:
        mapping = request.POST.get("mapping") or found.mapping
        staged = one.staged
        path = path_of(found.space_id, staged.name)
        try:
            return first_rows(path, file_name=staged.file_name, mapping=mapping, key=found.key, at=request.at)
        except FileRefused as refused:
            raise FieldsRefused(refused.said, [("file", refused.code)]) from refused


@router.post(
    "/sources/{uuid:source}/uploads",
    response={202: UploadOut},
    openapi_extra=_multipart(is_dry_run={"type": "string", "enum": ["true", "false"]}),
)
def post_upload(request: ActorRequest, source: UUID) -> Status[Upload]:
    """Send one file; it is read by the worker, see its progress. With `is_dry_run` nothing is kept."""
    found = source_seen_by(request.actor, source)
    _must_import(request, found)
    with receiving(request, found.space_id) as one:
        is_dry_run = request.POST.get("is_dry_run", "false") == "true"
        upload = receive_upload(request.actor, found, staged=one.staged, is_dry_run=is_dry_run, at=request.at)
        one.keep()
    return Status(202, upload)


def _must_import(request: ActorRequest, source: Source) -> None:
    """Before a body is taken in: who may not import needs no room here."""
    if not may_import_into(request.actor, source.engagement_id):
        raise NotPermitted("upload received: your role does not include it")


@router.get("/engagements/{uuid:engagement}/uploads", response=list[UploadOut])
@paginate(BoundedPagination)
def list_uploads(request: ActorRequest, engagement: UUID) -> Any:
    engagement_seen_by(request.actor, engagement)
    return uploads_seen_by(request.actor, engagement)


@router.get("/uploads/{uuid:upload}", response=UploadOut)
def show_upload(request: ActorRequest, upload: UUID) -> Upload:
    return upload_seen_by(request.actor, upload)


@router.get("/uploads/{uuid:upload}/progress", response=ProgressOut)
def show_progress(request: ActorRequest, upload: UUID) -> Progress:
    return progress_of(upload_seen_by(request.actor, upload), at=request.at)


@router.get("/engagements/{uuid:engagement}/batches", response=list[BatchOut])
@paginate(BoundedPagination)
def list_batches(request: ActorRequest, engagement: UUID) -> Any:
    """All batches in the order in which they stand, withdrawn ones too."""
    engagement_seen_by(request.actor, engagement)
    return batches_seen_by(request.actor, engagement)


@router.get("/batches/{uuid:batch}", response=BatchOut)
def show_batch(request: ActorRequest, batch: UUID) -> Batch:
    return batch_seen_by(request.actor, batch)


@router.post("/batches/{uuid:batch}/withdraw", response=BatchOut)
def post_withdraw(request: ActorRequest, batch: UUID) -> Batch:
    return withdraw_batch(request.actor, batch_seen_by(request.actor, batch), at=request.at)
