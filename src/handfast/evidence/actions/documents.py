"""Write a document, amend its draft, and publish what it says as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.evidence.models import Document, DocumentVersion
from handfast.evidence.permissions import may_change_document, may_write_document
from handfast.evidence.queries.documents import check_owner, next_number
from handfast.evidence.reading.written import checked_document, checked_summary, digest_of
from handfast.evidence.refusals import DocumentRefused, DocumentUnchanged
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.reading.written import DocumentSaid
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@action(permits=may_write_document, records="document.written")
def write_document(actor: Actor, space: Space, /, *, said: DocumentSaid, at: datetime) -> Document:
    """Begin a document with its draft. Raises DocumentRefused.

    The space is locked, so that two who begin at once get numbers in turn.
    """
    tidy = checked_document(said)
    check_owner(tidy.owner_id, space)
    made: Document = Document.objects.create(
        space=space, engagement=Engagement.objects.get(pk=space.engagement_id), number=next_number(space), kind=tidy.kind,
        title=tidy.title, owner_id=tidy.owner_id, text=tidy.text, created_at=at, created_by_id=actor.person,
        changed_at=at, changed_by_id=actor.person,
    )  # fmt: skip
    return made


@action(permits=may_change_document, records="document.amended")
def amend_document(
    actor: Actor, document: Document, /, *, said: DocumentSaid, at: datetime, as_seen: str | None = None
) -> Document:
    """Let the draft say something else; its versions stay. Raises DocumentRefused, DocumentUnchanged, Conflict."""
    tidy = checked_document(said)
    before = (document.title, document.kind, document.text, document.owner_id)
    if (tidy.title, tidy.kind, tidy.text, tidy.owner_id) == before:
        raise DocumentUnchanged(f"{document.name} says that already: change something first")
    if tidy.owner_id != document.owner_id:
        check_owner(tidy.owner_id, document.space)
    document.title, document.kind, document.text, document.owner_id = (
        tidy.title, tidy.kind, tidy.text, tidy.owner_id,
    )  # fmt: skip
    last = DocumentVersion.objects.filter(document=document, number=document.last_number).first()
    document.is_changed = last is None or (last.title, last.text) != (tidy.title, tidy.text)
    document.version += 1
    document.changed_at, document.changed_by_id = at, actor.person
    document.save(
        update_fields=["title", "kind", "text", "owner_id", "is_changed", "version", "changed_at", "changed_by_id"]
    )  # fmt: skip
    return document


@action(permits=may_change_document, records="document.published")
def publish_version(
    actor: Actor, document: Document, /, *, summary: str, at: datetime, as_seen: str | None = None
) -> Document:
    """Freeze what the draft says as the next version. Raises DocumentRefused, DocumentUnchanged, Conflict.

    The document is locked: of two who publish the same draft at once, the second finds it published.
    """
    told = checked_summary(summary)
    if not document.text:
        raise DocumentRefused(
            "no version is published: text: write something first", [("text", "write something first")]
        )
    if not document.is_changed:
        raise DocumentUnchanged(f"version {document.last_number} of {document.name} says that already")
    document.last_number += 1
    document.is_changed = False
    document.version += 1
    document.changed_at, document.changed_by_id = at, actor.person
    document.save(update_fields=["last_number", "is_changed", "version", "changed_at", "changed_by_id"])
    DocumentVersion.objects.create(
        space_id=document.space_id, document=document, number=document.last_number, title=document.title,
        text=document.text, sha256=digest_of(document.text), summary=told, published_at=at, published_by_id=actor.person,
    )  # fmt: skip
    return document
