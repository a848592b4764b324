"""The axis under a record's time line: a window of whole steps, in which time without open hours is folded."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from handfast.kernel.quantity import SECOND_US, Span, instant_of
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.web.pictures.wording import DAY_US, HOUR_US, MINUTE_US, local_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_STEPS = 10
STEPS_US = (
    SECOND_US, 5 * SECOND_US, 15 * SECOND_US, 30 * SECOND_US,
    MINUTE_US, 5 * MINUTE_US, 15 * MINUTE_US, 30 * MINUTE_US,
    HOUR_US, 3 * HOUR_US, 6 * HOUR_US, 12 * HOUR_US, DAY_US,
)  # fmt: skip
# Up to so much unfolded time the nights keep their length; beyond, they are folded too.
NIGHTS_KEPT_US = 6 * DAY_US
FOLDS_FROM_US = 3 * DAY_US
SHORTEST_FOLD_US = 2 * HOUR_US
# Widths in hundredths of a unit.
DAYS_FOLD, ONE_DAY_FOLD, NIGHT_FOLD, WEEKEND_FOLD = 4800, 3000, 600, 1400
MOST_FOLDED = 30  # of a hundred parts of the axis


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time on a stretch of the axis; within it, time runs evenly."""

    from_us: int
    to_us: int
    left: int
    right: int
    is_fold: bool


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Where an instant stands; `days` and `ticks` are local midnights and steps inside the window."""

    zone: str
    window: Span
    step_us: int
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    are_nights_folded: bool

    @property
    def left(self) -> int:
        return self.pieces[0].left

    @property
    def right(self) -> int:
        return self.pieces[-1].right

    @property
    def folds(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.is_fold)

    def x(self, instant_us: int) -> int:
        at = min(max(instant_us, self.window.starts_us), self.window.ends_us)
        piece = self.pieces[max(bisect_right(self.starts, at) - 1, 0)]
        wide, long = piece.right - piece.left, piece.to_us - piece.from_us
        return piece.left + (at - piece.from_us) * wide // long

    def fold_at(self, instant_us: int) -> Piece | None:
        """The fold that hides an instant; at its end time is shown again."""
        piece = self.pieces[max(bisect_right(self.starts, instant_us) - 1, 0)]
        return piece if piece.is_fold and instant_us < piece.to_us else None

    def days(self) -> tuple[tuple[int, int], ...]:
        """Each day that shows, as an instant of it and its place; a day that begins in a fold stands at its end."""
        found: dict[int, int] = {}
        for at in (self.window.starts_us, *_midnights(self.window, self.zone)):
            fold = self.fold_at(at)
            if fold is None:
                found[self.x(at)] = at
            elif self.are_nights_folded and fold.to_us < self.window.ends_us:
                found[fold.right] = fold.to_us
        return tuple((at, x) for x, at in sorted(found.items()))

    def ticks(self) -> tuple[int, ...]:
        """Every step inside the window that no fold hides."""
        found = _stepped(self.window, self.zone, self.step_us)
        return tuple(at for at in found if self.fold_at(at) is None)


def time_axis(
    span: Span, openings: Sequence[tuple[int, int]], zone: str, *, left: int, right: int
) -> TimeAxis:
    """The axis for `span`; `openings` are all open hours near it, of every calendar that is drawn."""
    step = next(
        (step for step in STEPS_US if span.length_us <= MOST_STEPS * step and span.length_us < 13 * step),
        DAY_US,
    )
    step = max(step, 15 * SECOND_US)
    window = Span(_floored(span.starts_us, zone, step), _ceiled(span.ends_us, span.starts_us, zone, step))
    closed = _closed(window, openings)
    folds, are_nights = _folds(window, span, closed, zone)
    pieces = _pieces(window, folds, left, right, are_nights=are_nights)
    starts = tuple(piece.from_us for piece in pieces)
    return TimeAxis(zone, window, step, pieces, starts, are_nights)


def _floored(at: int, zone: str, step: int) -> int:
    local = local_of(at, zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    passed = (local.replace(tzinfo=None) - midnight) // timedelta(microseconds=1)
    wall = midnight + timedelta(microseconds=passed // step * step)
    # An hour that a clock change skips must not lie after the instant itself.
    return min(_instant(wall, zone), at)


def _ceiled(at: int, after: int, zone: str, step: int) -> int:
    floor = _floored(at, zone, step)
    if floor == at and at > after:
        return at
    wall = local_of(floor, zone).replace(tzinfo=None) + timedelta(microseconds=step)
    return max(_instant(wall, zone), at + 1)


def _instant(wall: datetime, zone: str) -> int:
    return instant_of(wall.replace(tzinfo=zone_named(zone)))


def _stepped(window: Span, zone: str, step: int) -> Iterator[int]:
    wall = local_of(window.starts_us, zone).replace(tzinfo=None)
    before = None
    while (at := _instant(wall, zone)) < window.ends_us:
        if before is None or at > before:
            yield at
            before = at
        wall += timedelta(microseconds=step)


def _midnights(window: Span, zone: str) -> tuple[int, ...]:
    day = local_of(window.starts_us, zone).date() + timedelta(days=1)
    found = []
    while (at := _instant(datetime(day.year, day.month, day.day), zone)) < window.ends_us:  # noqa: DTZ001 - the zone is given beside it
        found.append(at)
        day += timedelta(days=1)
    return tuple(found)


def _closed(window: Span, openings: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of the window in which nothing that is drawn is open."""
    found, at = [], window.starts_us
    for opens, closes in sorted(openings):
        if opens > at and min(opens, window.ends_us) > at:
            found.append((at, min(opens, window.ends_us)))
        at = max(at, closes)
    if at < window.ends_us:
        found.append((at, window.ends_us))
    return found


