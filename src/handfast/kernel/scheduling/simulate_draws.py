"""What chance gives: one stream for each thing that is drawn, and the shapes of a three-point estimate.

A stream is a Philox counter whose key is made from the seed and the thing's own name, so that another activity
reshuffles nothing; each block of runs has its own counter, so that neither the number of runs nor who works
on which block changes a draw.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    Runs = NDArray[np.int64]
    Scores = NDArray[np.float64]

Shape = Literal["pert", "triangular"]

BLOCK_RUNS = 2_500
# Quantiles are tabled by standard score: beyond six deviations lies one run in a thousand million.
FURTHEST = 6
PIECES = 2_048
PER_SCORE = PIECES / (2 * FURTHEST)
_DENSITY_POINTS = 4_097
# PERT: the likely value weighs four times what each end weighs.
PERT_WEIGHT = 4


def stream(seed: int, name: str, block: int) -> np.random.Generator:
    """The numbers of one thing in one block of runs."""
    key = int.from_bytes(sha256(f"{seed}/{name}".encode()).digest()[:16])
    return np.random.Generator(np.random.Philox(key=key, counter=block << 192))


@dataclass(frozen=True, slots=True)
class Spread:
    """A three-point estimate in microseconds, with its quantiles by standard score; equal ends draw nothing."""

    low_us: int
    width_us: int
    quantiles: Scores | None
    slopes: Scores | None

    def at(self, scores: Scores) -> Runs:
        """The lengths that stand at these standard scores, in whole microseconds, rounded down."""
        if self.quantiles is None or self.slopes is None:
            return np.full(scores.shape, self.low_us, np.int64)
        along = (scores + FURTHEST) * PER_SCORE
        np.clip(along, 0, PIECES - 1 / PIECES, out=along)
        piece = along.astype(np.int64)
        along -= piece
        along *= self.slopes.take(piece)
        along += self.quantiles.take(piece)
        along *= self.width_us
        lengths = along.astype(np.int64)
        lengths += self.low_us
        return lengths


def spread_of(low_us: int, likely_us: int, high_us: int, shape: Shape) -> Spread:
    width_us = high_us - low_us
    if not width_us:
        return Spread(low_us, 0, None, None)
    common = math.gcd(likely_us - low_us, width_us)
    quantiles, slopes = _quantiles((likely_us - low_us) // common, width_us // common, shape)
    return Spread(low_us, width_us, quantiles, slopes)


@cache
def _quantiles(part: int, whole: int, shape: Shape) -> tuple[Scores, Scores]:
    """Quantiles from 0 to 1 of a shape whose mode is `part / whole`, and the rise to the next."""
    mode, chances = part / whole, _chances()
    if shape == "triangular":
        with np.errstate(invalid="ignore"):
            rising, falling = np.sqrt(chances * mode), 1 - np.sqrt((1 - chances) * (1 - mode))
        found = np.where(chances < mode, rising, falling)
    else:
        at = np.linspace(0, 1, _DENSITY_POINTS)
        density = at ** (PERT_WEIGHT * mode) * (1 - at) ** (PERT_WEIGHT * (1 - mode))
        share = np.concatenate([[0], np.cumsum(density[1:] + density[:-1])])
        found = np.interp(chances, share / share[-1], at)
    return found, np.diff(found)


@cache
def _chances() -> Scores:
    """The normal chance of staying under each tabled score."""
    scores = [place / PER_SCORE - FURTHEST for place in range(PIECES + 1)]
    return np.array([math.erfc(-score / math.sqrt(2)) / 2 for score in scores])


@dataclass(frozen=True, slots=True)
class Correlated:
    """Standard scores of activities that share their party's luck: any two of one party correlate by `share`.

    Gaussian copula: `z = sqrt(share) z_party + sqrt(1 - share) z_own`. Joint work, and work that either side
    may do, takes half of its shared variance from each party.
    """

    own: float
    shared: float
    by_party: dict[str, Scores]

    @classmethod
    def of(cls, seed: int, block: int, share: Fraction) -> Correlated:
        parties = {
            side: stream(seed, f"party/{side}", block).standard_normal(BLOCK_RUNS)
            for side in ("client", "provider")
        }
        both = (parties["client"] + parties["provider"]) / math.sqrt(2)
        parties |= {"joint": both, "either": both}
        return cls(math.sqrt(1 - share), math.sqrt(share), parties)

    def scores(self, seed: int, activity_id: str, block: int, lead: str) -> Scores:
        scores = stream(seed, f"activity/{activity_id}", block).standard_normal(BLOCK_RUNS)
        scores *= self.own
        scores += self.shared * self.by_party[lead]
        return scores
