"""What a test and what practical cases are worth: pure reckoning, in whole points."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

FULL = 2  # marks are given in halves: 0, 1 and 2


@dataclass(frozen=True, slots=True)
class Points:
    """Whole points of what could be reached."""

    points: int
    of_points: int

    def passes(self, mark: Decimal) -> bool:
        """Whether the share reaches the mark, exactly."""
        return Fraction(self.points, self.of_points) >= Fraction(mark)


def points_of_test(right: Mapping[str, Sequence[int]], answers: Mapping[str, Sequence[int]]) -> Points:
    """A point for each question all of whose right answers, and no other, were chosen. `right` is by the asked question."""
    reached = sum(1 for key, places in right.items() if set(answers.get(key, ())) == set(places))
    return Points(reached, len(right))


def practical_points(marks: Sequence[Sequence[int]], rubric: Sequence[tuple[str, int, bool]]) -> Points:
    """The mean of the cases: each its marks by the weights of the rubric, nothing where a mark that must not be zero is.

    `marks` are halves by case and criterion; weights are hundredths, so a full case is 200 points.
    """
    full = FULL * sum(weight for _, weight, _ in rubric)
    reached = sum(_case_points(case, rubric) for case in marks)
    return Points(reached, full * len(marks))


def _case_points(case: Sequence[int], rubric: Sequence[tuple[str, int, bool]]) -> int:
    if any(fails and not mark for mark, (_, _, fails) in zip(case, rubric, strict=True)):
        return 0
    return sum(mark * weight for mark, (_, weight, _) in zip(case, rubric, strict=True))


def drawn(bank: Sequence[UUID], sitting: UUID, size: int) -> list[UUID]:
    """So many questions of a bank for one sitting, in an order that nobody chose and that can be drawn again."""
    return sorted(bank, key=lambda one: hashlib.sha256(sitting.bytes + one.bytes).digest())[:size]
