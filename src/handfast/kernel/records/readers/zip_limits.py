"""A workbook is a zip: its true sizes are measured, without keeping them, before anything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

from handfast.kernel.records.readers.zip_files import measured, zip_entries
from handfast.kernel.records.refusals import FileNotRecognised, FileTooLarge

MOST_CELLS = 32_000_000
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]{0,300}>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_OVERLAP = 400


@dataclass(slots=True)
class SheetExtent:
    """How far a sheet's cells reach, and where it shows an error (#N/A and its like)."""

    rows: int = 0
    columns: int = 0
    errors: set[tuple[int, int]] = field(default_factory=set)


def checked_sheets(stream: IO[bytes], name: str) -> dict[str, SheetExtent]:
    """Refuse what would burst; else the extent of each sheet by its path in the archive."""
    entries = zip_entries(stream, name)
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise FileNotRecognised(
            f"{name}: a zip archive, and no .xlsx workbook; unpack it, or save as .xlsx or CSV"
        )
    sheets = {one: SheetExtent() for one in names if one.startswith("xl/worksheets/")}
    before, tail = "", b""
    for entry, part in measured(stream, entries, name):
        if (extent := sheets.get(entry.filename)) is None:
            continue
        _measure((tail if before == entry.filename else b"") + part, extent)
        before, tail = entry.filename, part[-_OVERLAP:]
        if extent.rows * extent.columns > MOST_CELLS:
            raise FileTooLarge(
                f"{name}, entry {entry.filename!r}: a cell in row {extent.rows:,}, column {extent.columns:,} spans over "
                f"{MOST_CELLS:,} cells; delete stray cells, or save as CSV"
            )
    return sheets


def _measure(data: bytes, extent: SheetExtent) -> None:
    for tag in _CELL.finditer(data):
        place = _PLACE.search(tag[0])
        if place is None:
            continue
        column, row = _column_number(place[1]), int(place[2])
        extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, column)
        if _ERROR.search(tag[0]):
            extent.errors.add((row, column))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
