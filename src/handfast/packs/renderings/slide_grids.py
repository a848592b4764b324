"""Facts and tables of a slide as the office program's own, ruled by hairlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from handfast.packs.renderings.slide_flow import BODY, HEAD, MOST_LINES, SIDE, columns_of
from handfast.packs.renderings.slide_marks import INK, INK3, LINE2, STRONG, described, fitted, text_on
from handfast.packs.report import Facts, Link, Table

if TYPE_CHECKING:
    from handfast.packs.renderings.slide_flow import Grid
    from handfast.packs.report import Report

HAIR = 6350  # half a point, in the format's own measure


def grid_on(slide: Any, box: tuple[float, float, float], grid: Grid, report: Report) -> None:
    """The title, the lines, and the note; where there is no line, what is said instead. `box`: left, top, width."""
    left, top, wide = box
    if grid.title:
        text_on(
            slide, (left, top, wide, HEAD - 0.05), [(fitted(grid.title, wide, 12 * STRONG), 12, True, INK)]
        )
    if not grid.texts:
        none = grid.part.none if isinstance(grid.part, Table) else ""
        text_on(slide, (left, top + HEAD, wide, 0.25), [(none, BODY, False, INK3)])
        return
    frame = slide.shapes.add_table(
        len(grid.texts), len(grid.widths), Inches(left), Inches(top + HEAD), Inches(wide), Inches(sum(grid.heights))
    )  # fmt: skip
    described(frame, grid.title)
    _written(frame.table, grid)
    if isinstance(grid.part, Table):
        _told(frame.table, grid, grid.part, report)
    if grid.note:
        below = top + HEAD + sum(grid.heights) + 0.06
        text_on(slide, (left, below, wide, 0.25), [(fitted(grid.note, wide, 9), 9, False, INK3)])


def _written(drawn: Any, grid: Grid) -> None:
    """The texts, each as long as its cell has room for."""
    drawn.horz_banding, drawn.first_row = False, bool(grid.heads)
    for place, width in enumerate(grid.widths):
        drawn.columns[place].width = Inches(width)
    for line, (row, high) in enumerate(zip(grid.texts, grid.heights, strict=True)):
        drawn.rows[line].height = Inches(high)
        is_head = line < grid.heads
        is_name = isinstance(grid.part, Facts)
        for place, said in enumerate(row):
            ink = INK3 if is_head or (is_name and place == 0) else INK
            room = grid.widths[place] - 2 * SIDE
            told = fitted(said, room, BODY * STRONG if is_head else BODY, lines=MOST_LINES)
            _ruled(drawn.cell(line, place), is_first=line == 0)
            _write(drawn.cell(line, place), told, ink, is_strong=is_head)


def _told(drawn: Any, grid: Grid, part: Table, report: Report) -> None:
    """Numbers at the right under their heads, links where they lead, totals strong."""
    totals = len(part.rows) - part.totals
    for column, place in enumerate(columns_of(part)):
        for line in range(len(grid.texts)):
            paragraph = drawn.cell(line, column).text_frame.paragraphs[0]
            if part.columns[place].is_number:
                paragraph.alignment = PP_ALIGN.RIGHT
            if line < grid.heads:
                continue
            row = grid.first + line - grid.heads
            cell = part.rows[row][place]
            if isinstance(cell, Link):
                paragraph.runs[0].hyperlink.address = report.address(cell.path)
            if row >= totals:
                paragraph.runs[0].font.bold = True


def _write(cell: Any, said: str, ink: Any, *, is_strong: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.background()
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = said
    run.font.size, run.font.name, run.font.color.rgb = Pt(BODY), "Inter", ink
    run.font.bold = is_strong


def _ruled(cell: Any, *, is_first: bool) -> None:
    """A hairline over it and under it, none over the first: the library has no other way to draw one."""
    held = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - as said
    for place, edge in enumerate(("lnB",) if is_first else ("lnT", "lnB")):
        line = f'<a:{edge} {nsdecls("a")} w="{HAIR}"><a:solidFill><a:srgbClr val="{LINE2}"/></a:solidFill></a:{edge}>'
        held.insert(place, parse_xml(line))
