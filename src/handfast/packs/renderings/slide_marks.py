"""What slides are made of: their size, their inks, a text in a box, and how much of a text a box has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from handfast.operate.web.pictures.captions import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE, HIGH, MARGIN = 13.333, 7.5, 0.5
HUNDREDTHS, POINTS = 100, 72
USUAL = 11  # the size that widths are told for
STRONG = 1.1  # how much wider strong letters are
Line = tuple[str, int, bool, RGBColor]


def colour(said: str) -> RGBColor:
    """The library's colour of six digits."""
    found: RGBColor = RGBColor.from_string(said.upper())  # type: ignore[no-untyped-call]  # the library has types for the rest
    return found


INK, INK2, INK3 = colour("171A21"), colour("454C5A"), colour("626A79")
LINE2, LINE3 = colour("C9CED7"), colour("8A93A5")
MARKS = {
    "Met": colour("2C9A63"),
    "Below expected": colour("C17B08"),
    "Missed": colour("D4463C"),
}


def fitted(text: str, inches: float, size: float, *, lines: int = 1) -> str:
    """As much of a text as a box has room for, by the widths of its letters and where its words break."""
    flat = " ".join(text.split())
    if _lines(flat, inches, size) <= lines:
        return flat
    shortest, longest = 0, len(flat)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if _lines(f"{flat[:middle].rstrip()}…", inches, size) <= lines:
            shortest = middle
        else:
            longest = middle - 1
    return f"{flat[:shortest].rstrip()}…"


def lines_for(text: str, inches: float, size: float, *, most: int) -> int:
    """How many lines of a box a text asks for, and no more than there may be."""
    return max(1, min(most, _lines(" ".join(text.split()), inches, size)))


def _lines(flat: str, inches: float, size: float) -> int:
    """How many lines it takes: words go to the next one whole, and what is longer than a line is broken."""
    room = inches * POINTS * HUNDREDTHS
    lines, used = 1, 0.0
    for word in flat.split(" "):
        wide = width_of(word) * size / USUAL
        blank = width_of(" ") * size / USUAL if used else 0.0
        if used + blank + wide <= room:
            used += blank + wide
            continue
        lines += 1 if used else 0
        further = int(wide // room)
        lines, used = lines + further, wide - further * room
    return lines


def described(frame: Any, words: str) -> None:
    """What a chart or a table says, for readers who do not see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words)  # noqa: SLF001 - the library has no other way to say it


def text_on(
    slide: Any, box: tuple[float, float, float, float], lines: Sequence[Line], address: str = ""
) -> None:
    """Lines in a box of inches: left, top, width, height; `address` is where they lead."""
    written(slide.shapes.add_textbox(*(Inches(one) for one in box)), lines, address)


def written(shape: Any, lines: Sequence[Line], address: str = "") -> None:
    """Lines in a shape that is there."""
    frame = shape.text_frame
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
