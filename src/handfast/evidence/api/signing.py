"""The operations on signatures and comparisons. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import ask_sign_off, decline_signature, sign_version, withdraw_sign_off
from handfast.evidence.api.signing_schemas import (
    ComparedAsked,
    DeclineSignatureIn,
    DocumentComparedOut,
    GiveSignatureIn,
    OutcomeOut,
    SignatureOut,
    SignOffIn,
    SignTogetherIn,
)
from handfast.evidence.models import Signature
from handfast.evidence.permissions import may_write_document
from handfast.evidence.queries.comparing import Said, asked_pair
from handfast.evidence.queries.documents import document_seen_by, version_seen_by
from handfast.evidence.queries.signing import sign_off_seen_by, signature_seen_by, signatures_seen_by, to_sign
from handfast.evidence.queries.together import signed_of_each
from handfast.evidence.reading.asked import SignOffSaid
from handfast.evidence.reading.comparing import compared
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
DOCUMENT = "/documents/{uuid:document}"
SIGNATURE = "/signatures/{uuid:signature}"
WAITING = "/engagements/{uuid:engagement}/signatures"


@router.get(f"{DOCUMENT}/comparison", response=DocumentComparedOut)
def comparison(request: ActorRequest, document: UUID, asked: Query[ComparedAsked]) -> dict[str, Any]:
    """What `after` says otherwise than `before`: numbers of versions, 0 for the draft; by default the last change."""
    found = document_seen_by(request.actor, document)
    before, after = asked_pair(request.actor, found, asked.before, asked.after)
    is_comparable = not (before.is_file or after.is_file)
    told = compared(before.text, after.text) if is_comparable else compared("", "")
    parts = [
        {"kind": one.kind, "pieces": [{"kind": piece.kind, "text": piece.text} for piece in one.pieces]}
        for stretch in told.stretches
        for one in stretch.parts
    ]
    return {
        "before": before.number, "after": after.number, "is_comparable": is_comparable,
        "contents": [_content(before), _content(after)], "added": told.added, "removed": told.removed,
        "changed": told.changed, "parts": parts,
    }  # fmt: skip


@router.get(f"{DOCUMENT}/signatures", response=list[SignatureOut])
def signatures(request: ActorRequest, document: UUID) -> list[dict[str, Any]]:
    """All that was asked of a document, of the newest version first."""
    found = document_seen_by(request.actor, document)
    return [_told(one) for one in signatures_seen_by(request.actor, found.pk)]


@router.post(f"{DOCUMENT}/versions/{{int:number}}/sign-offs", response={201: list[SignatureOut]})
def post_sign_off(
    request: ActorRequest, document: UUID, number: int, given: SignOffIn
) -> Status[list[dict[str, Any]]]:
    """Ask roles to sign a version; each is told with its side."""
    version = version_seen_by(request.actor, document_seen_by(request.actor, document), number)
    said = SignOffSaid(tuple((one.side, one.role) for one in given.signers), given.due_on)
    made = ask_sign_off(request.actor, version, said=said, at=request.at)
    asked = signatures_seen_by(request.actor, document).filter(sign_off=made)
    return Status(201, [_told(one) for one in asked])


@router.post("/sign-offs/{uuid:sign_off}/withdrawal", response={204: None})
def post_withdrawal(request: ActorRequest, sign_off: UUID) -> Status[None]:
    """Ask no longer whoever has not answered."""
    withdraw_sign_off(request.actor, sign_off_seen_by(request.actor, sign_off), at=request.at)
    return Status(204, None)


@router.get(WAITING, response=list[SignatureOut])
def waiting(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """What waits for the caller's own signature, the nearest day first."""
    deal = engagement_seen_by(request.actor, engagement)
    return [_told(one) for one in to_sign(request.actor, deal.pk)]


@router.post(WAITING, response=list[OutcomeOut])
def post_together(request: ActorRequest, engagement: UUID, given: SignTogetherIn) -> list[dict[str, Any]]:
    """Sign several, each over its own digest: one that is refused holds up no other."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("signature given: your role does not include it")
    digests = {one.id: one.sha256 for one in given.signatures}
    rows = [one for one in to_sign(request.actor, deal.pk) if one.pk in digests]

    def sign(one: Signature) -> None:
        sign_version(request.actor, one, sha256=digests[one.pk], at=request.at)

    return [
        {"id": one.signature.pk, "is_signed": not one.why, "code": one.code, "why": one.why}
        for one in signed_of_each(rows, sign)
    ]


@router.get(SIGNATURE, response=SignatureOut)
def show_signature(request: ActorRequest, signature: UUID) -> dict[str, Any]:
    """One role's signature, asked or answered."""
    return _told(signature_seen_by(request.actor, signature))


@router.post(f"{SIGNATURE}/signing", response=SignatureOut)
def post_signing(request: ActorRequest, signature: UUID, given: GiveSignatureIn) -> dict[str, Any]:
    """Sign the text with this digest, for the role."""
    found = signature_seen_by(request.actor, signature)
    return _told(sign_version(request.actor, found, sha256=given.sha256, at=request.at))


@router.post(f"{SIGNATURE}/refusal", response=SignatureOut)
def post_refusal(request: ActorRequest, signature: UUID, given: DeclineSignatureIn) -> dict[str, Any]:
    """Say why the role does not sign."""
    found = signature_seen_by(request.actor, signature)
    return _told(decline_signature(request.actor, found, reason=given.reason, at=request.at))


def _content(one: Said) -> dict[str, Any]:
    version = one.version
    size = version.file.size_bytes if version and version.file else len(one.text.encode())
    return {
        "number": one.number, "is_file": one.is_file, "size_bytes": size,
        "sha256": version.sha256 if version else "", "content_sha256": version.content_digest if version else "",
    }  # fmt: skip


def _told(one: Signature) -> dict[str, Any]:
    return {
        "id": one.pk, "sign_off_id": one.sign_off_id, "document_id": one.document_version.document_id,
        "number": one.document_version.number, "version_sha256": one.document_version.sha256, "side": one.side,
        "role": one.role, "state": one.state, "sha256": one.sha256, "reason": one.reason,
        "due_on": one.sign_off.due_on, "answered_at": one.answered_at, "answered_by_id": one.answered_by_id,
        "answered_for_id": one.answered_for_id,
    }  # fmt: skip
