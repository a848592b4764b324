"""A report as slides: a sentence as the title of each, charts that the office program itself draws, tables and facts as its own."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Inches, Pt

from handfast.packs.renderings.slide_charts import bars_on, trend_on
from handfast.packs.renderings.slide_flow import GAP, Grid, Pictures, slides_of
from handfast.packs.renderings.slide_grids import grid_on
from handfast.packs.renderings.slide_marks import (
    HIGH,
    INK,
    INK3,
    MARGIN,
    STRONG,
    WIDE,
    colour,
    fitted,
    text_on,
    written,
)
from handfast.packs.renderings.unchanging import unchanging
from handfast.packs.renderings.worded import foot_of, made_said
from handfast.packs.report import Trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.packs.renderings.slide_flow import Band
    from handfast.packs.report import Page, Report

TOP, BOTTOM = 1.75, 6.75
ROOM_WIDE = WIDE - 2 * MARGIN
LOGO_WIDE, LOGO_HIGH = 1.6, 0.32
TITLE_ONLY = 5


def pptx_of(report: Report, digest: str) -> bytes:
    """The bytes: the same report gives the same."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _say_of_itself(deck, report)
    slides = [
        (page, bands) for page in report.pages
        for bands in slides_of(page, ROOM_WIDE, BOTTOM - TOP, report.zone)
    ]  # fmt: skip
    for number, (page, bands) in enumerate(slides, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        _frame(slide, page, report)
        _place(slide, bands, report)
        _foot(slide, report, digest, f"{number} of {len(slides) + 1}")
    _last(deck, report, digest, f"{len(slides) + 1} of {len(slides) + 1}")
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


def _frame(slide: Any, page: Page, report: Report) -> None:
    _head(slide, f"{page.title} · {report.engagement}", page.sentence, report)
    address = report.address(page.path or report.path)
    text_on(
        slide, (MARGIN, 6.88, ROOM_WIDE, 0.2), [("Explained in Handfast", 8, False, INK3)], address=address
    )


def _head(slide: Any, over: str, sentence: str, report: Report) -> None:
    """The organisation's line and logo, and the sentence as the slide's own title."""
    line = slide.shapes.add_shape(1, Inches(MARGIN), Inches(0.35), Inches(ROOM_WIDE), Pt(2))
    line.fill.solid()
    line.fill.fore_color.rgb = colour(report.look.accent.removeprefix("#"))
    line.line.fill.background()
    line.shadow.inherit = False
    if report.look.logo:
        _logo(slide, report)
    room = ROOM_WIDE - LOGO_WIDE - 0.2
    text_on(slide, (MARGIN, 0.44, room, 0.25), [(fitted(over, room, 11), 11, False, INK3)])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (Inches(one) for one in (MARGIN, 0.82, ROOM_WIDE, 0.8))
    written(title, [(fitted(sentence, ROOM_WIDE, 20 * STRONG, lines=2), 20, True, INK)])
    title.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE  # where a wider face stands in for ours
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _foot(slide: Any, report: Report, digest: str, said: str) -> None:
    """Whose it is at the left, which slide at the right."""
    room = ROOM_WIDE - 1
    text_on(slide, (MARGIN, 7.1, room, 0.25), [(fitted(foot_of(report, digest), room, 8), 8, False, INK3)])
    text_on(slide, (MARGIN + room, 7.1, 1, 0.25), [(said, 8, False, INK3)])
    slide.shapes[-1].text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


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


def _place(slide: Any, bands: Sequence[Band], report: Report) -> None:
    """One under the other; pictures take what is left."""
    pictures = sum(1 for one in bands if isinstance(one, Pictures))
    left = BOTTOM - TOP - sum(one.high for one in bands) - GAP * (len(bands) - 1)
    top = TOP
    for band in bands:
        high = band.high
        if isinstance(band, Grid):
            grid_on(slide, (MARGIN, top, ROOM_WIDE), band, report)
        else:
            high += left / pictures
            _side_by_side(slide, band, top, high)
        top += high + GAP


def _side_by_side(slide: Any, band: Pictures, top: float, high: float) -> None:
    wide = ROOM_WIDE / len(band.parts)
    for place, part in enumerate(band.parts):
        box = (MARGIN + place * wide, top, wide - 0.15, high)
        if isinstance(part, Trend):
            trend_on(slide, box, part)
        else:
            bars_on(slide, box, part)


def _last(deck: Any, report: Report, digest: str, said: str) -> None:
    """Who made it, and the digest in full."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _head(slide, report.engagement, report.title, report)
    by = f"{report.author}, {report.made_for}" if report.made_for else report.author
    lines = [
        (f"{report.audience}. Made by {by}, {made_said(report)}.", 12, False, INK),
        (f"SHA-256 of the frozen facts: {digest}", 12, False, INK),
        ("The file JSON of this pack has this digest; PDF, PPTX and XLSX are written from it.", 12, False, INK3),
    ]  # fmt: skip
    text_on(slide, (MARGIN, TOP, ROOM_WIDE, 1.2), lines)
    address = report.address(report.path)
    text_on(slide, (MARGIN, TOP + 1.3, ROOM_WIDE, 0.3), [(address, 12, False, INK3)], address=address)
    _foot(slide, report, digest, said)
