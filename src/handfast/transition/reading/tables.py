"""A table that somebody made in a spreadsheet: CSV or the first sheet of a workbook, as texts with their row numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from handfast.records.reading.tables import OTHERS as ALWAYS
from handfast.records.reading.tables import table_lines
from handfast.transition.reading.columns import columns_of
from handfast.transition.refusals import PlanFileRefused

MOST_BYTES = 8 * 2**20
MOST_ROWS = 2_000
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
INSTEAD = "Microsoft Project XML, XLSX, or CSV in UTF-8"
PASTED_NAME = "what was pasted"
PASTED = ("Activity", "Step", "Lead", "Duration", "Waits for", "Not before", "Deadline", "Role")
OTHERS = ALWAYS | {
    b"\xd0\xcf\x11\xe0": "an old .xls or .mpp: save it as .xlsx, or as Microsoft Project XML",
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
    told = table_lines(content, name, refused=PlanFileRefused, instead=INSTEAD)
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
