"""Files that are there whole or not at all, also after the power fails."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write beside `path`; after the block it is made durable and takes the name in one step.

    A reader sees the old file or the new one. A symbolic link stays, the file it leads to is replaced; what
    is no regular file (a pipe, a device) is written through. Raises OSError; whatever is raised leaves
    nothing behind.
    """
    if is_written_through(path):
        with path.open("wb") as target:
            yield target
        return
    real = _resolved(path)
    beside = real.with_name(f".{real.name}.{uuid4().hex}.part")
    try:
        with beside.open("xb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        beside.replace(real)
        flush_folder(real.parent)
    finally:
        beside.unlink(missing_ok=True)


def is_written_through(path: Path) -> bool:
    """Whether the path leads to a pipe or a device: it has no folder of its own, and cannot be replaced."""
    return path.exists() and not path.is_file()


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def flush_folder(folder: Path) -> None:
    """A rename itself reaches the disk only with its folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
