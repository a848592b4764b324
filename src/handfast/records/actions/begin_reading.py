"""The worker has taken a file in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.records.models import Upload
from handfast.records.permissions import may_read_upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_read_upload, records="upload.reading_begun")
def begin_reading(actor: Actor, upload: Upload, /, *, at: datetime) -> Upload:
    """Say since when the file is read; after a worker died, since it was begun again.

    Raises Conflict where it is over: another worker was faster than this one's lease.
    """
    if upload.is_over:
        raise Conflict(f"this file is {upload.state} already: it is not read again")
    upload.state, upload.reading_at = Upload.State.READING, at
    upload.save(update_fields=["state", "reading_at"])
    return upload
