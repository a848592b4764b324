"""Chance in whole numbers: the same draws on every machine, since no logarithm and no float takes part."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Thing = TypeVar("Thing")

MILLE = 1000
# Quantiles at 0, 5, … 100 % of a lognormal time (sigma 0.9), in thousandths of its median: most work is short,
# some is long.
SKEWED = (
    104, 228, 316, 393, 469, 545, 624, 707, 796, 893, 1000,
    1120, 1256, 1415, 1603, 1835, 2133, 2542, 3169, 4395, 9592,
)  # fmt: skip
_STEP = 1 << 16


class Chance:
    """A seeded stream of draws."""

    def __init__(self, seed: int) -> None:
        self._draws = random.Random(seed)  # noqa: S311 - a simulation, not a secret

    def happens(self, per_mille: int) -> bool:
        return self._draws.randrange(MILLE) < per_mille

    def between(self, least: int, most: int) -> int:
        """Any whole number from `least` to `most`, both possible."""
        return least + self._draws.randrange(most - least + 1)

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[self._draws.randrange(len(things))]

    def weighted(self, weights: Sequence[int]) -> int:
        """The place of one weight, as often as it is heavy."""
        rest = self._draws.randrange(sum(weights))
        for place, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return place
        raise AssertionError("the rest lies under the sum of the weights")

    def skewed(self, median: int) -> int:
        """A time around `median`, in its unit: between a tenth of it and almost ten times it."""
        step, part = divmod(self._draws.randrange((len(SKEWED) - 1) * _STEP), _STEP)
        low, high = SKEWED[step], SKEWED[step + 1]
        return median * (low * _STEP + (high - low) * part) // (MILLE * _STEP)
