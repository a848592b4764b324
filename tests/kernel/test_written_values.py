"""Percentages, durations, amounts, days and instants mean exactly what is written, or are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.measure_terms import threshold_of
from handfast.kernel.written_values import (
    Identifier,
    Month,
    Text,
    Texts,
    date_of,
    decimal_of,
    duration_us_of,
    instant_us_of,
    percent_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PERCENTS = {
    "95 %": "19/20",
    "95%": "19/20",
    "0.95": "19/20",
    "99.95 %": "1999/2000",
    "1 %": "1/100",
    "100 %": "1",
    "0": "0",
}


@pytest.mark.parametrize("text", PERCENTS)
def test_percent_is_the_exact_fraction_of_one(text: str) -> None:
    assert percent_of(text) == Fraction(PERCENTS[text])


@pytest.mark.parametrize(
    "text", ["95", "1.01", "1", "1.00", "-1 %", "95 percent", "", "%", "1e2 %", "NaN", "∞ %", "९५ %", "1_0 %"]
)
def test_percent_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|not negative"):
        percent_of(text)


@given(st.integers(0, 10**9))
def test_percent_and_share_written_of_the_same_number_are_equal(millionths: int) -> None:
    percent = Decimal(millionths).scaleb(-6)
    assert percent_of(f"{percent:f} %") * 100 == Fraction(millionths, 10**6)


DURATIONS = {
    "4h": 14400,
    "90m": 5400,
    "1h 30m": 5400,
    "1h30m": 5400,
    "45s": 45,
    "0s": 0,
    "1h 1m 1s": 3661,
    " 2h ": 7200,
}


@pytest.mark.parametrize("text", DURATIONS)
def test_duration_is_whole_microseconds(text: str) -> None:
    assert duration_us_of(text) == DURATIONS[text] * 1_000_000


@pytest.mark.parametrize("text", ["2d", "4", "", " ", "1.5h", "-1h", "30m 1h", "1h 1h", "h", "4 h", "1H"])
def test_duration_that_is_not_hours_minutes_seconds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write a duration as 4h, 90m, 1h 30m or 45s"):
        duration_us_of(text)


def test_duration_in_days_says_why() -> None:
    with pytest.raises(ValueError, match="a day's length is the calendar's: write hours"):
        duration_us_of("2d")


@given(st.integers(0, 999_999), st.integers(0, 9_999_999), st.integers(0, 999_999_999))
def test_duration_adds_its_parts(hours: int, minutes: int, seconds: int) -> None:
    parts = duration_us_of(f"{hours}h"), duration_us_of(f"{minutes}m"), duration_us_of(f"{seconds}s")
    assert duration_us_of(f"{hours}h {minutes}m {seconds}s") == sum(parts)


@pytest.mark.parametrize("text", ["412600.00", "0", "-3.5", "1"])
def test_number_keeps_the_digits_that_were_written(text: str) -> None:
    assert str(decimal_of(text)) == text


@pytest.mark.parametrize(
    "value", ["1,000", "1e5", "NaN", "Infinity", "0x10", "+1", ".5", "5.", "", "1 000", "٣", 1.5, True, None]
)
def test_number_that_is_not_plain_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="write a plain number"):
        decimal_of(value)


@pytest.mark.parametrize("read", [percent_of, decimal_of])
@pytest.mark.parametrize("value", [0.1, 95.0, True])
def test_float_and_truth_are_never_a_quantity(read: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(ValueError, match="write a plain number"):
        read(value)


def test_bare_one_names_both_of_its_readings() -> None:
    with pytest.raises(ValueError, match="write 100 % or 1 %"):
        percent_of("1")
    with pytest.raises(ValueError, match="write 100 % or 1 %"):
        threshold_of("1", "percent")


@pytest.mark.parametrize("text", ["1900-01-01", "2200-12-31"])
def test_day_of_the_first_and_last_year_is_read(text: str) -> None:
    assert date_of(text).isoformat() == text


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_day_far_from_any_agreement_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the year lies outside 1900 to 2200"):
        date_of(text)
    with pytest.raises(ValidationError, match="the year lies outside 1900 to 2200"):
        TypeAdapter(Month).validate_python(text[:7])


FAR = [
    "0001-01-01T00:00:00+14:00",
    "1900-01-01T00:00:00+00:01",
    "2200-12-31T23:59:59-00:01",
    "9999-12-31T23:59:59-14:00",
]


@pytest.mark.parametrize("text", FAR)
def test_instant_far_from_any_agreement_is_refused_by_its_time_in_utc(text: str) -> None:
    with pytest.raises(ValueError, match="the instant lies outside the years 1900 to 2200"):
        instant_us_of(text)


@pytest.mark.parametrize("text", ["1900-01-01T00:00:00Z", "2200-12-31T23:59:59.999999Z"])
def test_instant_at_the_border_of_the_years_is_read(text: str) -> None:
    assert iso_of(instant_us_of(text)) == text


def test_day_is_a_day_of_the_calendar() -> None:
    assert date_of("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "20260101", "2026-01-01T00:00", "٢٠٢٦-٠١-٠١"]
)
def test_day_that_does_not_exist_or_is_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"there is no day|write a day as 2012-04-30"):
        date_of(text)


INSTANTS = [
    "2012-05-05T12:00:00Z",
    "2012-05-05T14:00:00+02:00",
    "2012-05-05T12:00:00.000000+00:00",
    "2012-05-05T12:00Z",
]


@pytest.mark.parametrize("text", INSTANTS)
def test_instant_is_the_same_whatever_its_offset(text: str) -> None:
    assert instant_us_of(text) == 1_336_219_200 * 1_000_000


@pytest.mark.parametrize(
    "text", ["2012-05-05T12:00:00", "2012-05-05", "2012-05-05 12:00:00Z", "noon", "", None, True]
)
def test_instant_without_its_offset_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match="write an instant with its offset"):
        instant_us_of(text)


@pytest.mark.parametrize("text", ["first_response_p1", "a", "a" * 60])
def test_id_of_small_letters_is_read(text: str) -> None:
    assert TypeAdapter(Identifier).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "A", "1a", "_a", "a-b", "a b", "a" * 61, "ä", "a\n"])
def test_id_that_could_break_a_file_or_a_query_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="an id is lower case letters"):
        TypeAdapter(Identifier).validate_python(text)


@pytest.mark.parametrize("text", ["2012-00", "2012-13", "2012-4", "April 2012", "2012-04-01", "2012-04\n"])
def test_month_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="write a month as 2012-04"):
        TypeAdapter(Month).validate_python(text)


def test_plain_values_of_json_stand_for_their_texts() -> None:
    assert [TypeAdapter(Text).validate_python(value) for value in (1, True, Decimal("1.50"), "x")] == [
        "1",
        "true",
        "1.50",
        "x",
    ]
    assert (
        TypeAdapter(Texts).validate_python("Closed")
        == TypeAdapter(Texts).validate_python(["Closed"])
        == ("Closed",)
    )


THRESHOLDS = [
    ("95 %", "percent", Fraction(95)),
    ("0.95", "percent", Fraction(95)),
    ("4h", "hours", Fraction(4)),
    ("90m", "hours", Fraction(3, 2)),
    ("4", "hours", Fraction(4)),
    ("30s", "minutes", Fraction(1, 2)),
    ("20", "seconds", Fraction(20)),
    ("4.30", "number", Fraction(43, 10)),
]


@pytest.mark.parametrize(("text", "unit", "value"), THRESHOLDS)
def test_threshold_is_on_the_scale_of_its_unit(text: str, unit: Any, value: Fraction) -> None:
    assert threshold_of(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"), [("95", "percent"), ("4h", "number"), ("1d", "hours"), ("95 %", "hours")]
)
def test_threshold_of_another_unit_is_refused(text: str, unit: Any) -> None:
    with pytest.raises(ValueError, match="write"):
        threshold_of(text, unit)
