"""What the worker does for evidence: erase what was withdrawn, and clear away what no row names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.evidence.files import kept
from handfast.evidence.models import File
from handfast.evidence.queries.files import CLEAN_FILES, ERASE_FILE
from handfast.foundation.outbox import Rule, handles

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(ERASE_FILE)
def erase_file(task: Task) -> None:
    """Erase the bytes of a file that was withdrawn; begun again, there is nothing left to do."""
    kept.erase(task.row.space_id, task.subject)


@handles(CLEAN_FILES, Rule(every=timedelta(days=1)))
def clean_files(task: Task) -> None:
    """Once a day: remove bytes of the space that no standing file names, and what came in and went no further."""
    space = task.row.space_id
    standing = File.objects.filter(space_id=space, withdrawn_at__isnull=True)
    kept.remove_orphans(space, set(standing.values_list("pk", flat=True)), at=task.now())