def _folds(
    window: Span, span: Span, closed: list[tuple[int, int]], zone: str
) -> tuple[list[tuple[int, int]], bool]:
    """Whole days without open hours; in a longer window every long closed stretch; in a short one nothing."""
    if window.length_us <= FOLDS_FROM_US or closed == [(window.starts_us, window.ends_us)]:
        return [], False
    days = _whole_days(window, span, closed, zone)
    if window.length_us - sum(to - from_ for from_, to in days) <= NIGHTS_KEPT_US:
        return days, False
    nights = [one for one in closed if one[1] - one[0] >= SHORTEST_FOLD_US]
    return nights, bool(nights)


def _whole_days(window: Span, span: Span, closed: list[tuple[int, int]], zone: str) -> list[tuple[int, int]]:
    """Days on which nothing opens and the record neither starts nor ends; neighbours are one fold."""
    borders = [*_midnights(window, zone), window.ends_us]
    found: list[tuple[int, int]] = []
    for from_, to in pairwise(borders):
        is_closed = any(start <= from_ and to <= end for start, end in closed)
        if not is_closed or any(from_ <= at < to for at in (span.starts_us, span.ends_us)):
            continue
        if local_of(to, zone).time() != datetime.min.time():
            continue
        if found and found[-1][1] == from_:
            found[-1] = (found[-1][0], to)
        else:
            found.append((from_, to))
    return found


def _pieces(
    window: Span, folds: list[tuple[int, int]], left: int, right: int, *, are_nights: bool
) -> tuple[Piece, ...]:
    widths = [_fold_width(to - from_, are_nights=are_nights) for from_, to in folds]
    room = (right - left) * MOST_FOLDED // 100
    if sum(widths) > room:
        widths = [width * room // sum(widths) for width in widths]
    kept = window.length_us - sum(to - from_ for from_, to in folds)
    wide = right - left - sum(widths)
    pieces: list[Piece] = []
    at, x, passed, folded = window.starts_us, left, 0, 0
    for (from_, to), width in zip(folds, widths, strict=True):
        if from_ > at:
            passed += from_ - at
            here = left + folded + passed * wide // kept
            pieces.append(Piece(at, from_, x, here, is_fold=False))
            x = here
        pieces.append(Piece(from_, to, x, x + width, is_fold=True))
        folded, x, at = folded + width, x + width, to
    if at < window.ends_us:
        pieces.append(Piece(at, window.ends_us, x, right, is_fold=False))
    return tuple(pieces)


def _fold_width(length_us: int, *, are_nights: bool) -> int:
    if are_nights:
        return WEEKEND_FOLD if length_us > DAY_US else NIGHT_FOLD
    return ONE_DAY_FOLD if length_us < DAY_US * 3 // 2 else DAYS_FOLD
