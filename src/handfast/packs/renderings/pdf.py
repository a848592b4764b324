"""A report as a PDF for readers and for their programs: tagged (PDF/UA-1), with every link back and the digest at every foot."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import handfast.packs
from handfast.foundation.web.typesetting import pdf_content
from handfast.packs.renderings.pictures import svg_of, words_of
from handfast.packs.renderings.worded import foot_of, made_said, said_of
from handfast.packs.report import Bars, Facts, Link, Table

if TYPE_CHECKING:
    from handfast.packs.report import Cell, Page, Part, Report, Trend

TEMPLATE = Path(handfast.packs.__file__).parent / "templates" / "packs" / "report.typ"


def pdf_of(report: Report, digest: str) -> bytes:
    """The bytes: the same report gives the same."""
    told = {
        "title": report.title,
        "engagement": report.engagement,
        "author": f"{report.author}, {report.made_for}",
        "audience": report.audience,
        "made": made_said(report),
        "digest": digest,
        "foot": foot_of(report, digest),
        "address": report.address(report.path),
        "accent": report.look.accent,
        "logo": list(base64.b64decode(report.look.logo)),
        "logo_said": f"Logo of {report.made_for}",
        "pages": [_page(page, report) for page in report.pages],
    }
    return pdf_content(TEMPLATE, told, dated_at=report.made_at, is_accessible=True)


def _page(page: Page, report: Report) -> dict[str, Any]:
    return {
        "title": page.title,
        "sentence": page.sentence,
        "address": report.address(page.path or report.path),
        "continued": page.is_continued,
        "parts": [_part(part, report) for part in page.parts],
    }


def _part(part: Part, report: Report) -> dict[str, Any]:
    match part:
        case Facts():
            rows = [[name, said_of(cell, report.zone)] for name, cell in part.rows]
            return {"part": "facts", "title": part.title, "rows": rows}
        case Table():
            return _table(part, report)
        case Bars():
            rows = [[name, f"{count:,}"] for name, count in part.bars]
            return {"part": "facts", "title": "", "rows": rows, **_picture(part)}
    return _trend(part) | _picture(part)


def _picture(part: Trend | Bars) -> dict[str, str]:
    """The very picture of the page, as SVG, and what it says in words."""
    return {"picture": svg_of(part), "alt": words_of(part)}


def _trend(trend: Trend) -> dict[str, Any]:
    """A column a month: what was measured, and how it was judged."""
    values = ["–" if one.value is None else f"{one.value:,f}{trend.unit}" for one in trend.points]
    verdicts = [one.verdict for one in trend.points]
    rows = [["Measured", *values], ["Verdict", *verdicts]]
    return {
        "part": "table",
        "title": "",
        "heads": ["Month", *(one.month for one in trend.points)],
        "shares": [1] * (len(trend.points) + 1),
        "numbers": [False, *(True for _ in trend.points)],
        "rows": [[{"said": said, "to": ""} for said in row] for row in rows],
        "ordinary": len(rows),
        "note": "",
        "none": "",
    }


def _table(table: Table, report: Report) -> dict[str, Any]:
    """Without the columns for which paper has no room."""
    shown = [place for place, one in enumerate(table.columns) if one.is_on_paper]
    columns = [table.columns[place] for place in shown]
    return {
        "part": "table",
        "title": table.title,
        "heads": [one.name for one in columns],
        "shares": [one.share for one in columns],
        "numbers": [one.is_number for one in columns],
        "rows": [[_cell(row[place], report) for place in shown] for row in table.rows],
        "ordinary": len(table.rows) - table.totals,
        "note": table.note,
        "none": table.none,
    }


def _cell(cell: Cell, report: Report) -> dict[str, str]:
    to = report.address(cell.path) if isinstance(cell, Link) else ""
    return {"said": said_of(cell, report.zone), "to": to}
