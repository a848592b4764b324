"""Attach a file to a thing, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from handfast.engagement.models import Engagement
from handfast.evidence.models import DocumentVersion, File
from handfast.evidence.permissions import may_attach_file, may_withdraw_file
from handfast.evidence.queries.files import CLEAN_FILES, ERASE_FILE, check_account, check_stands_once
from handfast.evidence.queries.things import check_space, thing_seen_by
from handfast.evidence.refusals import FilePublished, FileWithdrawn
from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.foundation.outbox import later
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.evidence.files.kept import KeptFile
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor


@action(permits=may_attach_file, records="file.attached")
def attach_file(
    actor: Actor, space: Space, /, *, thing: Thing, file: KeptFile, sent_as: UUID | None = None, at: datetime
) -> File:
    """Put a file, whose bytes are in their place, beside a thing. Raises FileStands, FilesFull, NotSeen.

    The thing is looked for again with the actor's eyes. Both the space and the side's own are locked: one guards that a
    file stands once, the other what the side keeps, wherever it puts it.
    """
    engagement = Engagement.objects.get(pk=space.engagement_id)
    thing = thing_seen_by(actor, engagement.pk, thing.kind, thing.id)
    check_space(actor, thing, space)
    form = uuid5(sent_as, file.sha256) if sent_as else None
    lock_account(actor, engagement.pk)
    check_stands_once(thing, space, file, form)
    return keep_file(actor, space, engagement, about=(thing.kind, thing.id), file=file, sent_as=form, at=at)


def lock_account(actor: Actor, engagement: UUID) -> None:
    """What the side keeps is counted by one at a time, wherever it puts it: its own space stands for its account."""
    Space.objects.select_for_update().get(pk=own_space_of(actor, engagement).pk)


def keep_file(
    actor: Actor, space: Space, engagement: Engagement, *, about: tuple[str, UUID], file: KeptFile, at: datetime, sent_as: UUID | None = None
) -> File:  # fmt: skip
    """Write the row of a file whose bytes are in their place, once its account is locked. Raises FilesFull."""
    check_account(actor, engagement.pk, file)
    made: File = File.objects.create(
        id=file.id, space=space, engagement=engagement, about_kind=about[0], about_id=about[1], file_name=file.file_name,
        kind=file.kind, size_bytes=file.size_bytes, sha256=file.sha256, attached_at=at, attached_by_id=actor.person,
        attached_for_id=actor.organisation, sent_as=sent_as,
    )  # fmt: skip
    later(CLEAN_FILES, made, due_at=at, key=f"{CLEAN_FILES}:{space.pk}", actor=actor)
    return made


@action(permits=may_withdraw_file, records="file.withdrawn")
def withdraw_file(actor: Actor, file: File, /, *, at: datetime) -> File:
    """Take back what one attached: its place stays, the worker erases its bytes. Raises FileWithdrawn, FilePublished."""
    if file.withdrawn_at is not None:
        raise FileWithdrawn("this file was withdrawn already")
    version = DocumentVersion.objects.filter(file=file).first()
    if version is not None:
        raise FilePublished(
            f"this file is version {version.number} of a document, which never changes: publish another one"
        )
    file.withdrawn_at, file.file_name, file.sha256 = at, "", ""
    file.save(update_fields=["withdrawn_at", "file_name", "sha256"])
    later(ERASE_FILE, file, due_at=at, actor=actor)
    return file
