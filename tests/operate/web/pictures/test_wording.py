"""Words for spans, numbers and instants keep every digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.foundation.web.shapes import px
from handfast.operate.web.pictures.wording import (
    clock_text,
    month_text,
    number_text,
    signed_text,
    span_text,
    value_text,
)


@given(st.integers(-(10**9), 10**9))
def test_lengths_lose_nothing_as_text(hundredths: int) -> None:
    assert Decimal(px(hundredths)) * 100 == hundredths


@pytest.mark.parametrize(
    ("microseconds", "clock", "span"),
    [
        (0, "0:00:00", "0 h"),
        (57_600_000_000, "16:00:00", "16 h"),
        (5_400_000_000, "1:30:00", "1 h 30 min"),
        (1_500_000, "0:00:01.5", "1 s 500000 µs"),
    ],
)
def test_spans_are_said_whole(microseconds: int, clock: str, span: str) -> None:
    assert (clock_text(microseconds), span_text(microseconds)) == (clock, span)


def test_values_keep_their_noughts() -> None:
    assert value_text("100.00", "percent") == "100.00 %"
    assert value_text("4.20", "number") == "4.20"
    assert value_text(None, "hours") == "–"


def test_differences_carry_their_sign() -> None:
    assert signed_text(Decimal("15885.10")) == "+15,885.10"
    assert signed_text(Decimal("-0.30")) == "\N{MINUS SIGN}0.30"
    assert signed_text(Decimal("0.00")) == "0.00"


def test_small_numbers_are_words_and_months_names() -> None:
    assert (number_text(2), number_text(13)) == ("two", "13")
    assert month_text("2026-03") == "March 2026"
