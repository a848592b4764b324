"""An engagement's life as one picture: what was decided, the transition, and the months of operation by their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import Box, Label, Line, box, label, line, px
from handfast.journeys.stages import day_text
from handfast.operate.web.pictures.wording import month_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Hundredths of a unit, as all geometry of pictures; the picture is as wide as its panel on a usual screen.
WIDTH, LEFT, RIGHT = 114_000, 10_000, 2_000
ROW, FIRST_ROW, BOX_HEIGHT = 3_000, 4_400, 2_000
DIAMOND = 600
LETTER = 620
MONTHS_IN_YEAR = 12
QUARTER = 3
LEAST_MONTHS = 18
AHEAD_MONTHS = 6
ROOM_FOR_YEAR = 2_600
EDGE = 1_400


@dataclass(frozen=True, slots=True)
class Gate:
    """A diamond at its place: filled when it is passed."""

    points: str
    is_passed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of operation: a box with the glyph of its worst verdict."""

    box: Box
    mark: str
    x: str
    y: str
    status: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    """The parts of the picture, in the order in which they are painted; `said` is what a reader hears instead."""

    width: str
    height: str
    grid: tuple[Line, ...]
    heads: tuple[Label, ...]
    boxes: tuple[Box, ...]
    months: tuple[Month, ...]
    gates: tuple[Gate, ...]
    labels: tuple[Label, ...]
    today: Line
    today_box: Box
    today_label: Label
    said: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a life hangs on, each of them unknown at first, and the day that is today, with its name."""

    signed: date | None
    live: date | None
    notice: date | None
    ends: date | None
    today: date
    today_name: str = "Today"


class Axis:
    """Months from left to right; a day stands within its month by its share of it."""

    def __init__(self, dates: Dates, periods: Iterable[str]) -> None:
        known = [day for day in (dates.signed, dates.live, dates.ends, dates.notice) if day is not None]
        known += [date(int(one[:4]), int(one[5:7]), 1) for one in periods]
        known.append(dates.today)
        first, last = _number(min(known)), _number(max(known)) + 1
        self.first = first - first % QUARTER
        self.last = max(last + 1, _number(dates.today) + AHEAD_MONTHS, self.first + LEAST_MONTHS)

    def month(self, number: int) -> int:
        """Where a month begins."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (number - self.first) // (self.last - self.first)

    def day(self, day: date) -> int:
        number = _number(day)
        start, end = self.month(number), self.month(number + 1)
        length = (_first_of(number + 1) - _first_of(number)).days
        return start + (end - start) * (day.day - 1) // length


def _number(day: date) -> int:
    return day.year * MONTHS_IN_YEAR + day.month - 1


def _first_of(number: int) -> date:
    return date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)


def life_line(dates: Dates, verdicts: Mapping[str, str]) -> LifeLine | None:
    """The picture; `verdicts` is the status glyph of each issued month by its name, '2026-03'. None without any day."""
    if not verdicts and not any((dates.signed, dates.live, dates.notice, dates.ends)):
        return None
    axis = Axis(dates, verdicts)
    decide, transition, operate = (FIRST_ROW + ROW * row for row in range(3))
    bottom = operate + BOX_HEIGHT + EDGE
    x = axis.day(dates.today)
    boxes, gates, labels = [], [], []
    for part in (
        _decide(axis, dates, decide),
        _transition(axis, dates, transition),
        _operate(axis, dates, operate),
    ):
        boxes += part[0]
        gates += part[1]
        labels += part[2]
    names = [
        label(1_400, y + 1_400, name, "hf-life-row")
        for name, y in (("Decide", decide), ("Transition", transition), ("Operate", operate))
    ]
    return LifeLine(
        px(WIDTH), px(bottom), tuple(_grid(axis, bottom)), tuple(_heads(axis, x)), tuple(boxes),
        tuple(_month(axis, period, status, operate) for period, status in sorted(verdicts.items())),
        tuple(gates), (*names, *labels), line(x, 3_200, x, bottom, "hf-life-today"),
        box((x - 2_000, 1_200, 4_000, 2_000), "hf-life-today-box"), label(x, 2_600, dates.today_name, "hf-life-today-name", "middle"),
        _said(dates, verdicts),
    )  # fmt: skip


def _grid(axis: Axis, bottom: int) -> list[Line]:
    quarters = range(axis.first, axis.last, QUARTER)
    return [line(axis.month(one), 3_600, axis.month(one), bottom, "hf-life-grid") for one in quarters]


