"""Rounding is exact in every mode, and a quantity that cannot be is refused when it is built."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.quantity import Money, RoundingMode, Share, Span, instant_of, iso_of, moment_of, rounded
from handfast.kernel.refusal import WrongQuantity

if TYPE_CHECKING:
    from collections.abc import Callable

MODES: tuple[RoundingMode, ...] = get_args(RoundingMode)


def half(up_at_half: Callable[[Fraction], bool]) -> Callable[[Fraction], int]:
    """Nearest whole number; at exactly a half, away from zero where `up_at_half` says so of the magnitude."""

    def nearest(value: Fraction) -> int:
        size = abs(value)
        low = floor(size)
        over = size - low
        whole = low + 1 if over > Fraction(1, 2) or (over == Fraction(1, 2) and up_at_half(size)) else low
        return whole if value > 0 else -whole

    return nearest


# Definitions in whole numbers only, each from what the mode's name says.
ORACLE: dict[str, Callable[[Fraction], int]] = {
    "ceiling": ceil,
    "floor": floor,
    "down": lambda value: floor(value) if value > 0 else ceil(value),
    "up": lambda value: ceil(value) if value > 0 else floor(value),
    "half up": half(lambda _: True),
    "half down": half(lambda _: False),
    "half even": half(lambda size: floor(size) % 2 == 1),
}

fractions = st.fractions(min_value=-(10**12), max_value=10**12) | st.builds(
    Fraction, st.integers(-(10**40), 10**40), st.integers(1, 10**20)
)
# Exactly at a border and a hair beside it: where a mode can go wrong.
borders = st.builds(
    lambda halves, digits, hair: Fraction(halves, 2 * 10**digits) + Fraction(hair, 10**45),
    st.integers(-(10**6), 10**6),
    st.integers(0, 12),
    st.sampled_from([-1, 0, 1]),
)


@pytest.mark.parametrize("mode", MODES)
@given(value=fractions | borders, digits=st.integers(0, 12))
def test_rounding_agrees_with_its_definition_in_whole_numbers(
    mode: RoundingMode, value: Fraction, digits: int
) -> None:
    result = rounded(value, digits, mode)
    assert Fraction(result) == Fraction(ORACLE[mode](value * 10**digits), 10**digits)
    assert result.as_tuple().exponent == -digits
    assert abs(Fraction(result) - value) < Fraction(1, 10**digits)


def test_every_mode_has_its_definition() -> None:
    assert set(ORACLE) == set(MODES)


@pytest.mark.parametrize("mode", MODES)
@given(value=fractions | borders, digits=st.integers(0, 12))
def test_rounding_what_is_rounded_changes_nothing(mode: RoundingMode, value: Fraction, digits: int) -> None:
    once = rounded(value, digits, mode)
    assert rounded(once, digits, mode) == once
    assert str(rounded(once, digits, mode)) == str(once)


KNOWN = [
    ("2.5", 0, {"half up": "3", "half down": "2", "half even": "2", "up": "3", "down": "2", "ceiling": "3", "floor": "2"}),
    ("-2.5", 0, {"half up": "-3", "half down": "-2", "half even": "-2", "up": "-3", "down": "-2", "ceiling": "-2", "floor": "-3"}),
    ("1.005", 2, {"half up": "1.01", "half down": "1.00", "half even": "1.00", "up": "1.01", "down": "1.00", "ceiling": "1.01", "floor": "1.00"}),
    ("-0.001", 2, {"half up": "0.00", "up": "-0.01", "floor": "-0.01", "ceiling": "0.00", "down": "0.00"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "digits", "answers"), KNOWN)
def test_rounding_has_its_known_answers(text: str, digits: int, answers: dict[RoundingMode, str]) -> None:
    for mode, answer in answers.items():
        assert str(rounded(Decimal(text), digits, mode)) == answer


def test_rounding_does_not_round_twice() -> None:
    nearly = Fraction(5, 1000) - Fraction(1, 10**60)
    assert str(rounded(nearly, 2, "half up")) == "0.00"
    assert str(rounded(Fraction(5, 1000), 2, "half up")) == "0.01"


def test_rounding_to_less_than_no_digits_is_refused() -> None:
    with pytest.raises(WrongQuantity, match="-1 digits"):
        rounded(Fraction(1), -1, "half up")


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_instant_and_moment_are_inverse_to_the_microsecond(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert moment_of(instant_of(moment)) == moment
    shifted = moment.astimezone(timezone(timedelta(hours=-5, minutes=-30)))
    assert instant_of(shifted) == instant_of(moment)


def test_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(WrongQuantity, match="has no offset"):
        instant_of(datetime(2026, 1, 1))


def test_instant_is_shown_in_utc_with_its_microseconds_only_where_there_are_any() -> None:
    assert [iso_of(0), iso_of(-1), iso_of(1_333_238_400_000_000)] == [
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2012-04-01T00:00:00Z",
    ]


def test_span_is_half_open() -> None:
    span = Span(10, 20)
    assert [span.holds(instant) for instant in (9, 10, 19, 20)] == [False, True, True, False]
    assert (span.length_us, Span(5, 5).length_us, Span(5, 5).holds(5)) == (10, 0, False)


def test_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(WrongQuantity, match="ends before it starts"):
        Span(20, 10)


def test_share_is_exact_and_a_share_of_nothing_is_refused() -> None:
    assert Share(1, 3).exact == Fraction(1, 3)
    for nothing in (0, -1):
        with pytest.raises(WrongQuantity, match="no data"):
            Share(0, nothing)


def test_money_adds_up_in_one_currency() -> None:
    assert Money(Decimal("0.10"), "EUR") + Money(Decimal("0.20"), "EUR") == Money(Decimal("0.30"), "EUR")
    assert str(Money(Decimal("1.00"), "EUR") - Money(Decimal("1.50"), "EUR")) == "-0.50 EUR"


def test_money_of_two_currencies_does_not_add_up() -> None:
    with pytest.raises(WrongQuantity, match="NOK and EUR do not add up without a rate"):
        Money(Decimal(1), "NOK") + Money(Decimal(1), "EUR")
    with pytest.raises(WrongQuantity, match="without a rate"):
        Money(Decimal(1), "NOK") - Money(Decimal(1), "EUR")


@pytest.mark.parametrize("currency", ["eur", "EURO", "", "E R", "€€€", "ÄÖÜ", "E1R"])
def test_currency_that_is_not_three_letters_is_refused(currency: str) -> None:
    with pytest.raises(WrongQuantity, match="three letters of ISO 4217"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_amount_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(WrongQuantity, match="is not an amount"):
        Money(Decimal(amount), "EUR")


def test_refusal_of_a_quantity_has_its_code() -> None:
    with pytest.raises(WrongQuantity) as caught:
        Share(1, 0)
    assert caught.value.code == "wrong-quantity"
