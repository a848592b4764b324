"""Documents for the tests, written by the verbs only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from tests.evidence.keeping import WORD
from tests.governance.kept import AT

from handfast.evidence.actions import (
    amend_document,
    ask_sign_off,
    publish_file,
    publish_version,
    sign_version,
    write_document,
)
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.documents import document_seen_by, space_for_document, version_seen_by
from handfast.evidence.queries.signing import signatures_seen_by
from handfast.evidence.reading.asked import SignOffSaid
from handfast.evidence.reading.written import DocumentSaid
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from tests.factories.cast import Cast

    from handfast.evidence.models import Document, DocumentVersion, Signature, SignOff
    from handfast.people.models import Person

DELIVERY = ("provider", "delivery-manager")
TEXT = "# Refunds\n\nThe agent reads the order.\n\n## Above 50 CAD\n\nThe team leader decides.\n"


def drafted(  # noqa: PLR0913 - what a test may say of a document
    cast: Cast, by: Person, text: str = TEXT, *, title: str = "Refunds", is_own: bool = False, owner: UUID | None = None
) -> Document:  # fmt: skip
    actor = cast.actor(by)
    with entered(actor.reach):
        space = space_for_document(actor, cast.engagement, "own" if is_own else "shared")
    return write_document(actor, space, said=DocumentSaid(title, "procedure", text, owner), at=AT)


def amended(cast: Cast, by: Person, document: Document, text: str) -> Document:
    now = seen(cast, by, document)
    said = DocumentSaid(now.title, now.kind, text, now.owner_id)
    return amend_document(cast.actor(by), now, said=said, at=AT + timedelta(minutes=now.version))


def published(cast: Cast, by: Person, document: Document, text: str = "", summary: str = "New") -> Document:
    """Its next version, of this text where there is one."""
    if text:
        document = amended(cast, by, document, text)
    return publish_version(
        cast.actor(by), document, summary=summary, at=AT + timedelta(minutes=document.version)
    )


def seen(cast: Cast, by: Person, document: Document) -> Document:
    actor = cast.actor(by)
    with entered(actor.reach):
        return document_seen_by(actor, document.pk)


def url_of(name: str, document: Document, *more: object) -> str:
    return reverse(f"evidence:{name}", args=[document.engagement_id, document.pk, *more])


def asked_to_sign(
    cast: Cast, by: Person, document: Document, *roles: tuple[str, str], number: int = 0, due_on: date | None = None
) -> SignOff:  # fmt: skip
    actor = cast.actor(by)
    with entered(actor.reach):
        version = version_seen_by(actor, document, number or document.last_number)
    return ask_sign_off(
        actor, version, said=SignOffSaid(roles or (DELIVERY,), due_on), at=AT + timedelta(hours=1)
    )


def signatures(cast: Cast, by: Person, document: Document) -> list[Signature]:
    actor = cast.actor(by)
    with entered(actor.reach):
        return list(signatures_seen_by(actor, document.pk))


def signed(cast: Cast, by: Person, signature: Signature, sha256: str = "") -> Signature:
    digest = sha256 or signature.document_version.sha256
    return sign_version(cast.actor(by), signature, sha256=digest, at=AT + timedelta(hours=2))


def published_file(  # noqa: PLR0913 - what a test may say of a file
    cast: Cast, by: Person, document: Document, content: bytes = WORD, name: str = "Operating procedure refunds.docx", *,
    summary: str = "As a file", as_seen: str | None = None,
) -> Document:  # fmt: skip
    """Its next version, which is this file."""
    at = AT + timedelta(minutes=document.version)
    with (
        staged_in(incoming(), [content], name) as (_, staged),
        looked_through(staged, document.space_id) as file,
    ):
        return publish_file(cast.actor(by), document, file=file, summary=summary, at=at, as_seen=as_seen)


def version(cast: Cast, by: Person, document: Document, number: int) -> DocumentVersion:
    actor = cast.actor(by)
    with entered(actor.reach):
        return version_seen_by(actor, document, number)
