"""A batch no longer stands: new statements leave it out, those that name it still find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.kernel.refusal import Refusal
from handfast.records.models import Upload
from handfast.records.permissions import may_withdraw_batch, may_withdraw_upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.records.models import Batch


class AlreadyWithdrawn(Refusal):
    """A batch that was withdrawn before."""

    code = "already-withdrawn"
    status = 409


@action(permits=may_withdraw_batch, records="batch.withdrawn")
def withdraw_batch(actor: Actor, batch: Batch, /, *, at: datetime) -> Batch:
    """Take a batch back; its file may then be imported again, by another mapping."""
    if batch.withdrawn_at is not None:
        raise AlreadyWithdrawn(f"batch {batch.number} was withdrawn on {batch.withdrawn_at:%Y-%m-%d} already")
    batch.withdrawn_at, batch.withdrawn_by_id = at, actor.person
    batch.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    withdraw_upload(actor, Upload.objects.get(pk=batch.upload_id), at=at)
    return batch


@action(permits=may_withdraw_upload, records="upload.withdrawn")
def withdraw_upload(actor: Actor, upload: Upload, /, *, at: datetime) -> Upload:
    """The file whose batch was taken back no longer stands either."""
    upload.state = Upload.State.WITHDRAWN
    upload.save(update_fields=["state"])
    return upload
