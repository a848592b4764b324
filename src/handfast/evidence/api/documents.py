"""The operations on documents. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import (
    amend_document,
    publish_file,
    publish_version,
    take_in_documents,
    write_document,
)
from handfast.evidence.api.document_schemas import (
    DocumentIn,
    DocumentOut,
    DocumentsAsked,
    DocumentsOut,
    DocumentTextOut,
    DocumentVersionOut,
    NewDocumentIn,
    PublishIn,
    SeveralIn,
    VersionTextOut,
)
from handfast.evidence.files.kept import looked_through, place_for
from handfast.evidence.models import Document, DocumentVersion
from handfast.evidence.permissions import may_change_document, may_write_document
from handfast.evidence.queries.documents import (
    asked_of,
    chosen,
    document_seen_by,
    documents_seen_by,
    space_for_document,
    version_seen_by,
    versions_seen_by,
)
from handfast.evidence.reading.several import checked_several
from handfast.evidence.reading.written import DocumentSaid
from handfast.foundation.files.receiving import receiving
from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
DOCUMENTS = "/engagements/{uuid:engagement}/documents"
DOCUMENT = "/documents/{uuid:document}"
VERSION = f"{DOCUMENT}/versions/{{int:number}}"
# The body is read by our own handler, as OpenAPI says it.
BODY = {
    "type": "object",
    "required": ["file", "summary"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "summary": {"type": "string"},
        "as_seen": {"type": "string"},
    },
}
TAKES = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": BODY}}}}


@router.get(DOCUMENTS, response=DocumentsOut)
def documents(request: ActorRequest, engagement: UUID, asked: Query[DocumentsAsked]) -> dict[str, Any]:
    """The documents that the caller sees, filtered, the last changed first, without their texts."""
    deal = engagement_seen_by(request.actor, engagement)
    given = asked_of(asked.dict(exclude={"limit", "offset"}))
    rows = chosen(documents_seen_by(request.actor, deal.pk), given).defer("text")
    part = rows[asked.offset : asked.offset + asked.limit]
    return {"count": rows.count(), "documents": [_told(one) for one in part]}


@router.post(DOCUMENTS, response={201: DocumentTextOut})
def post_document(request: ActorRequest, engagement: UUID, given: NewDocumentIn) -> Status[dict[str, Any]]:
    """Begin a document with its draft; in `own` the own side alone sees it, for ever."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("document written: your role does not include it")
    space = space_for_document(request.actor, deal, given.audience)
    made = write_document(request.actor, space, said=_said(given), at=request.at)
    return Status(201, _with_text(made))


@router.post(f"{DOCUMENTS}/several", response={201: list[DocumentOut]})
def post_documents(request: ActorRequest, engagement: UUID, given: SeveralIn) -> Status[list[dict[str, Any]]]:
    """Take in several at once: all of them, or none."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("documents taken in: your role does not include it")
    found = checked_several([DocumentSaid(one.title, given.kind, one.text) for one in given.documents])
    space = space_for_document(request.actor, deal, given.audience)
    made = take_in_documents(
        request.actor, space, documents=found, is_published=given.is_published, at=request.at
    )
    return Status(201, [_told(one) for one in made])


@router.get(DOCUMENT, response=DocumentTextOut)
def show_document(request: ActorRequest, document: UUID) -> dict[str, Any]:
    """A document with its draft."""
    return _with_text(document_seen_by(request.actor, document))


@router.put(DOCUMENT, response=DocumentTextOut)
def put_document(request: ActorRequest, document: UUID, given: DocumentIn) -> dict[str, Any]:
    """Let its draft say what is sent; its versions stay."""
    found = document_seen_by(request.actor, document)
    return _with_text(
        amend_document(request.actor, found, said=_said(given), at=request.at, as_seen=given.as_seen)
    )


@router.get(f"{DOCUMENT}/versions", response=list[DocumentVersionOut])
def versions(request: ActorRequest, document: UUID) -> list[dict[str, Any]]:
    """Its versions without their texts, the newest first."""
    found = document_seen_by(request.actor, document)
    return [_version(one) for one in versions_seen_by(request.actor, found)]


@router.post(f"{DOCUMENT}/versions", response={201: DocumentVersionOut})
def post_version(request: ActorRequest, document: UUID, given: PublishIn) -> Status[dict[str, Any]]:
    """Freeze what the draft says as the next version."""
    found = document_seen_by(request.actor, document)
    done = publish_version(request.actor, found, summary=given.summary, at=request.at, as_seen=given.as_seen)
    return Status(201, _version(version_seen_by(request.actor, done, done.last_number)))


@router.post(f"{DOCUMENT}/versions/file", response={201: DocumentVersionOut}, openapi_extra=TAKES)
def post_version_file(request: ActorRequest, document: UUID) -> Status[dict[str, Any]]:
    """Freeze a file as the next version; the draft stays as it is."""
    found = document_seen_by(request.actor, document)
    if not may_change_document(request.actor, found):
        raise NotPermitted("document published: your role does not include it")
    with receiving(request, found.space_id, place_for(1)) as one:
        summary, as_seen = request.POST.get("summary", ""), request.POST.get("as_seen") or None
        if not one.files:
            raise FieldsRefused("no file was sent: send it as `file`", [("file", "send one")])
        with looked_through(one.files[0], found.space_id) as file:
            done = publish_file(
                request.actor, found, file=file, summary=summary, at=request.at, as_seen=as_seen
            )
    return Status(201, _version(version_seen_by(request.actor, done, done.last_number)))


@router.get(VERSION, response=VersionTextOut)
def show_version(request: ActorRequest, document: UUID, number: int) -> dict[str, Any]:
    """A version with its text."""
    found = version_seen_by(request.actor, document_seen_by(request.actor, document), number)
    return _version(found) | {"text": found.text}


@router.get(f"{VERSION}/text")
def version_text(request: ActorRequest, document: UUID, number: int) -> HttpResponse:
    """The text of the version, as it was published: its SHA-256 is `content_sha256`. A file has none."""
    found = version_seen_by(request.actor, document_seen_by(request.actor, document), number)
    if found.is_file:
        raise NotSeen
    return HttpResponse(found.text.encode(), content_type="text/markdown; charset=utf-8")


def _said(given: DocumentIn) -> DocumentSaid:
    return DocumentSaid(given.title, given.kind, given.text, given.owner_id)


def _told(one: Document) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "number": one.number, "is_internal": one.is_internal, "title": one.title,
        "kind": one.kind, "owner_id": one.owner_id, "last_number": one.last_number, "is_changed": one.is_changed,
        "seen_as": one.seen_as, "changed_at": one.changed_at, "changed_by_id": one.changed_by_id,
    }  # fmt: skip


def _with_text(one: Document) -> dict[str, Any]:
    return _told(one) | {"text": one.text}


def _version(one: DocumentVersion) -> dict[str, Any]:
    return {
        "id": one.pk, "document_id": one.document_id, "number": one.number, "title": one.title, "file": one.file,
        "digest_form": one.digest_form, "content_sha256": one.content_digest, "sha256": one.sha256, "summary": one.summary, "published_at": one.published_at, "published_by_id": one.published_by_id,
    }  # fmt: skip
