"""The operations on passages of documents. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.evidence.actions import comment_on_passage, settle_passage
from handfast.evidence.api.schemas import CommentIn
from handfast.evidence.models import Passage
from handfast.evidence.permissions import may_comment
from handfast.evidence.queries.documents import document_seen_by, thing_of, version_seen_by
from handfast.evidence.queries.passages import passage_seen_by, passages_seen_by
from handfast.evidence.queries.things import space_for
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
DOCUMENT = "/documents/{uuid:document}"


class PassageOut(Schema):
    """A passage that is spoken about; its comments are those of the thing `passage` with this id."""

    id: UUID
    document_id: UUID
    version: int
    number: int
    text: str
    is_internal: bool
    is_resolved: bool


class SettleIn(Schema):
    """Whether what was said about it is done."""

    is_resolved: bool = True


@router.get(f"{DOCUMENT}/passages", response=list[PassageOut])
def passages(request: ActorRequest, document: UUID) -> list[dict[str, Any]]:
    """The passages of a document that somebody spoke about, the earliest first."""
    found = document_seen_by(request.actor, document)
    return [_told(one) for one in passages_seen_by(request.actor, found)]


@router.post(f"{DOCUMENT}/versions/{{int:number}}/passages/{{int:place}}", response={201: PassageOut})
def post_passage(
    request: ActorRequest, document: UUID, number: int, place: int, given: CommentIn
) -> Status[dict[str, Any]]:
    """Say something about the passage of this number, to whoever sees the document or to the own side alone."""
    found = document_seen_by(request.actor, document)
    version = version_seen_by(request.actor, found, number)
    if not may_comment(request.actor, found.space):
        raise NotPermitted("comment written: your role does not include it")
    space = space_for(request.actor, thing_of(found), given.audience)
    said = CommentSaid(given.text, given.tells, given.sent_as)
    made = comment_on_passage(request.actor, space, version=version, number=place, said=said, at=request.at)
    return Status(201, _told(passage_seen_by(request.actor, made.pk)))


@router.post("/passages/{uuid:passage}/resolution", response=PassageOut)
def post_resolution(request: ActorRequest, passage: UUID, given: SettleIn) -> dict[str, Any]:
    """Say that it is resolved, or open again."""
    found = passage_seen_by(request.actor, passage)
    settle_passage(request.actor, found, is_resolved=given.is_resolved, at=request.at)
    return _told(passage_seen_by(request.actor, passage))


def _told(one: Passage) -> dict[str, Any]:
    return {
        "id": one.pk, "document_id": one.document_id, "version": one.document_version.number, "number": one.number,
        "text": one.text, "is_internal": one.is_internal, "is_resolved": one.resolved_at is not None,
    }  # fmt: skip
