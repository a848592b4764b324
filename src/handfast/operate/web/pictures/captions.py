"""How wide a text is, and where the captions under an axis go so that none lies on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.foundation.web.shapes import Anchor

# Widths of Inter in hundredths of an em, by kind of letter; a little wide, so that captions never touch.
_NARROW, _SLIM, _DIGIT, _WIDE, _CAPITAL, _USUAL = 28, 39, 64, 88, 70, 60
_NARROW_LETTERS = frozenset(" .,:;'|!iljI·")
_SLIM_LETTERS = frozenset("frt()-/[]")
_WIDE_LETTERS = frozenset("mwMW%@…—")
GAP = 600
ANCHORS: tuple[Anchor, ...] = ("middle", "end", "start")
_COST: dict[Anchor, int] = {"middle": 0, "end": 2, "start": 2}
_LEFT_OUT = 1000
_LEFT_OUT_IMPORTANT = 100_000


def _em(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _SLIM_LETTERS:
        return _SLIM
    if letter.isdigit():
        return _DIGIT
    if letter in _WIDE_LETTERS:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def width_of(text: str, size: int = 11) -> int:
    """About how wide a text is at a size in units, in hundredths of a unit."""
    return sum(map(_em, text)) * size


@dataclass(frozen=True, slots=True)
class Caption:
    """A text that belongs to a place; an important one is the last to be left out."""

    x: int
    text: str
    is_important: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A caption with its row and the side of its place on which it stands."""

    caption: Caption
    row: int
    anchor: Anchor


def ends(caption: Caption, anchor: Anchor, size: int = 11) -> tuple[int, int]:
    """From where to where a caption reaches."""
    width = width_of(caption.text, size)
    start = {"middle": caption.x - width // 2, "end": caption.x - width, "start": caption.x}[anchor]
    return start, start + width


def placed(
    captions: Sequence[Caption], *, left: int, right: int, rows: int, size: int = 11
) -> tuple[tuple[Placed, ...], int]:
    """The captions that find room between `left` and `right` in at most `rows` rows, and how many do not."""
    waiting = sorted(captions, key=lambda one: one.x)
    found: list[Placed] = []
    for row in range(rows):
        chosen = _row(waiting, left, right, size)
        found += [Placed(caption, row, anchor) for caption, anchor in chosen]
        taken = {id(caption) for caption, _ in chosen}
        waiting = [one for one in waiting if id(one) not in taken]
    return tuple(found), len(waiting)


def _row(waiting: list[Caption], left: int, right: int, size: int) -> list[tuple[Caption, Anchor]]:
    """The cheapest row: captions from left to right, each centred, moved to a side, or left for the next row."""
    # For each right end so far: what the row costs, and what stands in it.
    states: dict[int, tuple[int, tuple[tuple[Caption, Anchor], ...]]] = {left - GAP: (0, ())}
    for caption in waiting:
        skipped = _LEFT_OUT_IMPORTANT if caption.is_important else _LEFT_OUT
        following = {end: (cost + skipped, chosen) for end, (cost, chosen) in states.items()}
        for anchor in ANCHORS:
            start, stop = ends(caption, anchor, size)
            if start < left or stop > right:
                continue
            for end, (cost, chosen) in states.items():
                total = cost + _COST[anchor]
                if start >= end + GAP and (stop not in following or total < following[stop][0]):
                    following[stop] = (total, (*chosen, (caption, anchor)))
        states = following
    return list(min(states.values(), key=lambda one: one[0])[1])
