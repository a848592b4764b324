"""Small files read, and files written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.records.readers.whole_files import whole_file
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class CannotWrite(Refusal):
    """A file that cannot be written where it was asked for."""

    code = "cannot-write"


class CannotRead(Refusal):
    """A file that is not there, or that is no text."""

    code = "cannot-read"


def write_whole(path: Path, blocks: Iterable[bytes]) -> None:
    """Write all blocks under the name `path`: a reader sees the old file or the new one."""
    try:
        with whole_file(path) as target:
            target.writelines(blocks)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror}") from error


def read_content(path: Path, *, most: int | None = None) -> bytes:
    """The bytes of a file; where `most` is given, of at most so many."""
    try:
        with path.open("rb") as file:
            found = file.read() if most is None else file.read(most + 1)
    except OSError as error:
        raise CannotRead(f"{path}: cannot be read: {error.strerror}") from error
    if most is not None and len(found) > most:
        raise CannotRead(f"{path}: more than {most:,} bytes: this is not the file that was meant")
    return found


def read_text(path: Path, *, most: int | None = None) -> str:
    """The text of a small file; what is not UTF-8 is refused by its byte."""
    try:
        return read_content(path, most=most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(f"{path}: byte {error.start + 1} is not UTF-8: save the file as UTF-8") from error
