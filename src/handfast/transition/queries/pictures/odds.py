"""How the runs of a simulation spread over the days: ink to even odds, grey to four in five, light after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import UNIT, box, label, line, px

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from handfast.foundation.web.shapes import Box, Label, Line
    from handfast.transition.queries.outlook import Bar, Outlook

WIDTH, HEIGHT = 760 * UNIT, 250 * UNIT
SIDE = 8 * UNIT
RULE_ROW = 16 * UNIT
TOP, FOOT = 4 * RULE_ROW + 8 * UNIT, 24 * UNIT
GAP = 150
TEXT_GAP = 5 * UNIT
MOST_DAYS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Odds:
    """The drawing, lengths in SVG user units."""

    width: str
    height: str
    bars: tuple[Box, ...]
    rules: tuple[Line, ...]
    names: tuple[Label, ...]
    days: tuple[Label, ...]
    foot: Line
    said: str


def odds_of(
    outlook: Outlook, marks: Sequence[tuple[str, datetime, str]], day: Callable[[datetime], date]
) -> Odds:
    """Draw the bars of the go-live, and a rule for each mark: its words, its instant, its look."""
    bars = outlook.bars
    step = (WIDTH - 2 * SIDE) // len(bars)
    floor = HEIGHT - FOOT
    rules, names = [], []
    for place, (words, instant, css) in enumerate(marks):
        x, y = _x(bars, step, instant), (place + 1) * RULE_ROW
        rules.append(line(x, y - 10 * UNIT, x, floor, f"hf-odds-rule hf-odds-rule--{css}"))
        is_right = x > WIDTH * 2 // 3
        beside = x - TEXT_GAP if is_right else x + TEXT_GAP
        names.append(
            label(beside, y, words, f"hf-odds-name hf-odds-name--{css}", "end" if is_right else "start")
        )
    every = -(-len(bars) // MOST_DAYS_SHOWN)
    days = tuple(
        label(
            SIDE + place * step + step // 2, HEIGHT - 7 * UNIT, f"{on.day} {on:%b}", "hf-odds-day", "middle"
        )
        for place, on in enumerate(day(one.until_at) for one in bars)
        if place % every == 0
    )
    said = f"{outlook.runs:,} runs: the go-live from {day(bars[0].after_at)} to {day(bars[-1].until_at)}; {', '.join(words for words, _, _ in marks)}"
    drawn = tuple(_bars(outlook, step, floor, day))
    foot = line(0, floor, WIDTH, floor, "hf-odds-foot")
    return Odds(px(WIDTH), px(HEIGHT), drawn, tuple(rules), tuple(names), days, foot, said)


def _bars(outlook: Outlook, step: int, floor: int, day: Callable[[datetime], date]) -> Iterator[Box]:
    most = max(one.runs for one in outlook.bars)
    for place, one in enumerate(outlook.bars):
        height = (floor - TOP) * one.runs // most
        spot = (SIDE + place * step, floor - height, max(step - GAP, UNIT), height)
        yield box(
            spot,
            f"hf-odds-bar hf-odds-bar--{_look(outlook, one)}",
            f"by {day(one.until_at)}: {one.runs:,} runs",
        )


def _look(outlook: Outlook, one: Bar) -> str:
    if one.after_at < outlook.live.p50_at:
        return "even"
    return "four" if one.after_at < outlook.live.p80_at else "rest"


def _x(bars: Sequence[Bar], step: int, instant: datetime) -> int:
    """Where an instant lies: between the bars by time; before the first and after the last at the edges."""
    for place, one in enumerate(bars):
        if instant <= one.until_at:
            span = one.until_at - one.after_at
            within = max(instant - one.after_at, span * 0)
            return SIDE + place * step + (within * step // span if span else 0)
    return SIDE + len(bars) * step
