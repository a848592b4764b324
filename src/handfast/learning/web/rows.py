"""Standings as pages and files tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from handfast.foundation.web.exports import Cell
    from handfast.foundation.web.frame import Status
    from handfast.learning.models import Result
    from handfast.learning.queries.matrix import Matrix
    from handfast.learning.queries.standing import Standing

GLYPHS: dict[str, Status] = {
    "certified": "met", "ending": "risk", "ended": "missed", "lapsed": "missed", "out": "missed", "begun": "running",
    "not-begun": "open",
}  # fmt: skip
WORDS = {
    "certified": "Certified", "ending": "Certificate ends soon", "ended": "Certificate ended", "lapsed": "Lapsed",
    "out": "No try left", "begun": "Begun", "not-begun": "Not begun",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SkillCell:
    """One cell of the heat map: its colour and its glyph, and all of it in words."""

    glyph: Status
    short: str
    said: str


def cell_of(standing: Standing | None) -> SkillCell | None:
    """None where the class must not hold the topic."""
    if standing is None:
        return None
    glyph, short, said = GLYPHS[standing.word], "", WORDS[standing.word]
    held = standing.certificate
    if (
        standing.word in {"certified", "ending", "ended"}
        and held is not None
        and held.valid_until is not None
    ):
        said = f"{said}, until {held.valid_until:%-d %B %Y}"
    elif standing.word in {"begun", "out"}:
        short = f"{standing.passed}/{len(standing.parts)}"
        said = f"{said}: {standing.passed} of {len(standing.parts)} parts passed"
    return SkillCell(glyph, short, said)


def share_words(share: Fraction | None) -> str:
    """`86.7 %`, cut and never rounded up: what is below the pass mark never reads as if it had reached it."""
    if share is None:
        return ""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def result_words(one: Result | None, *, reads_scores: bool) -> str:
    """How a try ended; without its score where that is not the reader's to know."""
    if one is None:
        return "not tried yet"
    word = "passed" if one.is_passed else "not passed"
    score = f", {share_words(one.score)}" if reads_scores and one.score is not None else ""
    return f"{word} on {one.taken_on:%-d %b %Y}{score}"


def export_rows(matrix: Matrix) -> Iterator[tuple[Cell, ...]]:
    """A row for each of the people, a column for each topic: the last day of the certificate, or a word."""
    for row in matrix.rows:
        cells = tuple(_told(one) for one in row.cells)
        yield (row.trainee.label, row.trainee.training_class.name, row.trainee.left_on, *cells)


def _told(one: Standing | None) -> Cell:
    if one is None:
        return None
    if one.word in {"certified", "ending"} and one.certificate is not None:
        return one.certificate.valid_until or "certified"
    return WORDS[one.word].lower()
