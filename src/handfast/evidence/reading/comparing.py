"""Two texts beside each other as people read them: by paragraphs, with the words that changed, what stayed folded.

What stands once in both anchors the comparison; between two anchors pairs are compared one by one, as long as there are not too
many of them: so the time is bounded, whatever somebody writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAIRS = 2_000_000  # of paragraphs and words that are compared one by one
LIKE = 0.4  # from here on two paragraphs are one that was changed
AROUND = 1  # paragraphs on either side of a change that are shown
HEADING = re.compile(r"(#{1,6})\s+(.*)")
OPENS = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|\||>|```|~~~)")
WORDS = re.compile(r"\s+|(?:\w+|[^\w\s])[^\S\n]*")

PieceKind = Literal["same", "removed", "added"]
Kind = Literal["same", "removed", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph: in both, only before, or only after."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph as it was and is; `heading` is its level where it is one, else 0."""

    kind: Kind
    pieces: tuple[Piece, ...]
    heading: int = 0
    anchor: str = ""

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces if one.kind != "removed")

    @property
    def title(self) -> str:
        """A heading without its signs."""
        return self.text.lstrip("#").strip()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Parts that are shown, or that are folded because nothing changed in them."""

    parts: tuple[Part, ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one text to the other. `sections` are the headings under which something did."""

    stretches: tuple[Stretch, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0
    sections: tuple[Part, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compared(before: str, after: str) -> Comparison:
    """The second text as it differs from the first."""
    parts = list(_numbered(_parts(paragraphs_of(before), paragraphs_of(after))))
    count = Counter(one.kind for one in parts)
    return Comparison(
        tuple(_folded(parts)), count["added"], count["removed"], count["changed"], tuple(_sections(parts))
    )


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs as they are written; a heading, a line of a list or of a table stands for itself."""
    found: list[str] = []
    is_open = False
    for line in text.split("\n"):
        if not line.strip():
            is_open = False
        elif is_open and not OPENS.match(line):
            found[-1] += f"\n{line.rstrip()}"
        else:
            found.append(line.rstrip())
            is_open = not HEADING.match(line)
    return found


class _Budget:
    """How many pairs may still be compared one by one; what comes after is told as a whole."""

    def __init__(self, pairs: int) -> None:
        self.pairs = pairs

    def covers(self, pairs: int) -> bool:
        """Whether so many are left; they are then spent."""
        if pairs > self.pairs:
            return False
        self.pairs -= pairs
        return True


def _parts(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    """The same paragraphs are found by their words: how their lines are broken changes nothing."""
    old, new = ([" ".join(one.split()) for one in side] for side in (before, after))
    budget = _Budget(MOST_PAIRS)
    at_old = at_new = 0
    for place_old, place_new in [*_matches(old, new, budget), (len(old), len(new))]:
        yield from _replaced(before[at_old:place_old], after[at_new:place_new], budget)
        if place_old < len(old):
            yield _same(after[place_new])
        at_old, at_new = place_old + 1, place_new + 1


def _matches(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int]]:
    """The places of what is the same in both, in an order that both have."""
    found: list[tuple[int, int]] = []
    at_old = at_new = 0
    for place_old, place_new in [*_anchors(old, new), (len(old), len(new))]:
        inside = _near(old[at_old:place_old], new[at_new:place_new], budget)
        found += [(at_old + one, at_new + other) for one, other in inside]
        if place_old < len(old):
            found.append((place_old, place_new))
        at_old, at_new = place_old + 1, place_new + 1
    return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """What stands once in each, in an order that both have: the longest one, as in patience."""
    once_old, once_new = Counter(old), Counter(new)
    place_of = {one: place for place, one in enumerate(new) if once_new[one] == 1}
    pairs = [(at, place_of[one]) for at, one in enumerate(old) if once_old[one] == 1 and one in place_of]
    ends, tops, links = list[int](), list[int](), list[int]()
    for number, (_, place) in enumerate(pairs):
        spot = bisect_left(ends, place)
        links.append(tops[spot - 1] if spot else -1)
        ends[spot : spot + 1], tops[spot : spot + 1] = [place], [number]
    found, at = list[tuple[int, int]](), tops[-1] if tops else -1
    while at >= 0:
        found.append(pairs[at])
        at = links[at]
    return found[::-1]


def _near(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int]]:
    """The same between two anchors: what both begin and end with, and between these the longest that both have."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [(at, at) for at in range(head)]
    if budget.covers(len(inner_old) * len(inner_new)):
        found += [(head + one, head + other) for one, other in _longest(inner_old, inner_new)]
    return found + [(len(old) - at, len(new) - at) for at in range(tail, 0, -1)]


def _longest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, by the table of all pairs."""
    table = [[0] * (len(new) + 1)]
    for one in reversed(old):
        below, row = table[-1], [0] * (len(new) + 1)
        for at in range(len(new) - 1, -1, -1):
            row[at] = below[at + 1] + 1 if one == new[at] else max(below[at], row[at + 1])
        table.append(row)
    table.reverse()
    found, at_old, at_new = list[tuple[int, int]](), 0, 0
    while at_old < len(old) and at_new < len(new):
        if old[at_old] == new[at_new]:
            found.append((at_old, at_new))
            at_old, at_new = at_old + 1, at_new + 1
        elif table[at_old + 1][at_new] >= table[at_old][at_new + 1]:
            at_old += 1
        else:
            at_new += 1
    return found


def _replaced(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[Part]:
    """Those that are alike are one that changed, in their order; the others went and came."""
    for place in range(max(len(before), len(after))):
        was = before[place] if place < len(before) else None
        now = after[place] if place < len(after) else None
        if was is not None and now is not None and (pieces := _pieces(was, now, budget)):
            yield Part("changed", pieces, _level(now))
            continue
        if was is not None:
            yield Part("removed", (Piece("removed", was),), _level(was))
        if now is not None:
            yield Part("added", (Piece("added", now),), _level(now))


def _pieces(was: str, now: str, budget: _Budget) -> tuple[Piece, ...]:
    """The words in both and in one of them; nothing where the paragraphs are not alike."""
    old, new = WORDS.findall(was), WORDS.findall(now)
    same = _matches([one.strip() for one in old], [one.strip() for one in new], budget)
    if 2 * len(same) < LIKE * (len(old) + len(new)):
        return ()
    found, at_old, at_new = list[Piece](), 0, 0
    for place_old, place_new in [*same, (len(old), len(new))]:
        _put(found, "removed", "".join(old[at_old:place_old]))
        _put(found, "added", "".join(new[at_new:place_new]))
        _put(found, "same", new[place_new] if place_new < len(new) else "")
        at_old, at_new = place_old + 1, place_new + 1
    return tuple(found)


def _put(found: list[Piece], kind: PieceKind, text: str) -> None:
    """One piece more, or more of the last one."""
    if text and found and found[-1].kind == kind:
        found[-1] = Piece(kind, found[-1].text + text)
    elif text:
        found.append(Piece(kind, text))


def _same(text: str) -> Part:
    return Part("same", (Piece("same", text),), _level(text))


def _level(text: str) -> int:
    heading = HEADING.match(text)
    return len(heading[1]) if heading else 0


def _numbered(parts: Iterator[Part]) -> Iterator[Part]:
    """Headings get anchors by their place."""
    for place, one in enumerate(parts):
        yield Part(one.kind, one.pieces, one.heading, f"c-{place}") if one.heading else one


def _folded(parts: Sequence[Part]) -> Iterator[Stretch]:
    """What is near a change is shown, and every heading above one; the rest is folded."""
    shown = [False] * len(parts)
    above = -1
    for place, one in enumerate(parts):
        if one.heading:
            above = place
        if one.kind != "same":
            for near in range(max(0, place - AROUND), min(len(parts), place + AROUND + 1)):
                shown[near] = True
            if above >= 0:
                shown[above] = True
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and shown[end] == shown[at]:
            end += 1
        yield Stretch(tuple(parts[at:end]), not shown[at])
        at = end


def _sections(parts: Sequence[Part]) -> Iterator[Part]:
    """The nearest heading above each change, once."""
    above: Part | None = None
    told = ""
    for one in parts:
        if one.heading and one.kind != "removed":
            above = one
        if one.kind != "same" and above is not None and above.anchor != told:
            told = above.anchor
            yield above
