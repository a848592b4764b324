"""A report as slides: a sentence as the title of each, charts that the office program itself draws, tables and facts as its own."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.util import Inches, Pt

from handfast.packs.renderings.slide_charts import bars_on, trend_on
from handfast.packs.renderings.slide_marks import (
    BLANK,
    HIGH,
    INK,
    INK3,
    MARGIN,
    WIDE,
    colour,
    fitted,
    text_on,
)
from handfast.packs.renderings.unchanging import unchanging
from handfast.packs.renderings.worded import foot_of, made_said, said_of
from handfast.packs.report import Bars, Facts, Link, Table, Trend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handfast.packs.report import Page, Part, Report

TOP, BOTTOM = 1.75, 6.85
ROOM_WIDE = WIDE - 2 * MARGIN
ROW = 0.34
LOGO_WIDE, LOGO_HIGH = 1.6, 0.3
MOST_ROWS = 13
CHARTS_EACH = 4
BODY = 10


def pptx_of(report: Report, digest: str) -> bytes:
    """The bytes: the same report gives the same."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _say_of_itself(deck, report)
    for page in report.pages:
        for parts in _slides(page):
            slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
            _frame(slide, page, report, digest)
            _place(slide, parts, report)
    _last(deck, report, digest)
    kept = io.BytesIO()
    deck.save(kept)
    return unchanging(kept.getvalue(), report.made_at)


def _say_of_itself(deck: Any, report: Report) -> None:
    """Of the library's empty file nothing is left: not who made it, on which machine, nor for which printer."""
    told = deck.core_properties
    told.title, told.subject, told.language = f"{report.title}, {report.engagement}", report.audience, "en"
    told.author = told.last_modified_by = f"{report.author}, {report.made_for}"
    told.comments = told.keywords = told.category = ""
    told.revision = 1
    told.created = told.modified = report.made_at.replace(tzinfo=None)
    for owner in (deck.part, deck.part.package):
        rels = owner.rels if owner is deck.part else owner._rels  # noqa: SLF001 - the library hides those of the whole file
        for key in [
            key for key, one in rels.items() if one.reltype.endswith(("/printerSettings", "/thumbnail"))
        ]:
            rels.pop(key)


def _slides(page: Page) -> Iterator[Sequence[Part]]:
    """What stands on each slide of a page: charts together, every other part alone, long tables on several."""
    charts = [one for one in page.parts if isinstance(one, Trend | Bars)]
    for first in range(0, len(charts), CHARTS_EACH):
        yield charts[first : first + CHARTS_EACH]
    for part in page.parts:
        if isinstance(part, Facts):
            for rows in _in_blocks(part.rows):
                yield [part.model_copy(update={"rows": rows})]
        elif isinstance(part, Table) and part.is_on_slides:
            for place, rows in enumerate(_in_blocks(part.rows)):
                is_last = (place + 1) * MOST_ROWS >= len(part.rows)
                yield [part.model_copy(update={"rows": rows, "totals": part.totals if is_last else 0})]


