"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from handfast.kernel.refusal import Refusal


class CannotWrite(Refusal):
    """A file that cannot be written where it was asked for."""

    code = "cannot-write"


class CannotRead(Refusal):
    """A file that is not there, or that is no text."""

    code = "cannot-read"


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, make it durable, then rename: a reader sees the old file or the new one."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise CannotWrite(f"{path}: {error.strerror}") from error


def read_text(path: Path) -> str:
    """The text of a small file; what is not UTF-8 is refused by its byte."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CannotRead(f"{path}: byte {error.start + 1} is not UTF-8: save the file as UTF-8") from error
