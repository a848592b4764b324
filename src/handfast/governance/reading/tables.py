"""A tracker that was kept in a spreadsheet: its heads and rows, and the form in which pages hand them on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.governance.refusals import TableRefused
from handfast.records.reading.tables import OTHERS, table_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PASTED_NAME = "what was pasted"
MOST_BYTES = 8 * 2**20
MOST_CARRIED = 3 * 2**20  # of what the pages hand on; a form takes 4 MiB
MOST_ROWS = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 4_000
LONGEST_HEAD = 120
INSTEAD = "XLSX, or CSV in UTF-8"


@dataclass(frozen=True, slots=True)
class Table:
    """Heads as they are written, and below them each row that says something, by its number in the sheet."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def as_text(self) -> str:
        """As JSON, which keeps every character that a form would change. Raises TableRefused."""
        text = json.dumps([self.name, self.heads, self.rows], ensure_ascii=False, separators=(",", ":"))
        if len(text.encode("utf-8", "surrogatepass")) > MOST_CARRIED:
            raise _fault(self.name, f"the cells hold more than {MOST_CARRIED:,} bytes: take them in in parts")
        return text


def read_table(content: bytes, name: str) -> Table:
    """A file. Raises TableRefused, and what the reader of workbooks refuses."""
    if len(content) > MOST_BYTES:
        raise _fault(name, f"{len(content):,} bytes; at most {MOST_BYTES:,} are read: take them in in parts")
    for sign, said in OTHERS.items():
        if content.startswith(sign):
            raise _fault(name, f"it is {said}")
    return checked_table(name, table_lines(content, name, refused=TableRefused, instead=INSTEAD))


def read_pasted(text: str) -> Table:
    """Cells that were copied from a sheet. Raises TableRefused."""
    return read_table(text.strip("\r\n").encode("utf-8", "replace"), PASTED_NAME)


def read_carried(text: str) -> Table:
    """What a page before has read. Raises TableRefused."""
    try:
        name, heads, rows = json.loads(text)
        lines = [(1, tuple(map(_text, heads)))]
        lines += [(int(number), tuple(map(_text, cells))) for number, cells in rows]
        said = _text(name)[:LONGEST_HEAD]
    except (ValueError, TypeError, OverflowError, RecursionError) as wrong:
        raise TableRefused("the rows came back broken: begin again", [("table", "begin again")]) from wrong
    return checked_table(said, lines)


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise TypeError("a cell is a text")
    return cell


def checked_table(name: str, lines: list[tuple[int, tuple[str, ...]]]) -> Table:
    """The heads and the rows below them, within the limits. Raises TableRefused."""
    if not lines:
        raise _fault(name, "the table is empty; its first row names the columns")
    (_, first), *rows = lines
    heads = _heads(name, first)
    if not rows:
        raise _fault(name, "there is no row below the first, which names the columns")
    if len(rows) > MOST_ROWS:
        raise _fault(
            name, f"{len(rows):,} rows; at most {MOST_ROWS:,} are taken in at a time: send it in parts"
        )
    width = len(heads)
    for number, cells in rows:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _fault(name, f"row {number}: a cell is longer than {LONGEST_CELL:,} characters: shorten it")
        if any(cells[width:]):
            raise _fault(name, f"row {number}: {len(cells)} cells, but {width} columns are named: put what holds a comma, a tab or a line break in quotes, or name the column")  # fmt: skip
    return Table(name, heads, tuple((number, (*cells, *[""] * width)[:width]) for number, cells in rows))


def named_columns(heads: Sequence[str], words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """By field the place of its column; `words` are what each may be called, of two that fit the first one is read."""
    said = [" ".join(head.casefold().split()) for head in heads]
    return {
        name: said.index(next(one for one in called if one in said))
        for name, called in words.items()
        if set(called) & set(said)
    }


def _heads(name: str, first: tuple[str, ...]) -> tuple[str, ...]:
    said = list(first)
    while said and not said[-1]:
        said.pop()
    if len(said) > MOST_COLUMNS:
        raise _fault(
            name, f"{len(said):,} columns; at most {MOST_COLUMNS:,} are read: leave out what is not needed"
        )
    heads = tuple(one or f"Column {place}" for place, one in enumerate(said, start=1))
    for one in heads:
        if len(one) > LONGEST_HEAD:
            raise _fault(name, f"row 1: “{one[:40]}…” is no name of a column: the first row names the columns, each in at most {LONGEST_HEAD} characters")  # fmt: skip
        if heads.count(one) > 1:
            raise _fault(name, f"row 1: two columns are named “{one}”: rename one of them")
    return heads


def _fault(name: str, said: str) -> TableRefused:
    return TableRefused(f"{name}: {said}", [("table", said)])
