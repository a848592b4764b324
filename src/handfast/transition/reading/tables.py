"""A table that somebody made in a spreadsheet: CSV or the first sheet of a workbook, as texts with their row numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from handfast.kernel.records.readers.xlsx_files import cell_text, sheet_rows
from handfast.kernel.records.readers.zip_limits import checked_sheets
from handfast.transition.refusals import PlanFileRefused

ZIPPED = b"PK\x03\x04"
MOST_BYTES = 8 * 2**20
MOST_ROWS = 2_000
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
PARTED_BY = ",;\t"
OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old .xls or .mpp: save it as .xlsx, or as Microsoft Project XML",
    b"%PDF": "a PDF: export the table itself",
    b"\x1f\x8b": "packed: unpack it",
    b"\xff\xfe": "UTF-16: save it as CSV in UTF-8",
    b"\xfe\xff": "UTF-16: save it as CSV in UTF-8",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Heads as they are written, and below them each row that says something, by its number in the sheet."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(content: bytes, name: str) -> Table:
    """Raises PlanFileRefused, and what the reader of workbooks refuses."""
    if len(content) > MOST_BYTES:
        raise PlanFileRefused(f"{name}: {len(content):,} bytes; a plan has at most {MOST_BYTES:,}")
    for sign, said in OTHERS.items():
        if content.startswith(sign):
            raise PlanFileRefused(f"{name}: it is {said}")
    lines = _sheet(content, name) if content.startswith(ZIPPED) else _text(content, name)
    told = [(number, cells) for number, cells in lines if any(cells)]
    if not told:
        raise PlanFileRefused(f"{name}: the table is empty; its first row names the columns")
    (_, heads), *rows = told
    if len(rows) > MOST_ROWS:
        raise PlanFileRefused(f"{name}: {len(rows):,} rows; at most {MOST_ROWS:,} are read")
    if len(heads) > MOST_COLUMNS:
        raise PlanFileRefused(f"{name}: {len(heads):,} columns; at most {MOST_COLUMNS:,} are read")
    for number, cells in rows:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise PlanFileRefused(f"{name}, row {number}: a cell is longer than {LONGEST_CELL:,} characters")
    width = len(heads)
    return Table(name, heads, tuple((number, (*cells, *[""] * width)[:width]) for number, cells in rows))


def _sheet(content: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Values only: what is a formula or a macro is never run, its last value is read."""
    stream = io.BytesIO(content)
    checked_sheets(stream, name)
    rows, first, _ = sheet_rows(stream, name, 0)
    return [
        (first + place, tuple((cell_text(cell) or "").strip() for cell in row))
        for place, row in enumerate(rows)
    ]


def _text(content: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Parted by commas, semicolons or tabs: whichever the first line has most of."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise PlanFileRefused(f"{name}, line {line}: not UTF-8: save the file as UTF-8") from wrong
    if "\x00" in text:
        raise PlanFileRefused(f"{name}: this is no text: send Microsoft Project XML, XLSX, or CSV in UTF-8")
    head = text.split("\n", 1)[0]
    parted = max(PARTED_BY, key=head.count)
    found: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        for cells in reader:
            found.append((len(found) + 1, tuple(_unquoted(cell.strip()) for cell in cells)))
    except csv.Error as wrong:
        raise PlanFileRefused(f"{name}, line {reader.line_num}: {wrong}") from wrong
    return found


def _unquoted(cell: str) -> str:
    """Without the apostrophe that our own export puts before what a sheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