def _heads(axis: Axis, today: int) -> list[Label]:
    """Quarters by their first month, a year by its number; none under the mark of today."""
    step = QUARTER if axis.last - axis.first <= MONTHS_IN_YEAR * 5 else MONTHS_IN_YEAR
    heads = []
    for one in range(axis.first, axis.last, QUARTER):
        is_year = one % MONTHS_IN_YEAR == 0
        if (not is_year and step != QUARTER) or abs(axis.month(one) - today) < 2 * ROOM_FOR_YEAR - LETTER:
            continue
        text = str(one // MONTHS_IN_YEAR) if is_year else f"{_first_of(one):%b}"
        css = "hf-life-year" if is_year else "hf-life-quarter"
        heads.append(label(axis.month(one) + 400, 2_600, text, css))
    return heads


Parts = tuple[list[Box], list[Gate], list[Label]]


def _decide(axis: Axis, dates: Dates, y: int) -> Parts:
    """Signed, notice, the end: the days on which somebody decides."""
    boxes, gates, labels = [], [], []
    if dates.signed is not None:
        x = axis.day(dates.signed)
        if x > LEFT + BOX_HEIGHT:
            boxes.append(box((LEFT, y, x - LEFT - DIAMOND, BOX_HEIGHT), "hf-life-done"))
        gates.append(_gate(x, y, is_passed=dates.signed <= dates.today, title="Contract signed"))
        labels.append(
            label(x + 1_200, y + 1_400, f"Contract signed {day_text(dates.signed)}", "hf-life-text")
        )
    for day, words in ((dates.notice, "Notice by"), (dates.ends, "Ends")):
        if day is not None:
            x = axis.day(day)
            gates.append(_gate(x, y, is_passed=day < dates.today, title=f"{words} {day_text(day)}"))
            said = f"{words} {day_text(day)}" if words != "Ends" else "Exit"
            labels.append(label(x - 1_000, y + 1_400, said, "hf-life-text", "end"))
    return boxes, gates, _apart(labels)


def _apart(labels: list[Label]) -> list[Label]:
    """Where two words would lie on each other, the later one gives way: its diamond still tells, and its title."""
    kept: list[Label] = []
    for one in sorted(labels, key=_left):
        if not kept or _left(one) >= _left(kept[-1]) + len(kept[-1].text) * LETTER:
            kept.append(one)
    return kept


def _left(one: Label) -> int:
    at = int(float(one.x) * 100)  # a place on the page, no figure
    return at - len(one.text) * LETTER if one.anchor == "end" else at


def _transition(axis: Axis, dates: Dates, y: int) -> Parts:
    if dates.live is None:
        return [], [], []
    start = axis.day(dates.signed) if dates.signed else max(LEFT, axis.day(dates.live) - 6 * BOX_HEIGHT)
    x = axis.day(dates.live)
    is_live = dates.live <= dates.today
    bars = [
        box((start, y, max(x - start - DIAMOND, 0), BOX_HEIGHT), "hf-life-done" if is_live else "hf-life-now")
    ]
    word = "Live" if is_live else "Live on"
    return (
        bars,
        [_gate(x, y, is_passed=is_live, title=f"{word} {day_text(dates.live)}")],
        [label(x + 1_200, y + 1_400, f"{word} {day_text(dates.live)}", "hf-life-text")],
    )


def _operate(axis: Axis, dates: Dates, y: int) -> Parts:
    """A dashed stretch from the start to the end; the months are laid over it."""
    if dates.live is None:
        return [], [], []
    start = axis.day(dates.live)
    end = axis.day(dates.ends) if dates.ends else axis.month(axis.last)
    return [box((start, y, max(end - start, 0), BOX_HEIGHT), "hf-life-ahead")], [], []


def _month(axis: Axis, period: str, status: str, y: int) -> Month:
    number = _number(date(int(period[:4]), int(period[5:7]), 1))
    x, end = axis.month(number), axis.month(number + 1)
    size = min(end - x, BOX_HEIGHT) * 6 // 10
    return Month(
        box((x + 60, y, end - x - 120, BOX_HEIGHT), f"hf-life-month hf-life-month--{status}", f"{month_text(period)}: {WORDS[status]}"),
        px(size), px((x + end - size) // 2), px(y + (BOX_HEIGHT - size) // 2), status,
    )  # fmt: skip


WORDS = {
    "met": "all met",
    "risk": "below expected",
    "missed": "a level missed its minimum",
    "no-data": "nothing to judge",
}


def _gate(x: int, y: int, *, is_passed: bool, title: str) -> Gate:
    middle = y + BOX_HEIGHT // 2
    corners = (
        (x, middle - DIAMOND),
        (x + DIAMOND, middle),
        (x, middle + DIAMOND),
        (x - DIAMOND, middle),
    )
    return Gate(" ".join(f"{px(a)},{px(b)}" for a, b in corners), is_passed, title)


def _said(dates: Dates, verdicts: Mapping[str, str]) -> str:
    told = [
        f"{words} {day_text(day)}"
        for words, day in (
            ("signed", dates.signed),
            ("live", dates.live),
            ("notice by", dates.notice),
            ("ends", dates.ends),
        )
        if day is not None
    ]
    told += [f"{month_text(period)} {WORDS[status]}" for period, status in sorted(verdicts.items())]
    return "The life of the engagement: " + ("; ".join(told) or "nothing is dated yet") + "."
