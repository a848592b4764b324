"""What is drawn has the moments of its shape, and the correlation that was asked for."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from handfast.kernel.scheduling.simulate_draws import (
    BLOCK_RUNS,
    FURTHEST,
    Correlated,
    Shape,
    spread_of,
    stream,
)

HOUR_US = 3_600_000_000
BLOCKS = 40
DRAWS = BLOCK_RUNS * BLOCKS
ESTIMATES = [(10, 10, 40), (10, 15, 40), (10, 25, 40), (10, 39, 40), (10, 40, 40), (0, 1, 2)]


def drawn(low: int, likely: int, high: int, shape: Shape) -> np.ndarray:
    spread = spread_of(low * HOUR_US, likely * HOUR_US, high * HOUR_US, shape)
    scores = [stream(11, "one", block).standard_normal(BLOCK_RUNS) for block in range(BLOCKS)]
    return spread.at(np.concatenate(scores)) / HOUR_US


@pytest.mark.parametrize(("low", "likely", "high"), ESTIMATES)
def test_pert_draws_have_the_mean_and_variance_of_the_beta_distribution(
    low: int, likely: int, high: int
) -> None:
    """Beta with 1 + 4(m-a)/(b-a) and 1 + 4(b-m)/(b-a): mean (a+4m+b)/6, variance (mean-a)(b-mean)/7."""
    found = drawn(low, likely, high, "pert")
    mean = (low + 4 * likely + high) / 6
    variance = (mean - low) * (high - mean) / 7
    assert found.mean() == pytest.approx(mean, abs=4 * sqrt(variance / DRAWS))
    assert found.var() == pytest.approx(variance, rel=4 * sqrt(3 / DRAWS))
    assert low <= found.min() <= found.max() <= high


@pytest.mark.parametrize(("low", "likely", "high"), ESTIMATES)
def test_triangular_draws_have_the_mean_and_variance_of_their_triangle(
    low: int, likely: int, high: int
) -> None:
    found = drawn(low, likely, high, "triangular")
    mean = (low + likely + high) / 3
    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    assert found.mean() == pytest.approx(mean, abs=4 * sqrt(variance / DRAWS))
    assert found.var() == pytest.approx(variance, rel=4 * sqrt(3 / DRAWS))
    assert low <= found.min() <= found.max() <= high


def test_estimate_without_width_draws_its_one_value() -> None:
    assert spread_of(5, 5, 5, "pert").at(np.array([-9.0, 0.0, 9.0])).tolist() == [5, 5, 5]


def test_scores_beyond_the_table_stay_inside_the_estimate() -> None:
    spread = spread_of(0, 400_000, 1_000_000, "pert")
    low, high = spread.at(np.array([-2.0 * FURTHEST, 2.0 * FURTHEST])).tolist()
    assert 0 <= low < 20_000
    assert 980_000 < high <= 1_000_000


def test_longer_luck_is_never_a_shorter_duration() -> None:
    spread = spread_of(0, 100, 1_000_000, "triangular")
    lengths = spread.at(np.linspace(-8, 8, 5_000))
    assert (np.diff(lengths) >= 0).all()


def test_activities_correlate_by_their_parties() -> None:
    """One party: the share. Joint with a side: the share over the root of two. Two sides: nothing."""
    share = Fraction(2, 5)
    leads = {"a": "client", "b": "client", "c": "provider", "d": "joint", "e": "either"}
    scores = {}
    for name, lead in leads.items():
        blocks = [Correlated.of(3, block, share).scores(3, name, block, lead) for block in range(BLOCKS)]
        scores[name] = np.concatenate(blocks)
        assert scores[name].std() == pytest.approx(1, abs=0.01)
    expected = {"ab": 0.4, "ac": 0.0, "ad": 0.4 / sqrt(2), "cd": 0.4 / sqrt(2), "de": 0.4}
    for (one, other), correlation in expected.items():
        found = np.corrcoef(scores[one], scores[other])[0, 1]
        assert found == pytest.approx(correlation, abs=4 / sqrt(DRAWS))


def test_streams_of_other_names_and_blocks_share_no_number() -> None:
    drawn_ones = [
        stream(seed, name, block).integers(0, 2**63, 50).tolist()
        for seed, name, block in [(1, "a", 0), (1, "b", 0), (2, "a", 0), (1, "a", 1)]
    ]
    assert len({number for one in drawn_ones for number in one}) == 200
