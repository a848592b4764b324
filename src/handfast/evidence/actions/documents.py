"""Write a document, amend its draft, and publish what it says, or a file, as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.engagement.models import Engagement
from handfast.evidence.actions.files import keep_file, lock_account
from handfast.evidence.models import Document, DocumentVersion
from handfast.evidence.permissions import may_change_document, may_write_document
from handfast.evidence.queries.documents import KIND, check_owner, is_newest_a_file, is_otherwise, next_number
from handfast.evidence.reading.digests import text_digest, version_digest
from handfast.evidence.reading.written import checked_document, checked_summary
from handfast.evidence.refusals import DocumentRefused, DocumentUnchanged
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.files.kept import KeptFile
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
    document.is_changed = is_otherwise(document)
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
    if not document.is_changed and not is_newest_a_file(document):
        raise DocumentUnchanged(f"version {document.last_number} of {document.name} says that already")
    content = text_digest(document.text)
    _freeze(actor, document, content, summary=told, at=at, text=document.text)
    return _counted(actor, document, at, is_changed=False)


@action(permits=may_change_document, records="document.file_published")
def publish_file(
    actor: Actor,
    document: Document,
    /,
    *,
    file: KeptFile,
    summary: str,
    at: datetime,
    as_seen: str | None = None,
) -> Document:
    """Freeze a file, whose bytes are in their place, as the next version; the draft stays as it is.

    Raises DocumentRefused, DocumentUnchanged, FilesFull, Conflict.
    """
    told = checked_summary(summary)
    lock_account(actor, document.engagement_id)
    newest = DocumentVersion.objects.filter(document=document, number=document.last_number).first()
    if newest is not None and (newest.title, newest.content_digest) == (document.title, file.sha256):
        raise DocumentUnchanged(f"version {newest.number} of {document.name} is this very file already")
    kept = keep_file(actor, document.space, document.engagement, about=(KIND, document.pk), file=file, at=at)
    _freeze(actor, document, file.sha256, summary=told, at=at, file=kept)
    return _counted(actor, document, at, is_changed=is_otherwise(document))


def _freeze(
    actor: Actor, document: Document, content: str, *, summary: str, at: datetime, **said: Any
) -> None:
    document.last_number += 1
    DocumentVersion.objects.create(
        space_id=document.space_id, document=document, number=document.last_number, title=document.title,
        digest_form=DocumentVersion.DigestForm.TITLE_AND_CONTENT, content_sha256=content,
        sha256=version_digest(document.title, content), summary=summary, published_at=at, published_by_id=actor.person,
        **said,
    )  # fmt: skip


def _counted(actor: Actor, document: Document, at: datetime, *, is_changed: bool) -> Document:
    document.is_changed = is_changed
    document.version += 1
    document.changed_at, document.changed_by_id = at, actor.person
    document.save(update_fields=["last_number", "is_changed", "version", "changed_at", "changed_by_id"])
    return document
