"""A report as a workbook: a sheet a page, numbers and days typed, text always text, links to the house's own pages only."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from handfast.foundation.web.workbooks import About, Emblem, Linked, Row, Sheet, Shown, workbook_content
from handfast.packs.renderings.worded import foot_of, made_said
from handfast.packs.report import Bars, Day, Facts, Instant, Link, Number, Table, Trend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.foundation.web.workbooks import SheetCell
    from handfast.packs.report import Cell, Page, Part, Report

LONGEST_TITLE = 31
_UNNAMABLE = re.compile(r"[\[\]:*?/\\']")


def xlsx_of(report: Report, digest: str) -> bytes:
    """The bytes: the same report gives the same."""
    titles: set[str] = set()
    sheets = [
        Sheet(_title(page.title, titles), tuple(_page(page, report, digest)), frozen=0)
        for page in report.pages
    ]
    about = About(
        title=f"{report.title}, {report.engagement}",
        author=f"{report.author}, {report.made_for}",
        made_at=report.made_at,
        foot=foot_of(report, digest),
        accent=report.look.accent,
        emblem=_emblem(report),
    )
    return workbook_content(sheets, about)


def _emblem(report: Report) -> Emblem | None:
    look = report.look
    if not look.logo:
        return None
    return Emblem(
        base64.b64decode(look.logo), look.logo_width, look.logo_height, f"Logo of {report.made_for}"
    )


def _title(said: str, taken: set[str]) -> str:
    """What a sheet can be called, each name once whatever its letters' case."""
    base = _UNNAMABLE.sub(" ", said).strip()[:LONGEST_TITLE] or "Page"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base[: LONGEST_TITLE - 4]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _page(page: Page, report: Report, digest: str) -> Iterator[Row]:
    yield Row((page.title,), is_strong=True)
    yield Row((page.sentence,))
    yield Row((report.audience, f"by {report.author}", made_said(report)))
    yield Row(("SHA-256", digest))
    path = page.path or report.path
    yield Row(("Explained at", Linked(report.address(path), report.address(path))))
    for part in page.parts:
        yield Row(())
        yield from _part(part, report)


def _part(part: Part, report: Report) -> Iterator[Row]:
    if part.title:
        yield Row((part.title,), is_strong=True)
    match part:
        case Facts():
            for name, cell in part.rows:
                yield Row((name, _cell(cell)))
        case Table():
            yield from _table(part, report)
        case Trend():
            yield Row(("Month", "Value", "Verdict", "Expected", "Minimum"), is_strong=True)
            for point in part.points:
                values = (point.value, part.expected, part.minimum)
                value, expected, minimum = (None if one is None else Shown(one, part.unit) for one in values)
                yield Row((point.month, value, point.verdict, expected, minimum))
        case Bars():
            for name, count in part.bars:
                yield Row((name, count))


def _table(table: Table, report: Report) -> Iterator[Row]:
    linked = any(isinstance(cell, Link) for row in table.rows for cell in row)
    heads = tuple(one.name for one in table.columns)
    yield Row((*heads, "Explained at") if linked else heads, is_strong=True)
    ordinary = len(table.rows) - table.totals
    for place, row in enumerate(table.rows):
        cells = tuple(_cell(cell) for cell in row)
        link = next((one for one in row if isinstance(one, Link)), None)
        more = (Linked(report.address(link.path), report.address(link.path)),) if link else ()
        yield Row((*cells, *more), is_strong=place >= ordinary)
    if not table.rows:
        yield Row((table.none,))
    if table.note:
        yield Row((table.note,))


def _cell(cell: Cell) -> SheetCell:
    match cell:
        case Number():
            return Shown(cell.number, cell.suffix)
        case Day():
            return cell.on
        case Instant():
            return cell.at
        case Link():
            return cell.said
    return cell
