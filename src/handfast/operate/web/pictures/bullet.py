"""A level's place as a bullet: the dot measured, the tick expected, the dashed tick minimum, in parts of a track."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import plain_text, rounded
from handfast.operate.web.pictures.verdictwords import status_of, verdict_words
from handfast.operate.web.pictures.wording import value_text

if TYPE_CHECKING:
    from collections.abc import Mapping

HUNDRED = 100
DIGITS = 2
# Beyond the outermost mark the track goes on by this part of what lies between the marks that were promised.
BEYOND = Fraction(3, 5)
# Where only one mark was promised, this part of it stands for the distance.
LONE = Fraction(1, 20)
BOUNDED_UNITS: dict[str, int] = {"percent": HUNDRED}


@dataclass(frozen=True, slots=True)
class Bullet:
    """Places in percent of the track as texts, empty where there is nothing; right is always better."""

    status: str
    measured: str
    minimum: str
    expected: str
    label: str


def bullet_of(level: Mapping[str, Any]) -> Bullet:
    """The bullet of one level of a statement's body."""
    marks = {
        key: None if level[written] is None else Fraction(Decimal(level[written]))
        for key, written in (("measured", "value"), ("minimum", "minimum"), ("expected", "expected"))
    }
    promised = [marks[key] for key in ("minimum", "expected")]
    low, high = _range([m for m in marks.values() if m is not None], promised, level["unit"])
    is_mirrored = level["better"] == "lower"

    def place(mark: Fraction | None) -> str:
        # Without a promise nothing says where the figure stands.
        if mark is None or all(one is None for one in promised):
            return ""
        part = (mark - low) / (high - low) * HUNDRED
        return plain_text(rounded(HUNDRED - part if is_mirrored else part, DIGITS, "half up"))

    places = {key: place(mark) for key, mark in marks.items()}
    return Bullet(status_of(level), places["measured"], places["minimum"], places["expected"], _label(level))


def _range(known: list[Fraction], promised: list[Fraction | None], unit: str) -> tuple[Fraction, Fraction]:
    """Where the track begins and ends: around all marks, and never beyond what the unit can be."""
    if not known:
        return Fraction(0), Fraction(1)
    low, high = min(known), max(known)
    minimum, expected = promised
    gap = abs(expected - minimum) if expected is not None and minimum is not None else Fraction(0)
    gap = gap or max(abs(high) * LONE, (high - low) / 2) or Fraction(1)
    low, high = low - gap * BEYOND, high + gap * BEYOND
    if min(known) >= 0:
        low = max(low, Fraction(0))
    most = BOUNDED_UNITS.get(unit)
    return low, high if most is None or max(known) > most else min(high, Fraction(most))


def _label(level: Mapping[str, Any]) -> str:
    said = [verdict_words(level)]
    if level["value"] is not None:
        said.append(f"measured {value_text(level['value'], level['unit'])}")
    said += [
        f"{key} {value_text(level[key], level['unit'])}"
        for key in ("minimum", "expected")
        if level[key] is not None
    ]
    return ", ".join(said) + (", lower is better" if level["better"] == "lower" else "")
