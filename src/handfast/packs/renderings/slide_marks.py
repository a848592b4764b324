"""What slides are made of: their size, their inks, a text in a box, and how much of a text a box has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from handfast.operate.web.pictures.captions import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE, HIGH, MARGIN = 13.333, 7.5, 0.5
BLANK = 6
HUNDREDTHS, POINTS = 100, 72
Line = tuple[str, int, bool, RGBColor]


def colour(said: str) -> RGBColor:
    """The library's colour of six digits."""
    found: RGBColor = RGBColor.from_string(said.upper())  # type: ignore[no-untyped-call]  # the library has types for the rest
    return found


INK, INK2, INK3, LINE2 = colour("171A21"), colour("454C5A"), colour("626A79"), colour("C9CED7")
MARKS = {
    "Met": colour("2C9A63"),
    "Below expected": colour("C17B08"),
    "Missed": colour("D4463C"),
}


def fitted(text: str, inches: float, size: int, *, lines: int = 1) -> str:
    """As much of a text as a box has room for, by the widths of its letters."""
    room = int(inches * POINTS * HUNDREDTHS * lines * (1 if lines == 1 else 0.92))
    flat = " ".join(text.split())
    if width_of(flat, size) <= room:
        return flat
    while flat and width_of(f"{flat}…", size) > room:
        flat = flat[:-1]
    return f"{flat.rstrip()}…"


def text_on(
    slide: Any, box: tuple[float, float, float, float], lines: Sequence[Line], address: str = ""
) -> None:
    """Lines in a box of inches: left, top, width, height; `address` is where they lead."""
    frame = slide.shapes.add_textbox(*(Inches(one) for one in box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, (text, size, is_bold, ink) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, "Inter"
        run.font.color.rgb = ink
        if address:
            run.hyperlink.address = address
