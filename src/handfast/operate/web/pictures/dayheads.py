"""The heads over a time axis: days, weeks or times of day, whichever have room, and the lines under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from handfast.foundation.web.shapes import label
from handfast.operate.web.pictures.captions import width_of
from handfast.operate.web.pictures.wording import DAY_US, HOUR_US, MINUTE_US, day_month, local_of, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.foundation.web.shapes import Label
    from handfast.operate.web.pictures.timeaxis import Piece, TimeAxis

HEAD_SIZE = 12
INSET = 300
GAP = 500
# A day's head needs so much room; where days are narrower, weeks stand there, then every second week, and on.
DAY_ROOM, WEEK_ROOM = 5200, 6400
# The first instant that is counted from was a Thursday.
MONDAY_OFFSET_US = 3 * DAY_US
HALF_DAY_US = 12 * HOUR_US


@dataclass(frozen=True, slots=True)
class Head:
    """A text over the axis from `x` to `end`; one over a fold is centred there."""

    x: int
    end: int
    text: str
    css: str

    def at(self, y: int) -> Label:
        if self.css == "hf-tl-fold":
            return label((self.x + self.end) // 2, y, self.text, self.css, "middle")
        return label(self.x, y, self.text, self.css)


def heads(axis: TimeAxis, y: int, right: int) -> tuple[tuple[Label, ...], tuple[int, ...]]:
    """The heads, and the places of the upright lines."""
    shown = _thinned(list(axis.days()))
    found = _day_heads(axis, shown, right)
    lines = [x for _, x in shown]
    if not axis.are_nights_folded and axis.step_us < DAY_US:
        lines += [axis.x(at) for at in axis.ticks()]
        found += _time_heads(axis, found, right)
    return tuple(head.at(y) for head in found), tuple(sorted(set(lines)))


def _thinned(days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every day, or the first of every week, or of every second week and so on, until the heads have room."""
    if _narrowest(days[1:]) >= DAY_ROOM:
        return days
    weeks: dict[int, tuple[int, int]] = {}
    for at, x in days[1:]:
        weeks.setdefault((at + MONDAY_OFFSET_US) // (7 * DAY_US), (at, x))
    firsts = list(weeks.values())
    # The first of them may be a rest of a week: it gives way where it stands too near.
    if len(firsts) > 1 and firsts[1][1] - firsts[0][1] < WEEK_ROOM // 2:
        firsts = firsts[1:]
    every = 1
    while _narrowest(firsts[::every]) < WEEK_ROOM and every < len(firsts):
        every += 1
    return firsts[::every]


def _narrowest(days: Sequence[tuple[int, int]]) -> int:
    return min((after - before for (_, before), (_, after) in pairwise(days)), default=WEEK_ROOM)


def _day_heads(axis: TimeAxis, shown: list[tuple[int, int]], right: int) -> list[Head]:
    folds = () if axis.are_nights_folded else axis.folds
    found = [Head(fold.left, fold.right, _folded_text(axis, fold), "hf-tl-fold") for fold in folds]
    ends = [*(x for _, x in shown[1:]), right]
    month = 0
    for (at, left), next_x in zip(shown, ends, strict=True):
        end = min([fold.left for fold in folds if fold.left > left] + [next_x])
        moment, x = local_of(at, axis.zone), left + INSET
        text = _head(axis, moment, is_first=month != moment.month)
        stop = x + width_of(text, HEAD_SIZE)
        if stop <= end + INSET:
            found.append(Head(x, stop, text, "hf-tl-head"))
            month = moment.month
    return found


def _head(axis: TimeAxis, moment: datetime, *, is_first: bool) -> str:
    years = {local_of(at, axis.zone).year for at in (axis.window.starts_us, axis.window.ends_us)}
    year = f" {moment.year}" if is_first and len(years) > 1 else ""
    if is_first:
        return f"{weekday(moment)} {day_month(moment)}{year}"
    return f"{weekday(moment)} {moment.day}"


def _folded_text(axis: TimeAxis, piece: Piece) -> str:
    """The days inside a fold: `Sat Sun`, or the first and the last of more."""
    first = local_of(piece.from_us, axis.zone)
    last = local_of(piece.to_us - 1, axis.zone)
    days = (last.date() - first.date()).days + 1
    if days == 1:
        return weekday(first)
    if days == 2:  # noqa: PLR2004 - both are named
        return f"{weekday(first)} {weekday(first + timedelta(days=1))}"
    return f"{weekday(first)}–{weekday(last)}"


def _time_heads(axis: TimeAxis, found: list[Head], right: int) -> list[Head]:
    """Times of day beside the heads, where steps are shorter than half a day."""
    if axis.step_us >= HALF_DAY_US:
        return []
    form = "%H:%M" if axis.step_us >= MINUTE_US else "%H:%M:%S"
    added: list[Head] = []
    for at in axis.ticks():
        text, x = local_of(at, axis.zone).strftime(form), axis.x(at) + INSET
        head = Head(x, x + width_of(text, HEAD_SIZE), text, "hf-tl-time")
        is_free = all(head.end + GAP <= other.x or head.x >= other.end + GAP for other in (*found, *added))
        if head.end <= right and is_free:
            added.append(head)
    return added
