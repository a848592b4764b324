"""The first rows of a file as its mapping reads them, before anything is imported."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import iso_of
from handfast.kernel.records.canonical import rows_of_log
from handfast.kernel.records.log import EventLog
from handfast.kernel.refusal import Refusal
from handfast.records.reading.files import read_staged
from handfast.records.reading.report_lines import Line, report_lines
from handfast.records.reading.staff import passing_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from handfast.kernel.records.log import IntervalLog

HEAD_BYTES = 1 << 20
MOST_BYTES = 32 << 20
ROWS_SHOWN = 20
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"PAR1")


class PreviewTooLarge(Refusal):
    """A packed file that cannot be looked into without reading all of it."""

    code = "preview-too-large"
    status = 413


@dataclass(frozen=True, slots=True)
class Preview:
    """What the log of a file's first part looks like; `is_whole` says that it is all of the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    is_whole: bool


def first_rows(path: Path, *, file_name: str, mapping: str, key: str, at: datetime) -> Preview:
    """The first rows of the log, in its canonical order; numbers of staff are of this look only. Raises FileRefused, PreviewTooLarge."""
    with _head_of(path) as head:
        log, read = read_staged(
            head, file_name=file_name, mapping=mapping, key=key, received_at=at, staff_key=passing_key()
        )
        table = rows_of_log(log)
        shown = table.slice(0, ROWS_SHOWN).to_pylist()
        digits = _digits_of(log)
        return Preview(
            tuple(table.column_names),
            tuple(tuple(_shown(name, cell, digits) for name, cell in row.items()) for row in shown),
            report_lines(read.report),
            is_whole=head == path,
        )


def _digits_of(log: EventLog | IntervalLog) -> dict[str, int]:
    scaled = log.attributes if isinstance(log, EventLog) else log.totals
    return {one.name: one.digits for one in scaled if one.digits is not None}


def _shown(name: str, cell: Any, digits: dict[str, int]) -> str:
    if cell is None:
        return ""
    if name == "at":
        return iso_of(cell)
    return f"{Decimal(cell).scaleb(-digits[name]):f}" if name in digits else str(cell)


@contextmanager
def _head_of(path: Path) -> Iterator[Path]:
    """The file itself where it is small; else, of a plain text, a copy of its first part up to the end of a row."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        data = stream.read(HEAD_BYTES)
    is_packed = data.startswith(_PACKED) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if size <= HEAD_BYTES or (is_packed and size <= MOST_BYTES):
        yield path
        return
    if is_packed:
        raise PreviewTooLarge(
            f"a packed file of more than {MOST_BYTES >> 20} MiB is not looked into here: import it as a dry run"
        )
    head = path.with_name(f"{path.name}-head")
    try:
        head.write_bytes(_whole_rows(data))
        yield head
    finally:
        head.unlink(missing_ok=True)


def _whole_rows(data: bytes) -> bytes:
    """Up to the last end of line that stands outside of quotes."""
    end, quotes = len(data), data.count(b'"')
    while (place := data.rfind(b"\n", 0, end)) >= 0:
        quotes -= data.count(b'"', place, end)
        if quotes % 2 == 0:
            return data[: place + 1]
        end = place
    return data
