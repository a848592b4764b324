"""Bytes that wait to be read: written and hashed as they come, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings

from handfast.kernel.records.readers.whole_files import flush_folder
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from contextlib import AbstractContextManager

# A file that no row names is younger than this while its row is being written.
SHORTEST_LIFE = timedelta(days=1)
FILE_NAME_LENGTH = 200
NAMELESS = "file"
PART = ".part"
_PLACES = re.compile(r"[/\\]")


class UploadTooLarge(Refusal):
    """A file beyond the limit of this installation."""

    code = "upload-too-large"
    status = 413


class UploadCutOff(Refusal):
    """A request that ended before its file did."""

    code = "upload-cut-off"
    status = 400


class NoFileSent(Refusal):
    """A request to import that holds no file."""

    code = "no-file-sent"


class OneFileAtATime(Refusal):
    """A request that holds several files, of which each would be a batch of its own."""

    code = "one-file-at-a-time"


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits: under which name, as what the person knows it, and what its bytes are."""

    name: UUID
    file_name: str
    size_bytes: int
    sha256: str


def plain_name(given: str) -> str:
    """The last part of a file's name as it may be shown; never used to find a file.

    Controls, marks that turn the direction of writing and halves of characters are left out.
    """
    last = _PLACES.split(unicodedata.normalize("NFC", given))[-1]
    shown = "".join(letter for letter in last if letter.isprintable())
    return shown.strip(" .")[:FILE_NAME_LENGTH] or NAMELESS


def folder_of(space: UUID) -> Path:
    return Path(settings.HANDFAST_HOME) / "uploads" / str(space)


def path_of(space: UUID, name: UUID) -> Path:
    return folder_of(space) / str(name)


def said_size(size: int) -> str:
    """A size as a person reads it: '2 GiB', '1.5 MiB', '300 bytes'."""
    for unit, factor in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if size >= factor:
            tenths = size * 10 // factor
            return f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''} {unit}"
    return f"{size} bytes"


def check_size(size: int) -> None:
    """Refuse what is over the installation's limit."""
    limit = int(settings.HANDFAST_UPLOAD_LIMIT)
    if size > limit:
        raise UploadTooLarge(
            f"the file has more than {said_size(limit)}, which is the limit here: pack it with gzip, export fewer "
            "columns or a shorter time, or ask whoever runs this installation to raise HANDFAST_UPLOAD_LIMIT"
        )


class Staging:
    """One file being written: `write` its bytes, `finish` it, and `keep` it once its upload is recorded.

    `check` is told how large it is by now, and raises what is refused.
    """

    def __init__(self, folder: Path, file_name: str, check: Callable[[int], None] = check_size) -> None:
        self.name = uuid4()
        self.file_name = plain_name(file_name)
        self._check = check
        self._path = folder / str(self.name)
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._part = self._path.with_name(f"{self.name}{PART}")
        self._stream = self._part.open("xb")
        self._sha256 = hashlib.sha256()
        self._size = 0
        self._is_kept = False

    def write(self, data: bytes) -> None:
        """Take the next bytes. Raises UploadTooLarge at the first byte over the limit."""
        self._size += len(data)
        self._check(self._size)
        self._sha256.update(data)
        self._stream.write(data)

    def finish(self) -> Staged:
        """Make the file durable under its name."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._part.replace(self._path)
        flush_folder(self._path.parent)
        return Staged(self.name, self.file_name, self._size, self._sha256.hexdigest())

    def keep(self) -> None:
        """From here on an upload names the file: leaving the block no longer removes it."""
        self._is_kept = True

    def leave(self) -> None:
        """Remove what was not kept."""
        self._stream.close()
        self._part.unlink(missing_ok=True)
        if not self._is_kept:
            self._path.unlink(missing_ok=True)


@contextmanager
def staged_in(folder: Path, chunks: Iterable[bytes], file_name: str) -> Iterator[tuple[Staging, Staged]]:
    """A file written from parts that are at hand; what is not kept when the block ends is gone."""
    one = Staging(folder, file_name)
    try:
        for chunk in chunks:
            one.write(chunk)
        yield one, one.finish()
    finally:
        one.leave()


def staged_from(
    chunks: Iterable[bytes], space: UUID, file_name: str
) -> AbstractContextManager[tuple[Staging, Staged]]:
    """The same for an upload into a space; `keep` it within the block."""
    return staged_in(folder_of(space), chunks, file_name)


def remove(space: UUID, name: UUID) -> None:
    """Let go of a file that was read."""
    path_of(space, name).unlink(missing_ok=True)


def remove_strays(space: UUID, awaited: Collection[UUID], *, at: datetime) -> int:
    """Remove files that no open upload names, once they are a day old."""
    return remove_old(folder_of(space), {str(name) for name in awaited}, at=at)


def remove_old(folder: Path, names: Collection[str], *, at: datetime) -> int:
    """Remove what lies in a folder under none of the names, once it is a day old: what a process that was killed left."""
    removed = 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and path.name not in names and is_old(path, at):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def is_old(path: Path, at: datetime) -> bool:
    """Whether nobody can be about to record it any more."""
    try:
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return False
    return written_at < at - SHORTEST_LIFE
