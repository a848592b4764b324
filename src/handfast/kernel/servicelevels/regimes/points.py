"""Points by severity band; a failure right after a failure counts more; a ladder may turn points into money."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from handfast.kernel.servicelevels.regime_terms import Band, Ladder, PointsRegime


class NoBandHolds(Refusal):
    """A measured value that lies in a gap between the bands of the terms."""

    code = "no-band-holds"


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One level's points: those of its band, whether it is a repeat, and what counts."""

    level: str
    value: Decimal | None
    band: str | None
    band_points: int
    is_repeat: bool
    points: int


@dataclass(frozen=True, slots=True)
class PointsResult:
    """`of_charges` is the share of the charges by the ladder, None where the terms have none."""

    points: int
    charges: Decimal
    of_charges: Fraction | None
    total: Decimal
    lines: tuple[PointsLine, ...]


def band_of(regime: PointsRegime, level: str, value: Decimal) -> Band:
    """The first band that holds the value; a value in a gap is refused, never guessed."""
    for band in regime.points[level].bands:
        if band.holds(value):
            return band
    raise NoBandHolds(
        f"{level}: no band of the terms holds {value}: the bands leave a gap there; amend the terms"
    )


def monthly_points(
    regime: PointsRegime,
    charges: Decimal,
    now: Mapping[str, Decimal | None],
    previous: Mapping[str, Decimal | None],
) -> PointsResult:
    """Points of a month from the values of each level now and in the month before (None: no verdict)."""
    lines = tuple(_line(regime, level, now.get(level), previous.get(level)) for level in regime.points)
    points = sum(line.points for line in lines)
    of_charges = None if regime.ladder is None else rung_of(regime.ladder, points)
    digits, mode = regime.rounding.digits, regime.rounding.mode
    total = rounded((of_charges or Fraction(0)) * Fraction(charges), digits, mode)
    return PointsResult(points, charges, of_charges, total, lines)


def _line(regime: PointsRegime, level: str, value: Decimal | None, previous: Decimal | None) -> PointsLine:
    if value is None:
        return PointsLine(level, None, None, 0, is_repeat=False, points=0)
    band = band_of(regime, level, value)
    failed_before = previous is not None and band_of(regime, level, previous).points > 0
    is_repeat = regime.repeat is not None and band.points > 0 and failed_before
    factor = regime.repeat.factor if regime.repeat is not None and is_repeat else 1
    return PointsLine(level, value, band.name, band.points, is_repeat, band.points * factor)


def rung_of(ladder: Ladder, points: int) -> Fraction:
    """The share of charges for a number of points; under the first rung nothing, over the last the last."""
    reached = [rung for rung in ladder.rungs if rung.points <= points]
    above = [rung for rung in ladder.rungs if rung.points >= points]
    if points <= 0 or (not reached and ladder.between == "lower rung"):
        return Fraction(0)
    if ladder.between == "lower rung" or not above:
        return reached[-1].of_charges
    return above[0].of_charges
