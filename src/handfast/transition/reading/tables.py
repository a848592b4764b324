"""A table that somebody made in a spreadsheet: CSV or the first sheet of a workbook, as texts with their row numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from handfast.kernel.records.readers.xlsx_files import cell_text, sheet_rows
from handfast.kernel.records.readers.zip_limits import checked_sheets
from handfast.transition.reading.columns import columns_of
from handfast.transition.refusals import PlanFileRefused

ZIPPED = b"PK\x03\x04"
MOST_BYTES = 8 * 2**20
MOST_ROWS = 2_000
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
FORMULA_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
PASTED_NAME = "what was pasted"
PASTED = ("Activity", "Step", "Lead", "Duration", "Waits for", "Not before", "Deadline", "Role")
PARTED_BY = ",;"
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


def read_pasted(text: str) -> Table:
    """Rows that were copied from a sheet; without a row of heads the columns are those of `PASTED`.

    Raises PlanFileRefused.
    """
    plain = text.strip("\r\n")
    table = read_table(plain.encode("utf-8", "replace"), PASTED_NAME)
    known = columns_of(table.heads)
    if {"name", "key"} & known.keys() or len(known) > 1:
        return table
    if len(table.heads) > len(PASTED):
        raise PlanFileRefused(
            f"{PASTED_NAME}: {len(table.heads)} columns and no row of heads: name the columns in the first row, "
            f"or paste at most these: {', '.join(PASTED)}"
        )
    headed = "\t".join(PASTED) + "\n" + plain
    table = read_table(headed.encode("utf-8", "replace"), PASTED_NAME)
    return Table(table.name, table.heads, tuple((number - 1, cells) for number, cells in table.rows))


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
    """Parted by tabs where the first line has any; else by commas or semicolons, whichever it has more of."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise PlanFileRefused(f"{name}, line {line}: not UTF-8: save the file as UTF-8") from wrong
    if "\x00" in text:
        raise PlanFileRefused(f"{name}: this is no text: send Microsoft Project XML, XLSX, or CSV in UTF-8")
    head = text.split("\n", 1)[0]
    parted = "\t" if "\t" in head else max(PARTED_BY, key=head.count)
    found: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        for cells in reader:
            found.append((len(found) + 1, tuple(unquoted(cell.strip()) for cell in cells)))
    except csv.Error as wrong:
        raise PlanFileRefused(f"{name}, line {reader.line_num}: {wrong}") from wrong
    return found


def unquoted(cell: str) -> str:
    """Without the apostrophe that our own export puts before what a sheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_SIGNS else cell


def as_text(table: Table) -> str:
    """A table as text that reads the same, each row on the line of its number; columns nobody reads are left out."""
    places = sorted(columns_of(table.heads).values()) or range(len(table.heads))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([table.heads[place] for place in places])
    line = 1
    for number, cells in table.rows:
        out.write("\n" * (number - line - 1))
        writer.writerow([cells[place] for place in places])
        line = number
    return out.getvalue()
