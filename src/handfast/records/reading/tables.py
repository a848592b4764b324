"""A table that somebody made in a spreadsheet: CSV, pasted cells, or the first sheet of a workbook, as lines of texts."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handfast.foundation.web.exports import csv_text
from handfast.kernel.records.readers.xlsx_files import cell_text, sheet_rows
from handfast.kernel.records.readers.zip_limits import checked_sheets

if TYPE_CHECKING:
    from handfast.kernel.refusal import Refusal

ZIPPED = b"PK\x03\x04"
PARTED_BY = ",;"
UTF_16 = "UTF-16: save it as CSV in UTF-8"
OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old .xls: save it as .xlsx or CSV",
    b"%PDF": "a PDF: export the table itself",
    b"\x1f\x8b": "packed: unpack it",
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
}

Lines = list[tuple[int, tuple[str, ...]]]


def table_lines(content: bytes, name: str, *, refused: type[Refusal], instead: str) -> Lines:
    """Each line that says something, by its number in the sheet. Raises `refused`, and what the reader of workbooks refuses.

    `instead` says what can be sent where this is no text.
    """
    lines = _sheet(content, name) if content.startswith(ZIPPED) else _text(content, name, refused, instead)
    return [(number, cells) for number, cells in lines if any(cells)]


def unquoted(cell: str) -> str:
    """Without the apostrophe that our own export puts before what a sheet would take for a formula."""
    inside = cell[1:]
    return inside if csv_text(inside) == cell else cell


def _sheet(content: bytes, name: str) -> Lines:
    """Values only: what is a formula or a macro is never run, its last value is read."""
    stream = io.BytesIO(content)
    checked_sheets(stream, name)
    rows, first, _ = sheet_rows(stream, name, 0)
    return [
        (first + place, tuple((cell_text(cell) or "").strip() for cell in row))
        for place, row in enumerate(rows)
    ]


def _text(content: bytes, name: str, refused: type[Refusal], instead: str) -> Lines:
    """Parted by tabs where the first line has any; else by commas or semicolons, whichever it has more of."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise refused(f"{name}, line {line}: not UTF-8: save the file as UTF-8") from wrong
    if "\x00" in text:
        raise refused(f"{name}: this is no text: send {instead}")
    head = text.split("\n", 1)[0]
    parted = "\t" if "\t" in head else max(PARTED_BY, key=head.count)
    found: Lines = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        for cells in reader:
            found.append((len(found) + 1, tuple(unquoted(cell.strip()) for cell in cells)))
    except csv.Error as wrong:
        raise refused(f"{name}, line {reader.line_num}: {wrong}") from wrong
    return found
