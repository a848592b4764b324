"""What stands on which slide: pictures in pairs, facts and tables under them as there is room, long ones on several slides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.packs.renderings.slide_marks import STRONG, lines_for
from handfast.packs.renderings.worded import said_of
from handfast.packs.report import Bars, Facts, Table, Trend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handfast.packs.report import Page

HEAD, GAP, PICTURE = 0.35, 0.2, 2.3
ROW, FURTHER_LINE = 0.34, 0.17
MOST_LINES = 4
SIDE, BODY = 0.1, 10  # what a cell keeps free at each side, and the size of its text
FACTS = (5, 16)
ABREAST = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Facts, or rows of a table, as they stand on one slide: texts, the height of each line, and how wide columns are.

    `first` is which row of the table the first is; `heads` says how many lines stand over it.
    """

    part: Facts | Table
    title: str
    texts: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    heads: int = 0
    first: int = 0
    note: str = ""

    @property
    def high(self) -> float:
        return HEAD + sum(self.heights) + (ROW if self.note else 0)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Charts that stand side by side; they are as high as there is room."""

    parts: tuple[Trend | Bars, ...]
    high: float = PICTURE


Band = Grid | Pictures


def slides_of(page: Page, wide: float, high: float, zone: str) -> list[list[Band]]:
    """The bands of each slide of a page, each slide with one at least."""
    slides: list[list[Band]] = []
    left = 0.0
    for band in _bands(page, wide, high, zone):
        if not slides or band.high > left:
            slides.append([])
            left = high
        slides[-1].append(band)
        left -= band.high + GAP
    return slides


def _bands(page: Page, wide: float, high: float, zone: str) -> Iterator[Band]:
    """Pictures first, as they say most at a glance."""
    pictures = [one for one in page.parts if isinstance(one, Trend | Bars)]
    for first in range(0, len(pictures), ABREAST):
        yield Pictures(tuple(pictures[first : first + ABREAST]))
    for part in page.parts:
        if isinstance(part, Facts):
            yield from _divided(part, _facts(part, wide, zone), high)
        elif isinstance(part, Table) and part.is_on_slides:
            yield from _divided(part, _table(part, wide, zone), high)


def columns_of(part: Table) -> list[int]:
    """The places of the columns that a slide has room for."""
    return [place for place, one in enumerate(part.columns) if one.is_on_paper]


def _facts(part: Facts, wide: float, zone: str) -> Grid:
    return _grid(part, [(name, said_of(cell, zone)) for name, cell in part.rows], FACTS, wide)


def _table(part: Table, wide: float, zone: str) -> Grid:
    shown = columns_of(part)
    heads = tuple(part.columns[place].name for place in shown)
    rows = [tuple(said_of(row[place], zone) for place in shown) for row in part.rows]
    shares = [part.columns[place].share for place in shown]
    if not rows:
        return Grid(part, part.title, (), (ROW,), ())
    return _grid(part, [heads, *rows], shares, wide, heads=1)


def _grid(
    part: Facts | Table, texts: Sequence[tuple[str, ...]], shares: Sequence[int], wide: float, heads: int = 0
) -> Grid:
    widths = tuple(wide * share / sum(shares) for share in shares)
    heights = tuple(
        _height(row, widths, BODY * STRONG if line < heads else BODY) for line, row in enumerate(texts)
    )
    return Grid(part, part.title, tuple(texts), heights, widths, heads)


def _height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """As many lines as its longest text asks for, within reason."""
    lines = (
        lines_for(said, wide - 2 * SIDE, size, most=MOST_LINES)
        for said, wide in zip(row, widths, strict=True)
    )
    return ROW + FURTHER_LINE * (max(lines, default=1) - 1)


def _divided(part: Facts | Table, whole: Grid, high: float) -> Iterator[Grid]:
    """As it is where one slide holds it; else its rows slide by slide, its heads over each, its note under the last."""
    note = part.note if isinstance(part, Table) else ""
    over = sum(whole.heights[: whole.heads])
    start, at, used = whole.heads, whole.heads, 0.0
    while at < len(whole.heights):
        room = high - HEAD - over - (ROW if note else 0)
        if at > start and used + whole.heights[at] > room:
            yield _cut(whole, start, at)
            start, used = at, 0.0
        used += whole.heights[at]
        at += 1
    if len(whole.heights) > whole.heads:
        yield _cut(whole, start, at, note)


def _cut(whole: Grid, start: int, end: int, note: str = "") -> Grid:
    """Some rows of it."""
    is_first = start == whole.heads
    told: dict[str, Any] = {
        name: (*getattr(whole, name)[: whole.heads], *getattr(whole, name)[start:end])
        for name in ("texts", "heights")
    }
    title = whole.title if is_first or not whole.title else f"Continued: {whole.title}"
    return Grid(
        whole.part,
        title,
        widths=whole.widths,
        heads=whole.heads,
        first=start - whole.heads,
        note=note,
        **told,
    )
