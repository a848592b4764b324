"""A file of a pack as an answer: written already, or written now where that takes a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from handfast.foundation.web.exports import disposition
from handfast.packs.files.kept import kept_content, write
from handfast.packs.refusals import PackForm, PackStillWritten, PackWithdrawn
from handfast.packs.renderings.forms import FORMS
from handfast.packs.report import Report

if TYPE_CHECKING:
    from handfast.packs.models import Pack

SHORT_BODY = 400_000  # letters of facts that are written while somebody waits


def download_of(pack: Pack, form: str, *, is_being_written: bool) -> HttpResponse:
    """The bytes, to be saved; `is_being_written` by the worker. Raises PackForm, PackWithdrawn, PackStillWritten."""
    if form not in FORMS:
        raise PackForm(f"a pack can be had as {', '.join(FORMS)}")
    if pack.withdrawn_at is not None:
        raise PackWithdrawn("this pack was withdrawn: its files are no longer given out")
    content = kept_content(pack, form)
    if content is None:
        if is_being_written and len(pack.body) > SHORT_BODY:
            raise PackStillWritten("the files of this pack are still being written: come back in a minute")
        content = write(pack, Report.model_validate_json(pack.body), form)
    answer = HttpResponse(content, content_type=FORMS[form].media_type)
    answer["Content-Disposition"] = disposition(f"{pack.kind}-{pack.digest[:8]}", form)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
