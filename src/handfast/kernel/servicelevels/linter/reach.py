"""What values a measure can take, and so which thresholds can be missed or met at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.measure_terms import (
    Count,
    Mean,
    Percentile,
    Ratio,
    RatioOfSums,
    Reported,
    ShareOfIntervals,
    ShareWithinTarget,
    Sum,
)

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.terms import Level, WrittenTerms

HUNDRED = Fraction(100)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the greatest value on the scale of the unit; None where nothing bounds it."""

    least: Fraction | None
    greatest: Fraction | None

    def can_miss(self, threshold: Fraction, level: Level) -> bool:
        """Whether any value misses the threshold."""
        is_higher = level.better == "higher"
        worst = self.least if is_higher else self.greatest
        if worst is None:
            return True
        if worst == threshold:
            return level.at_level == "missed"
        return (worst < threshold) == is_higher

    def can_meet(self, threshold: Fraction, level: Level) -> bool:
        """Whether any value meets the threshold."""
        is_higher = level.better == "higher"
        best = self.greatest if is_higher else self.least
        if best is None:
            return True
        if best == threshold:
            return level.at_level == "met"
        return (best > threshold) == is_higher


def reach_of(measure: Any) -> Reach:
    """The values that a kind of measure can take."""
    match measure:
        case ShareWithinTarget() | Ratio() | ShareOfIntervals():
            return Reach(NOTHING, HUNDRED)
        case Percentile() | Count():
            return Reach(NOTHING, None)
        case Mean() | Sum():
            return Reach(NOTHING if measure.of is None else None, None)
        case RatioOfSums():
            subtracts = any(name.startswith("-") for name in (*measure.of, *measure.to))
            return Reach(None if subtracts else NOTHING, None)
        case Reported():
            return Reach(NOTHING if measure.unit == "percent" else None, None)
    raise TypeError(f"no such measure: {measure!r}")


def is_ever_missed(terms: WrittenTerms, level_id: str) -> bool:
    """Whether any value makes the verdict `missed`: under the minimum, or under expected where no minimum is."""
    level, reach = terms.levels[level_id], reach_of(terms.measure_of(level_id))
    minimum, expected = terms.threshold(level_id, "minimum"), terms.threshold(level_id, "expected")
    decisive = minimum if minimum is not None else expected
    return decisive is not None and reach.can_miss(decisive, level)


def is_ever_below_expected(terms: WrittenTerms, level_id: str) -> bool:
    """Whether any value makes the verdict `below expected`: only where there is a minimum too."""
    level, reach = terms.levels[level_id], reach_of(terms.measure_of(level_id))
    expected = terms.threshold(level_id, "expected")
    return level.minimum is not None and expected is not None and reach.can_miss(expected, level)
