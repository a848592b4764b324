"""A frozen week as one slide: the sentence as its title, five lists, the steps' colours by shape and word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from handfast.transition.queries.weekly_words import sections_of, sentence_of_week

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.transition.models import WeeklyStatus
    from handfast.transition.queries.weekly_words import Section

SLIDE_KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDE, HIGH = Inches(13.333), Inches(7.5)
BLANK = 6
MOST_LINES, MOST_LETTERS = 6, 88
LISTS, MOST_AGREED = 5, 4


def _colour(said: str) -> RGBColor:
    """The library's colour of six digits."""
    found: RGBColor = RGBColor.from_string(said)  # type: ignore[no-untyped-call]  # the library has types for the rest
    return found


INK, INK3 = _colour("171A21"), _colour("626A79")
# Sign, word and text colour of each colour of a step.
RAGS = {
    "done": ("●", "done", _colour("1B7447")),
    "green": ("●", "green", _colour("1B7447")),
    "unrated": ("○", "not rated", INK3),
    "amber": ("▲", "amber", _colour("8A5300")),
    "red": ("■", "red", _colour("B3261E")),
}


def slide_of(week: WeeklyStatus, names: Mapping[str, str], deal: str) -> bytes:
    """The file; `names` are the sides'. It says nothing that the frozen body does not hold."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    told = deck.core_properties
    told.title, told.comments = f"Weekly status to {week.ends_on}", ""
    told.author = told.last_modified_by = "Handfast"  # not whoever made the library's empty file
    told.created = told.modified = week.frozen_at
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    parties = " and ".join(names.values())
    _text(slide, 0.5, 0.35, 12.3, 0.4, [(f"{deal}: weekly status to {week.ends_on}", 12, False, INK3)])
    _text(slide, 0.5, 0.7, 12.3, 0.9, [(sentence_of_week(week.body), 20, True, INK)])
    sections = sections_of(week.body, names)
    for place, section in enumerate(sections[:LISTS]):
        across, down = place % 3, place // 3
        _text(slide, 0.5 + across * 4.15, 1.75 + down * 2.6, 4.0, 2.5, _section(section))
    # What the contract says stands over the steps, in the one place that is left.
    agreed = [line for section in sections[LISTS:] for line in _section(section)[:MOST_AGREED]]
    _text(slide, 8.8, 4.35, 4.0, 2.5, [*agreed, *_steps(week.body)])
    _text(slide, 0.5, 7.05, 12.3, 0.3, [(f"{parties}. Digest {week.digest}", 8, False, INK3)])
    kept = io.BytesIO()
    deck.save(kept)
    return kept.getvalue()


def _section(section: Section) -> list[tuple[str, int, bool, RGBColor]]:
    lines = [(section.title, 13, True, INK)]
    shown = section.lines[:MOST_LINES]
    lines += [(_cut(f"{one.what}: {one.fact}"), 10, False, INK) for one in shown]
    if len(section.lines) > MOST_LINES:
        lines.append((f"and {len(section.lines) - MOST_LINES} more", 10, False, INK3))
    return lines if shown else [*lines, (section.none, 10, False, INK3)]


def _steps(body: Mapping[str, Any]) -> list[tuple[str, int, bool, RGBColor]]:
    """Red and amber steps by name; the others counted."""
    lines = [("Steps", 13, True, INK)]
    rated = [(one, *RAGS[one["rag"]]) for one in body["rag"]]
    poor = [row for row in rated if row[0]["rag"] in ("red", "amber")]
    poor.sort(key=lambda row: row[0]["rag"] != "red")
    lines += [
        (_cut(f"{sign} {one['name']}: {word}"), 10, False, colour)
        for one, sign, word, colour in poor[: MOST_LINES + 1]
    ]
    rest = len(rated) - len(poor[: MOST_LINES + 1])
    return [*lines, (f"{rest} other step{'s' if rest != 1 else ''}", 10, False, INK3)]


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def _text(  # noqa: PLR0913, PLR0917 - a box is where it stands, how large it is, and what it says
    slide: Any,
    left: float,
    top: float,
    width: float,
    height: float,
    lines: list[tuple[str, int, bool, RGBColor]],
) -> None:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
    frame.word_wrap = True
    for place, (text, size, is_bold, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, "Inter"
        run.font.color.rgb = colour
