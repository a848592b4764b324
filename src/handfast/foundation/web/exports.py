"""A list as CSV or XLSX, row by row: text stays text, whatever program opens it.

A spreadsheet takes a cell that begins with one of `= + - @`, tab, carriage return or line feed for a formula.
In CSV such a text gets an apostrophe in front, also where a full-width sign stands for one of them; numbers and
dates are written as they are. In XLSX every text is typed as text, so nothing is put in front.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from handfast.foundation.scope import current_reach, entered
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.http import HttpRequest

    from handfast.foundation.scope import Reach

Cell = str | int | Decimal | date | datetime | None
FORMS = ("csv", "xlsx")
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FULL_WIDTH_SIGNS = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH_SIGNS)
APOSTROPHE = "'"
BLOCK_ROWS = 500
MOST_SHEET_ROWS = 2**20 - 1
LONGEST_SHEET_TEXT = 32_767
SHOWN_AS: dict[type, str] = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd"}
MOST_SHEET_DIGITS = 15  # a sheet keeps numbers as doubles: longer ones are written as text
# Told to spreadsheets that the text is UTF-8; our own import reads past it.
BYTE_ORDER_MARK = "\ufeff"
_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class ExportUnknown(Refusal):
    """A form of export that does not exist."""

    code = "export-unknown"
    status = 404


class ExportTooLong(Refusal):
    """More rows than a sheet can hold."""

    code = "export-too-long"


class ReachLost(RuntimeError):  # noqa: N818 - says what happened
    """Whoever asked has lost sight of a space while the export was running: it is broken off."""


def exported(
    request: HttpRequest, form: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponseBase:
    """The rows as `csv` or `xlsx`, named `name` and the form. Raises ExportUnknown, ExportTooLong.

    `rows` may be lazy: they are asked for in blocks, each within the reach that was entered when this was called.
    Where the request has `reach_now` (a function), it is asked before each block, and a reach that has become
    less ends the export.
    """
    kept = _within_reach(rows, request)
    if form == "csv":
        return _csv_answer(name, heads, kept)
    if form == "xlsx":
        return _xlsx_answer(name, heads, kept)
    raise ExportUnknown(f"a list can be had as {' or '.join(FORMS)}, not as {form[:20]!r}")


def csv_content(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """All of a short table as CSV, at once."""
    return b"".join(_csv_parts(heads, iter(rows)))


def export_urls(name: str, *place: object, query: str = "") -> dict[str, str]:
    """Where the page `name` gives its list, for the links under it; `query` is what filters it."""
    asked = f"?{query}" if query else ""
    return {f"{form}_url": reverse(name, args=[*place, form]) + asked for form in FORMS}


def _within_reach(rows: Iterable[Sequence[Cell]], request: HttpRequest) -> Iterator[Sequence[Cell]]:
    """Blocks are made inside the reach and given out when it has been left: a generator would leak it between."""
    reach = current_reach()
    waiting = iter(rows)

    def blocks() -> Iterator[list[Sequence[Cell]]]:
        while True:
            _check_still(reach, request)
            with entered(reach):
                block = list(islice(waiting, BLOCK_ROWS))
            if not block:
                return
            yield block

    return chain.from_iterable(blocks())


def _check_still(reach: Reach, request: HttpRequest) -> None:
    reach_now = getattr(request, "reach_now", None)
    if reach_now is not None and not reach.reads <= reach_now().reads:
        raise ReachLost("the reach of a running export has become less")


def csv_text(cell: Cell) -> str:
    """A cell as CSV shows it; a text that would be a formula gets an apostrophe in front.

    So does one that begins with apostrophes and then a formula: else a reader would take one of its own away.
    """
    if isinstance(cell, str):
        return f"{APOSTROPHE}{cell}" if cell.lstrip(APOSTROPHE).startswith(BEGIN_A_FORMULA) else cell
    return _plain(cell)


def _plain(cell: Cell) -> str:
    """Numbers in full, instants in UTC with their Z, dates as dates, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _csv_answer(name: str, heads: Sequence[str], rows: Iterator[Sequence[Cell]]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_csv_parts(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = disposition(name, "csv")
    return answer


def _csv_parts(heads: Sequence[str], rows: Iterator[Sequence[Cell]]) -> Iterator[bytes]:
    every = chain([heads], rows)
    yield BYTE_ORDER_MARK.encode()
    while block := list(islice(every, BLOCK_ROWS)):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows([csv_text(cell) for cell in row] for row in block)
        yield text.getvalue().encode()


def _xlsx_answer(name: str, heads: Sequence[str], rows: Iterator[Sequence[Cell]]) -> FileResponse:
    """Written to a file without a name, row by row, and sent from there."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    try:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(target, options) as book:
            _fill(book, name, heads, rows)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    answer = FileResponse(target, content_type=SHEET_KIND)
    answer["Content-Disposition"] = disposition(name, "xlsx")
    return answer


def _fill(book: Any, name: str, heads: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(_NAME.sub(" ", name)[:31].strip() or "list")
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in SHOWN_AS.items()}
    for column, said in enumerate(heads):
        sheet.write_string(0, column, said, head)
    for row, cells in enumerate(rows, start=1):
        if row > MOST_SHEET_ROWS:
            raise ExportTooLong(f"a sheet holds {MOST_SHEET_ROWS:,} rows, this list has more: take it as CSV")
        for column, cell in enumerate(cells):
            _put(sheet, (row, column), cell, formats)


def _put(sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[type, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(*place, cell.astimezone(UTC).replace(tzinfo=None), formats[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats[date])
    elif isinstance(cell, str) or has_too_many_digits(cell):
        sheet.write_string(*place, _plain_text(cell)[:LONGEST_SHEET_TEXT])
    else:
        sheet.write_number(*place, cell)


def _plain_text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else _plain(cell)


def has_too_many_digits(number: int | Decimal) -> bool:
    """Whether a sheet, which keeps numbers as doubles, would lose some of its digits."""
    return len(f"{abs(number):f}".replace(".", "").lstrip("0")) > MOST_SHEET_DIGITS


def disposition(name: str, form: str) -> str:
    """The header that names the file as it is saved."""
    return f'attachment; filename="{_NAME.sub("-", name).strip("-.") or "list"}.{form}"'
