"""A file was read: its rows are a batch, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.records.files.kept import is_kept
from handfast.records.models import Batch, Source, Upload
from handfast.records.permissions import may_read_upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.records.reading.files import ReadFile


class RowsNotKept(RuntimeError):  # noqa: N818 - says what happened
    """A bug: a batch was to be recorded whose rows were not written before."""


@action(permits=may_read_upload, records="batch.recorded")
def record_batch(actor: Actor, upload: Upload, /, *, read: ReadFile, at: datetime) -> Batch:
    """Record the rows that were kept before under their digest."""
    if upload.is_over:
        raise Conflict("this file was read by another worker: nothing was done twice")
    if not is_kept(upload.space_id, read.digest):
        raise RowsNotKept(read.digest)
    # The source is locked, so that two files that end together get two numbers.
    source = Source.objects.select_for_update().get(pk=upload.source_id)
    last = Batch.objects.filter(source=source).aggregate(last=Max("number"))["last"]
    batch: Batch = Batch.objects.create(
        space_id=upload.space_id, source=source, upload=upload, number=(last or 0) + 1,
        received_at=upload.received_at, recorded_at=at, file_sha256=upload.file_sha256, digest=read.digest,
        mapping=read.mapping, rows=read.rows, records=read.records, first_stamp_at=read.first_stamp_at,
        last_stamp_at=read.last_stamp_at, report=read.report,
    )  # fmt: skip
    upload.state, upload.report, upload.ended_at = Upload.State.READ, read.report, at
    upload.save(update_fields=["state", "report", "ended_at"])
    return batch
