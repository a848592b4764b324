"""The plan as a picture: one drawing for the page, for paper and for people without script.

A bar carries its lead three times: hue, the dark cap at the left end (client), the right (provider) or both
(joint), and the glyph beside its name. Closed days lie behind, hatched by whose they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, label, line, px
from handfast.transition.queries.pictures.bars import ROW, bar_of, bracket_of, folded_bar, mark_of
from handfast.transition.queries.pictures.closed import closed_boxes, site_boxes
from handfast.transition.queries.pictures.links import links_of
from handfast.transition.queries.pictures.timescale import HEAD_HEIGHT, TimeScale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.foundation.web.shapes import Box, Label, Line
    from handfast.transition.queries.closed import Closed
    from handfast.transition.queries.lines import Line as PlanLine
    from handfast.transition.queries.lines import StepLines
    from handfast.transition.queries.pictures.bars import Bar, Mark

FLAG_WIDTH, FLAG_HEIGHT = 44 * UNIT, 18 * UNIT
LETTER = 680


@dataclass(frozen=True, slots=True)
class Flag:
    """A day that crosses all rows, with its name on top: today, P50, P80, the agreed go-live."""

    line: Line
    box: Box
    name: Label


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole drawing, lengths in SVG user units."""

    width: str
    height: str
    head_height: str
    heads: tuple[Label, ...]
    grid: tuple[Line, ...]
    closed: tuple[Box, ...]
    brackets: tuple[str, ...]
    folded: tuple[Box, ...]
    bars: tuple[Bar, ...]
    links: tuple[str, ...]
    marks: tuple[Mark, ...]
    flags: tuple[Flag, ...]
    rows: tuple[Box, ...]
    said: str
    first: date
    day_width: str


@dataclass(frozen=True, slots=True)
class FlagDay:
    """A day to flag: its name, and how its line looks."""

    on: date
    name: str
    css: str


@dataclass(slots=True)
class _Drawn:
    """The rows as they are drawn, from the top."""

    scale: TimeScale
    closed: Closed
    at_sites: Mapping[str, Closed]
    y: int
    bars: list[Bar]
    marks: list[Mark]
    brackets: list[str]
    folded: list[Box]
    rows: list[Box]
    places: dict[UUID, tuple[PlanLine, int]]

    def step(self, step: StepLines) -> None:
        if step.starts_on is None:
            return
        if not step.lines:
            self.folded.append(folded_bar(self.scale, step, self.y))
        else:
            self.brackets.append(bracket_of(self.scale, step, self.y))
        self.y += ROW
        for one in step.lines:
            self.line(one)

    def line(self, one: PlanLine) -> None:
        self.places[one.id] = (one, self.y)
        if one.site in self.at_sites:
            self.rows += site_boxes(self.scale, self.closed, self.at_sites[one.site], self.y, ROW)
        if one.is_internal:
            css = f"hf-gantt-internal hf-gantt--{one.lead}"
            self.rows.append(box((0, self.y, self.scale.width, ROW), css))
        if one.kind == "work":
            self.bars.append(bar_of(self.scale, one, self.y))
        else:
            self.marks.append(mark_of(self.scale, one, self.y))
        self.y += ROW


def gantt_of(  # noqa: PLR0913 - each is a layer of the picture
    steps: Sequence[StepLines],
    waits: Mapping[UUID, Sequence[UUID]],
    *,
    closed: Closed,
    at_sites: Mapping[str, Closed],
    flags: Sequence[FlagDay],
    scale: TimeScale,
    said: str,
) -> Gantt:
    """Draw the steps in their order, a row each and one for every line; a step without lines is folded.

    `waits` are the shown links of each line, `closed` the days closed for "client", "provider" and "both",
    `at_sites` the same at the sites of the lines.
    """
    drawn = _Drawn(scale, closed, at_sites, HEAD_HEIGHT, [], [], [], [], [], {})
    for step in steps:
        drawn.step(step)
    y = drawn.y
    return Gantt(
        px(scale.width), px(y), px(HEAD_HEIGHT), scale.heads(), scale.grid(y), tuple(closed_boxes(scale, closed, HEAD_HEIGHT, y - HEAD_HEIGHT)),
        tuple(drawn.brackets), tuple(drawn.folded), tuple(drawn.bars), tuple(links_of(scale, drawn.places, waits)),
        tuple(drawn.marks), tuple(_flags(scale, flags, y)), tuple(drawn.rows), said, scale.first, px(scale.day_width),
    )  # fmt: skip


def _flags(scale: TimeScale, flags: Sequence[FlagDay], height: int) -> Iterator[Flag]:
    """The flags by their days, each over its line; one that has no room there stands in the row above."""
    lower = upper = 0
    for one in sorted(flags, key=lambda flag: flag.on):
        width = max(FLAG_WIDTH, len(one.name) * LETTER + 10 * UNIT)
        left = max(min(scale.middle(one.on) - width // 2, scale.width - width), 0)
        if left >= lower:
            lower, is_above = left + width + 2 * UNIT, False
        else:
            left, is_above = max(left, upper), True
            upper = left + width + 2 * UNIT
        yield _flag(scale, one, height, (left, width, is_above))


def _flag(scale: TimeScale, one: FlagDay, height: int, place: tuple[int, int, bool]) -> Flag:
    left, width, is_above = place
    x = scale.middle(one.on)
    top = 2 * UNIT if is_above else HEAD_HEIGHT - FLAG_HEIGHT - 2 * UNIT
    return Flag(
        line(x, top + FLAG_HEIGHT, x, height, f"hf-gantt-{one.css}"),
        box((left, top, width, FLAG_HEIGHT), f"hf-gantt-{one.css}-box"),
        label(left + width // 2, top + 13 * UNIT, one.name, f"hf-gantt-{one.css}-name", "middle"),
    )
