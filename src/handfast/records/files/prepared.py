"""What engines prepared of the rows of a space: kept for the next click, held while it is read, gone when nobody asks."""

from __future__ import annotations

import fcntl
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from handfast.records.files.kept import LOCK, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

NAME = "prepared"
# A batch or an adjustment changes the names of what is prepared: the former ones are read for a few days yet.
LONGEST_UNREAD = timedelta(days=7)


@contextmanager
def reading(space: UUID) -> Iterator[Path]:
    """The folder in which an engine prepares; nothing is removed from it until the block ends. Readers share it."""
    folder = folder_of(space) / NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield folder


def remove_unread(space: UUID, *, at: datetime) -> int:
    """Remove what no engine has opened for a week; how many. While anybody reads nothing is removed: tomorrow is another day."""
    folder = folder_of(space) / NAME
    if not folder.is_dir():
        return 0
    with (folder / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        unread = [
            path for path in folder.iterdir() if path.name != LOCK and _last_read(path) < at - LONGEST_UNREAD
        ]
        for path in unread:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return len(unread)


def _last_read(path: Path) -> datetime:
    """Engines touch what they open; the time of a file system's own last access is often not kept."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
