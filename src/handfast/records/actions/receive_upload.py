"""A file came in, and waits to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.kernel.refusal import Refusal
from handfast.records.models import Batch, Source, Upload
from handfast.records.permissions import is_from_staffs_side, may_keep_source
from handfast.records.queries import READ_UPLOAD
from handfast.records.reading.staff import staff_columns_of
from handfast.records.refusals import StaffFromOtherSide

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.files.staged import Staged


class AlreadyImported(Refusal):
    """A file that stands as a batch of this source already, or is just being read."""

    code = "already-imported"
    status = 409


@action(permits=may_keep_source, records="upload.received")
def receive_upload(
    actor: Actor, source: Source, /, *, staged: Staged, at: datetime, is_dry_run: bool = False
) -> Upload:
    """Record a staged file and plant its reading; a dry run only gives the report."""
    refuse_staff_of_others(source, actor.organisation)
    if not is_dry_run:
        _refuse_a_second_time(source, staged.sha256)
    upload: Upload = Upload.objects.create(
        space_id=source.space_id, source=source, file_name=staged.file_name, size_bytes=staged.size_bytes,
        file_sha256=staged.sha256, staged_name=staged.name, received_at=at, is_dry_run=is_dry_run,
        uploaded_by_id=actor.person, organisation_id=actor.organisation,
    )  # fmt: skip
    later(READ_UPLOAD, upload, due_at=at, actor=actor)
    return upload


def refuse_staff_of_others(source: Source, organisation: UUID | None) -> None:
    """Names of the provider's people come from the provider alone: nobody else can send one in and look for its number."""
    columns = staff_columns_of(source.mapping, source.key)
    if columns and not is_from_staffs_side(source.engagement, organisation):
        raise StaffFromOtherSide(
            f"{source.key} names people of the provider in {', '.join(map(repr, columns))}: its files come from the "
            "provider alone; let them send this one in, or use a source whose mapping leaves such columns out"
        )


def _refuse_a_second_time(source: Source, sha256: str) -> None:
    batch = Batch.objects.filter(source=source, file_sha256=sha256, withdrawn_at__isnull=True).first()
    if batch is not None:
        raise AlreadyImported(
            f"this very file is batch {batch.number} of {source.key}, received {batch.received_at:%Y-%m-%d}: nothing "
            "was done; withdraw that batch first if it was read by a wrong mapping"
        )
    states = (Upload.State.WAITING, Upload.State.READING)
    if Upload.objects.filter(source=source, file_sha256=sha256, state__in=states, is_dry_run=False).exists():
        raise AlreadyImported(f"this very file is just being read into {source.key}: nothing was done")
