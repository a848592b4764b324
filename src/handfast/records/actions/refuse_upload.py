"""A file could not be read: why, in the words of the refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.records.models import Upload
from handfast.records.permissions import may_read_upload

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_read_upload, records="upload.refused")
def refuse_upload(actor: Actor, upload: Upload, /, *, code: str, said: str, at: datetime) -> Upload:
    """Keep code and message; the file may be corrected and sent again."""
    if upload.is_over:
        raise Conflict("this file was read by another worker: nothing was done twice")
    upload.state, upload.refusal_code, upload.said, upload.ended_at = Upload.State.REFUSED, code, said, at
    upload.save(update_fields=["state", "refusal_code", "said", "ended_at"])
    return upload
