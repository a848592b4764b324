"""A day is read where it can be read one way, and refused with what to write where it can be read two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.contract.reading.written_days import day_said

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-02", "2026/3/2", "2026.03.02", "2026-03-02T00:00:00", "2026-03-02 00:00:00", "2 Mar 2026", "2 March 2026",
        "02-Mar-2026", "2. March 2026", "2nd March 2026", "March 2, 2026", "Mar 2 2026",
    ],
)  # fmt: skip
def test_day_that_can_be_read_one_way_is_read(said: str) -> None:
    assert day_said(said) == DAY


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)), ("12/31/2026", date(2026, 12, 31)), ("3.3.2026", date(2026, 3, 3)),
        ("28. 2. 2026", date(2026, 2, 28)), ("29 Feb 2028", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_numbers_of_which_one_alone_can_be_the_month_are_read(said: str, day: date) -> None:
    assert day_said(said) == day


@pytest.mark.parametrize("said", ["02/03/2026", "2.3.2026", "02-03-2026"])
def test_day_that_can_be_read_two_ways_is_refused_with_both(said: str) -> None:
    with pytest.raises(
        ValueError, match="may be 2 March or 3 February: write 2026-03-02 or 2026-02-03"
    ) as refused:
        day_said(said)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("46023", "is no day"), ("02/03/26", "is no day"), ("tomorrow", "is no day"), ("2026-03-02T09:00:00", "is no day"),
        ("2026-02-30", "there is no day"), ("31/11/2026", "there is no day"), ("30 Feb 2026", "there is no day"),
        ("0000-01-01", "there is no day"), ("02/03/0000", "there is no day"), ("13/13/2026", "there is no day"),
        ("0/3/2026", "there is no day"), ("2 Ma 2026", "names no month"), ("2 Juno 2026", "names no month"),
        ("٠٢/٠٣/٢٠٢٦", "is no day"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        day_said(said)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused_in_words(said: str) -> None:
    try:
        assert isinstance(day_said(said), date)
    except ValueError as refused:
        assert "write" in str(refused)  # noqa: PT017 - any of them says what to write


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_day_in_numbers_is_itself_or_refused(day: date) -> None:
    said = f"{day:%d/%m/%Y}"
    try:
        assert day_said(said) == day
    except ValueError:
        assert day.day <= 12
