"""`handfast elapsed`: the working time of many intervals on one calendar."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class FileRefused(Refusal):
    """A file that cannot be read or written."""

    code = "file-refused"


def elapsed(
    calendar: Annotated[Path, typer.Argument(help="The calendar, in YAML.", metavar="CALENDAR.yaml")],
    intervals: Annotated[
        Path, typer.Argument(help="A CSV file with columns start and end.", metavar="INTERVALS.csv")
    ],
    out: Annotated[Path | None, typer.Option(help="Where to write; the standard output if left out.")] = None,
) -> None:
    """Add to each interval its working SECONDS on a calendar.

    Stamps are ISO 8601; without an offset they are local to the calendar's zone. Either every row is right
    and the whole table is written, or nothing is.
    """
    # Imported here, so that the other verbs start without numpy.
    from handfast.kernel.document import parsed, read_document
    from handfast.kernel.worktime.interval_table import timed_table
    from handfast.kernel.worktime.written import WrittenCalendar

    written = parsed(WrittenCalendar, read_document(_text_of(calendar), name=str(calendar)))
    timed = timed_table(_content_of(intervals), written, name=str(intervals))
    if out is None:
        for block in timed.blocks():
            sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
        return
    _replace(out, timed.blocks())


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read: {error.strerror}") from error


def _text_of(path: Path) -> str:
    try:
        return _content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path}: not UTF-8 (byte {error.start}): save the file as UTF-8") from error


def _replace(path: Path, blocks: Iterable[bytes]) -> None:
    """Write beside the target, sync and rename: a reader sees the old file or the new one, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666), "wb") as target:  # noqa: PTH123 - exclusive
            target.writelines(blocks)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise FileRefused(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
