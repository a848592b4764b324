"""What the worker does for packs: write the files of each, and clear away those that no pack names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.outbox import handles
from handfast.packs.files import kept
from handfast.packs.models import Pack
from handfast.packs.queries.packs import WRITE_FILES, report_of
from handfast.packs.renderings.forms import FORMS

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(WRITE_FILES)
def write_files(task: Task) -> None:
    """Write every form; begun again, the same bytes are written again."""
    pack = Pack.objects.filter(pk=task.subject, withdrawn_at__isnull=True).first()
    if pack is not None:
        report = report_of(pack)
        for place, (form, one) in enumerate(FORMS.items()):
            task.progress(place, len(FORMS), one.name)
            kept.write(pack, report, form)
    space = task.row.space_id
    standing = Pack.objects.filter(space_id=space, withdrawn_at__isnull=True).only("pk", "space_id", "digest")
    kept.remove_orphans(space, list(standing), at=task.now())