def _in_blocks(rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for first in range(0, max(1, len(rows)), MOST_ROWS):
        yield tuple(rows[first : first + MOST_ROWS])


def _frame(slide: Any, page: Page, report: Report, digest: str) -> None:
    accent = colour(report.look.accent.removeprefix("#"))
    line = slide.shapes.add_shape(1, Inches(MARGIN), Inches(0.35), Inches(ROOM_WIDE), Pt(2))
    line.fill.solid()
    line.fill.fore_color.rgb = accent
    line.line.fill.background()
    if report.look.logo:
        _logo(slide, report)
    text_on(slide, (MARGIN, 0.42, ROOM_WIDE, 0.3), [(f"{page.title} · {report.engagement}", 11, False, INK3)])
    text_on(
        slide,
        (MARGIN, 0.72, ROOM_WIDE, 0.9),
        [(fitted(page.sentence, ROOM_WIDE, 20, lines=2), 20, True, INK)],
    )
    address = report.address(page.path or report.path)
    text_on(
        slide, (MARGIN, 6.88, ROOM_WIDE, 0.25), [("Explained in Handfast", 8, False, INK3)], address=address
    )
    text_on(
        slide,
        (MARGIN, 7.1, ROOM_WIDE, 0.25),
        [(fitted(foot_of(report, digest), ROOM_WIDE, 8), 8, False, INK3)],
    )


def _logo(slide: Any, report: Report) -> None:
    """At the right of the head, with words for readers who do not see it."""
    look = report.look
    high = min(LOGO_HIGH, LOGO_WIDE * look.logo_height / look.logo_width)
    wide = high * look.logo_width / look.logo_height
    found = slide.shapes.add_picture(
        io.BytesIO(base64.b64decode(look.logo)), Inches(MARGIN + ROOM_WIDE - wide), Inches(0.42), Inches(wide), Inches(high)
    )  # fmt: skip
    found.name = said = f"Logo of {report.made_for}"
    found._element.nvPicPr.cNvPr.set("descr", said)  # noqa: SLF001 - the library has no other way to say it


def _place(slide: Any, parts: Sequence[Part], report: Report) -> None:
    columns = 2 if len(parts) > 1 else 1
    lines = -(-len(parts) // columns)
    wide, high = ROOM_WIDE / columns, (BOTTOM - TOP) / lines
    for place, part in enumerate(parts):
        box = (MARGIN + place % columns * wide, TOP + place // columns * high, wide - 0.1, high - 0.05)
        match part:
            case Trend():
                trend_on(slide, box, part)
            case Bars():
                bars_on(slide, box, part)
            case Facts():
                _facts(slide, box, part, report)
            case Table():
                _table(slide, box, part, report)


def _facts(slide: Any, box: tuple[float, float, float, float], part: Facts, report: Report) -> None:
    rows = [[name, said_of(cell, report.zone)] for name, cell in part.rows]
    _grid(slide, box, part.title, rows, [5, 16])


def _table(slide: Any, box: tuple[float, float, float, float], part: Table, report: Report) -> None:
    shown = [place for place, one in enumerate(part.columns) if one.is_on_paper]
    heads = [part.columns[place].name for place in shown]
    if not part.rows:
        text_on(slide, box, [(part.title, 12, True, INK), (part.none, BODY, False, INK3)])
        return
    rows = [heads, *([said_of(row[place], report.zone) for place in shown] for row in part.rows)]
    drawn = _grid(slide, box, part.title, rows, [part.columns[place].share for place in shown])
    drawn.first_row = True
    for line, row in enumerate(part.rows, start=1):
        for column, place in enumerate(shown):
            cell = row[place]
            paragraph = drawn.cell(line, column).text_frame.paragraphs[0]
            if isinstance(cell, Link) and paragraph.runs:
                paragraph.runs[0].hyperlink.address = report.address(cell.path)
            if part.columns[place].is_number:
                paragraph.alignment = 3  # at the right
            if line > len(part.rows) - part.totals:
                for run in paragraph.runs:
                    run.font.bold = True


def _grid(
    slide: Any,
    box: tuple[float, float, float, float],
    title: str,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
) -> Any:
    left, top, wide, _ = box
    text_on(slide, (left, top, wide, 0.3), [(title, 12, True, INK)])
    lines, columns = len(rows), len(shares)
    drawn = slide.shapes.add_table(
        lines, columns, Inches(left), Inches(top + 0.35), Inches(wide), Inches(ROW * lines)
    ).table
    drawn.horz_banding = drawn.first_row = False
    widths = [wide * share / sum(shares) for share in shares]
    for place, width in enumerate(widths):
        drawn.columns[place].width = Inches(width)
    for line, row in enumerate(rows):
        drawn.rows[line].height = Inches(ROW)
        for place, said in enumerate(row):
            _write(drawn.cell(line, place), fitted(said, widths[place] - 0.12, BODY))
    return drawn


def _write(cell: Any, said: str) -> None:
    cell.margin_left = cell.margin_right = Inches(0.05)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.fill.background()
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = said
    run.font.size, run.font.name, run.font.color.rgb = Pt(BODY), "Inter", INK


def _last(deck: Any, report: Report, digest: str) -> None:
    """Who made it, and the digest in full."""
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    lines = [
        (report.title, 20, True, INK),
        (
            f"{report.audience}. Made by {report.author}, {report.made_for}, {made_said(report)}.",
            12,
            False,
            INK,
        ),
        (f"SHA-256 of the frozen facts: {digest}", 12, False, INK),
        (
            "The file JSON of this pack has this digest; PDF, PPTX and XLSX are written from it.",
            12,
            False,
            INK3,
        ),
    ]
    text_on(slide, (MARGIN, 1.0, ROOM_WIDE, 2.5), lines)
    address = report.address(report.path)
    text_on(slide, (MARGIN, 3.6, ROOM_WIDE, 0.3), [(address, 12, False, INK3)], address=address)
    text_on(
        slide,
        (MARGIN, 7.1, ROOM_WIDE, 0.25),
        [(fitted(foot_of(report, digest), ROOM_WIDE, 8), 8, False, INK3)],
    )
