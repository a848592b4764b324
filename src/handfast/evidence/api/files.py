"""The operations on files beside things. Annotations are values here: ninja reads them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import FileResponse
from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import attach_file, withdraw_file
from handfast.evidence.api.schemas import FileOut, FilesAsked, FilesOut
from handfast.evidence.files.answering import download_of
from handfast.evidence.files.kept import looked_through, place_for
from handfast.evidence.models import File
from handfast.evidence.permissions import may_attach_file
from handfast.evidence.queries.files import file_seen_by, files_seen_by
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.foundation.files.receiving import receiving
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
FILES = "/engagements/{uuid:engagement}/{about}/{uuid:item}/files"
FILE = "/files/{uuid:file}"
# The body is read by our own handler, as OpenAPI says it.
BODY = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "audience": {"type": "string", "enum": ["own", "shared"], "default": "own"},
        "sent_as": {"type": "string", "format": "uuid"},
    },
}
TAKES = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": BODY}}}}


@router.get(FILES, response=FilesOut)
def files(
    request: ActorRequest, engagement: UUID, about: str, item: UUID, asked: Query[FilesAsked]
) -> dict[str, Any]:
    """What is kept beside a thing of the engagement, as far as the caller sees it, the newest first."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = files_seen_by(request.actor, thing_seen_by(request.actor, deal.pk, about, item))
    return {"files": _told(list(rows[asked.offset : asked.offset + asked.limit])), "count": rows.count()}


@router.post(FILES, response={201: FileOut}, openapi_extra=TAKES)
def post_file(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> Status[dict[str, Any]]:
    """Attach one file to a thing, for whoever sees it or for the own side alone."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_attach_file(request.actor, thing.space):
        raise NotPermitted("file attached: your role does not include it")
    with receiving(request, thing.space.pk, place_for(1)) as one:
        audience, sent_as = request.POST.get("audience", "own"), _form_of(request.POST.get("sent_as", ""))
        if not one.files:
            raise FieldsRefused("no file was sent: send it as `file`", [("file", "send one")])
        space = space_for(request.actor, thing, audience)
        with looked_through(one.files[0], space.pk) as file:
            made = attach_file(request.actor, space, thing=thing, file=file, sent_as=sent_as, at=request.at)
    return Status(201, _told([made])[0])


@router.get(FILE, response=FileOut)
def show_file(request: ActorRequest, file: UUID) -> dict[str, Any]:
    return _told([file_seen_by(request.actor, file)])[0]


@router.get(f"{FILE}/content", response=bytes)
def show_content(request: ActorRequest, file: UUID) -> FileResponse:
    """The bytes as they were attached."""
    return download_of(file_seen_by(request.actor, file))


@router.post(f"{FILE}/withdrawal", response=FileOut)
def post_file_withdrawal(request: ActorRequest, file: UUID) -> dict[str, Any]:
    """Take back what one attached: its bytes are gone, its place stays."""
    found = file_seen_by(request.actor, file)
    return _told([withdraw_file(request.actor, found, at=request.at)])[0]


def _form_of(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise FieldsRefused("sent_as is no id", [("sent_as", "a UUID, or nothing")]) from None


def _told(files: Sequence[File]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk, "about": one.about_kind, "about_id": one.about_id, "is_internal": one.is_internal,
            "file_name": one.file_name, "kind": one.kind, "size_bytes": one.size_bytes, "sha256": one.sha256,
            "attached_at": one.attached_at, "attached_by_id": one.attached_by_id, "withdrawn_at": one.withdrawn_at,
        }
        for one in files
    ]  # fmt: skip
