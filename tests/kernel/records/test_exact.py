"""Numbers come out exact or are refused by their row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records import arrow
from handfast.kernel.records.exact import MEAN_DIGITS, numbers_of, sums_of_means
from handfast.kernel.records.instants import Place
from handfast.kernel.records.needs import NumberRule
from handfast.kernel.records.refusals import CellRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = Place("log.csv", 2, "amount")


def scaled(cells: Sequence[str | None], digits: int, *, is_unsigned: bool = False) -> list[int]:
    rule = NumberRule("amount", "amount", digits, is_unsigned)
    numbers: list[int] = numbers_of(arrow.texts(cells), rule, PLACE).scaled.tolist()
    return numbers


@given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1), st.integers(0, 9))
def test_number_is_scaled_exactly_or_refused(numbers: list[Decimal], digits: int) -> None:
    cells = [f"{number:f}" for number in numbers]
    exact = [Fraction(number) * 10**digits for number in numbers]
    if all(value.denominator == 1 for value in exact):
        assert scaled(cells, digits) == [int(value) for value in exact]
    else:
        first = next(row for row, value in enumerate(exact) if value.denominator != 1)
        with pytest.raises(CellRefused, match=f"row {first + 2}, column 'amount'.*finer"):
            scaled(cells, digits)


@given(st.text("0123456789.eE+-, _x", max_size=12))
def test_text_is_a_number_only_as_decimal_reads_it(cell: str) -> None:
    try:
        found = scaled([cell], 2)
    except CellRefused:
        return
    assert Fraction(Decimal(cell)) * 100 == found[0]


@pytest.mark.parametrize("cell", ["1,000", "1_000", "NaN", "inf", "0x10", "1.2.3", "--1", " 1", "١"])
def test_what_is_no_plain_number_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused, match="row 3"):
        scaled(["1", cell], 0)


def test_whole_number_that_went_through_floats_is_whole() -> None:
    assert scaled(["5.0", "1e3", None, "+7"], 0) == [5, 1000, 0, 7]


def test_number_beyond_sixty_three_bits_is_refused() -> None:
    assert scaled([str(2**63 - 1)[:18]], 0) == [int(str(2**63 - 1)[:18])]
    with pytest.raises(CellRefused, match="too large"):
        scaled(["999999999999999999"], 2)


def test_total_below_zero_is_refused() -> None:
    with pytest.raises(CellRefused, match=r"row 2.*below zero"):
        scaled(["-1"], 0, is_unsigned=True)


@given(st.decimals(0, 10**6, places=12), st.integers(0, 10**6), st.integers(0, 9))
def test_mean_times_count_is_rounded_once_half_up(mean: Decimal, count: int, digits: int) -> None:
    exact = Fraction(mean) * count * 10**digits
    expected = (exact.numerator * 2 + exact.denominator) // (2 * exact.denominator)
    means = np.array([int(Fraction(mean) * 10**MEAN_DIGITS)], object)
    assert sums_of_means(means, np.array([count], np.int64), digits)[0] == expected
