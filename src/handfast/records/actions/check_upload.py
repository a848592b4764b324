"""A dry run ended: its report stays, its rows do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.records.models import Upload
from handfast.records.permissions import may_read_upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.records.reading.files import ReadFile


@action(permits=may_read_upload, records="upload.checked")
def check_upload(actor: Actor, upload: Upload, /, *, read: ReadFile, at: datetime) -> Upload:
    """Keep what the reading of a dry run has to say."""
    if upload.is_over or not upload.is_dry_run:
        raise Conflict("this file is no dry run that waits for its report")
    upload.state, upload.report, upload.ended_at = Upload.State.READ, read.report, at
    upload.save(update_fields=["state", "report", "ended_at"])
    return upload
