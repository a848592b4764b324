"""A kept file as an answer: always to be saved, never to be shown or run in the place of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse

from handfast.evidence.files.kept import opened
from handfast.evidence.reading.kinds import KINDS
from handfast.evidence.refusals import FileWithdrawn

if TYPE_CHECKING:
    from handfast.evidence.models import File


def download_of(file: File) -> FileResponse:
    """The bytes as they were attached, streamed. Raises FileWithdrawn, FileLost."""
    if file.withdrawn_at is not None:
        raise FileWithdrawn("this file was withdrawn by whoever attached it: there is nothing left to open")
    answer = FileResponse(
        opened(file.space_id, file.pk),
        as_attachment=True,
        filename=file.file_name,
        content_type=KINDS[file.kind].media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
