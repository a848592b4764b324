"""Tables of a report from rows as the house's lists and workbooks have them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.foundation.web.workbooks import Linked, Shown
from handfast.packs.kinds.declared import MOST_ROWS
from handfast.packs.refusals import PackTooLong
from handfast.packs.report import Cell, Column, Day, Number, Table, plain_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handfast.foundation.web.workbooks import Sheet, SheetCell

LETTERS_A_SHARE = 5
WIDEST = 8


def cell_of(cell: SheetCell) -> Cell:
    """A cell of a sheet as a report keeps it: instants to the second, numbers with all their digits."""
    match cell:
        case Shown():
            return Number(number=cell.number, suffix=cell.suffix)
        case datetime():
            return plain_instant(cell)
        case date():
            return Day(on=cell)
        case int() | Decimal():
            return Number(number=Decimal(cell))
        case Linked():
            return cell.text
    return cell


def rows_of(rows: Iterable[Sequence[SheetCell]]) -> tuple[tuple[Cell, ...], ...]:
    """All of the rows. Raises PackTooLong."""
    found = []
    for row in rows:
        found.append(tuple(cell_of(cell) for cell in row))
        if len(found) > MOST_ROWS:
            raise PackTooLong(
                f"a pack holds {MOST_ROWS:,} lines of a list and there are more: ask for fewer by its filters, or take "
                "the list as CSV"
            )
    return tuple(found)


def columns_of(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Heads as wide as what stands under them needs, those of numbers at the right."""
    columns = []
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows if place < len(row) and row[place] not in (None, "")]
        lengths = [len(_said(cell)) for cell in cells[:200]]
        needed = max(len(head), max(lengths, default=0) if lengths else 0)
        share = max(2, min(WIDEST, round(needed / LETTERS_A_SHARE)))
        is_number = bool(cells) and all(isinstance(cell, Number) for cell in cells)
        columns.append(Column(name=head, share=share, is_number=is_number))
    return tuple(columns)


def table_of(sheet: Sheet, *, none: str, is_on_slides: bool = False) -> Table:
    """A sheet of a workbook as a table: its first row are the heads."""
    heads = tuple(str(cell or "") for cell in sheet.rows[0].cells)
    rows = rows_of(row.cells for row in sheet.rows[1:])
    return Table(
        title=sheet.title, columns=columns_of(heads, rows), rows=rows, none=none, is_on_slides=is_on_slides
    )


def _said(cell: Cell) -> str:
    return "2026-04-16 09:12" if hasattr(cell, "at") else getattr(cell, "said", None) or str(cell)
