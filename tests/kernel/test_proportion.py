"""The Wilson interval against published values, a root of another kind, and its laws."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.proportion import wilson_lower
from handfast.kernel.refusal import WrongQuantity


@pytest.mark.parametrize(
    ("alike", "cases", "low"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3: lower ends to four digits.
        (81, 263, "0.2553"),
        (15, 148, "0.0624"),
        (0, 20, "0.0000"),
        (1, 29, "0.0061"),
    ],
)
def test_lower_end_is_as_published(alike: int, cases: int, low: str) -> None:
    assert round(Decimal(str(float(wilson_lower(alike, cases)))), 4) == Decimal(low)


@given(st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_lower_end_is_the_root_of_the_score_and_never_above_it(told: tuple[int, int]) -> None:
    alike, cases = told
    with localcontext() as exact:
        exact.prec = 50
        p, n, z = Decimal(alike) / cases, Decimal(cases), Decimal("1.959964")
        centre, spread = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        low = (centre - spread) / (1 + z * z / n)
        found = wilson_lower(alike, cases)
        mine = Decimal(found.numerator) / found.denominator
    assert mine <= max(low, Decimal(0)) + Decimal("1e-20")
    assert low - mine <= Decimal("0.000002")


@given(st.integers(2, 5_000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_one_more_case_alike_is_never_less(told: tuple[int, int]) -> None:
    alike, cases = told
    assert wilson_lower(alike - 1, cases) <= wilson_lower(alike, cases) <= Fraction(alike, cases)


@pytest.mark.parametrize(("alike", "cases"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(alike: int, cases: int) -> None:
    with pytest.raises(WrongQuantity, match="is no share"):
        wilson_lower(alike, cases)
