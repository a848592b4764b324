"""A thing with several tables as one workbook: a sheet a table, numbers with all their digits, text always as text."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse

from handfast.foundation.web.exports import (
    LONGEST_SHEET_TEXT,
    SHEET_KIND,
    SHOWN_AS,
    Cell,
    disposition,
    has_too_many_digits,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 60
EMBLEM_HIGH, EMBLEM_WIDE, EMBLEM_COLUMN = 36, 200, 3  # in pixels; the column is past the widest title
LONGEST_FOOT = 230  # of the 255 letters that a sheet's foot can have
AMP, SAID = "&", "and"  # in a foot the sign is a command
SAFE_SUFFIX = frozenset(" %hmins")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as the page writes it: all digits of `number`, its thousands parted, `suffix` after it."""

    number: Decimal
    suffix: str = ""

    @property
    def format(self) -> str:
        """The spreadsheet's own format: as many decimals as the number has."""
        exponent = self.number.as_tuple().exponent
        digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        shown = "#,##0" + (f".{'0' * digits}" if digits else "")
        suffix = "".join(letter for letter in self.suffix if letter in SAFE_SUFFIX)
        return f'{shown}"{suffix}"' if suffix else shown

    def __str__(self) -> str:
        return f"{self.number:,f}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that leads to an address: only ever one that the house itself made."""

    text: str
    address: str


SheetCell = Cell | Shown | Linked


@dataclass(frozen=True, slots=True)
class Emblem:
    """A picture as PNG with its size in pixels; `said` is read in its place."""

    content: bytes
    width: int
    height: int
    said: str


@dataclass(frozen=True, slots=True)
class About:
    """What a book says of itself; `foot` stands under every printed page, `accent` under titles and heads."""

    title: str
    author: str
    made_at: datetime
    foot: str
    accent: str = ""
    emblem: Emblem | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; a strong one is a head or a total."""

    cells: tuple[SheetCell, ...]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows; the first `frozen` rows stay where they are when it is scrolled."""

    title: str
    rows: tuple[Row, ...]
    frozen: int = 1


def workbook(name: str, sheets: Sequence[Sheet]) -> FileResponse:
    """The sheets as one XLSX named `name`. No text is ever a formula or a link."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    try:
        _write(target, sheets)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    answer = FileResponse(target, content_type=SHEET_KIND)
    answer["Content-Disposition"] = disposition(name, "xlsx")
    return answer


def workbook_content(sheets: Sequence[Sheet], about: About | None = None) -> bytes:
    """The sheets as the bytes of one XLSX; with `about` the same sheets give the same bytes. No text is ever a formula."""
    target = io.BytesIO()
    _write(target, sheets, about)
    return target.getvalue()


def _write(target: IO[bytes], sheets: Sequence[Sheet], about: About | None = None) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = _Formats(book, about.accent if about else "")
        if about:
            made = about.made_at.astimezone(UTC).replace(tzinfo=None)
            book.set_properties({"title": about.title, "author": about.author, "created": made})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            _fill(page, sheet, formats)
            if about:
                page.set_footer(f"&L&8{about.foot.replace(AMP, SAID)[:LONGEST_FOOT]}&R&8&P / &N")
                if about.emblem:
                    _put_emblem(page, about.emblem)


class _Formats:
    """The formats of a book, each made once."""

    def __init__(self, book: Any, accent: str) -> None:
        self._book = book
        self._strong: dict[str, Any] = {"bold": True}
        if accent:
            self._strong |= {"font_color": accent, "bottom": 1, "bottom_color": accent}
        self._made: dict[tuple[str, bool], Any] = {}

    def of(self, shown: str, *, is_strong: bool) -> Any:
        key = (shown, is_strong)
        if key not in self._made:
            wanted = ({"num_format": shown} if shown else {}) | (self._strong if is_strong else {})
            self._made[key] = self._book.add_format({**wanted, "valign": "top"})
        return self._made[key]


def _fill(page: Any, sheet: Sheet, formats: _Formats) -> None:
    page.freeze_panes(sheet.frozen, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    widths: dict[int, int] = {}
    for place, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            _put(page, (place, column), cell, formats, is_strong=row.is_strong)
            if len(row.cells) > 1:  # a sentence alone in its row runs over the cells beside it
                widths[column] = max(widths.get(column, 8), min(len(_said(cell)) + 2, WIDEST))
    for column, width in widths.items():
        page.set_column(column, column, width)


def _put_emblem(page: Any, emblem: Emblem) -> None:
    """Over the first row, right of what the sheet says of itself; it neither moves nor grows with the cells."""
    scale = min(EMBLEM_HIGH / emblem.height, EMBLEM_WIDE / emblem.width)
    page.set_row_pixels(0, EMBLEM_HIGH + 8)
    page.insert_image(
        0, EMBLEM_COLUMN, "logo.png",
        {
            "image_data": io.BytesIO(emblem.content), "x_scale": scale, "y_scale": scale, "y_offset": 4,
            "object_position": 3, "description": emblem.said,
        },
    )  # fmt: skip


def _put(page: Any, place: tuple[int, int], cell: SheetCell, formats: _Formats, *, is_strong: bool) -> None:
    if cell is None:
        return
    if isinstance(cell, datetime):
        moment = cell.astimezone(UTC).replace(tzinfo=None)
        page.write_datetime(*place, moment, formats.of(SHOWN_AS[datetime], is_strong=is_strong))
        return
    if isinstance(cell, date):
        page.write_datetime(*place, cell, formats.of(SHOWN_AS[date], is_strong=is_strong))
        return
    if isinstance(cell, str):
        page.write_string(*place, cell[:LONGEST_SHEET_TEXT], formats.of("", is_strong=is_strong))
        return
    if isinstance(cell, Linked):
        page.write_url(*place, cell.address, formats.of("", is_strong=is_strong), cell.text)
        return
    shown = cell if isinstance(cell, Shown) else Shown(Decimal(cell))
    if has_too_many_digits(shown.number):
        page.write_string(*place, str(shown), formats.of("", is_strong=is_strong))
        return
    page.write_number(*place, shown.number, formats.of(shown.format, is_strong=is_strong))


def _said(cell: SheetCell) -> str:
    if isinstance(cell, Linked):
        return cell.text
    return "" if cell is None else f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)
