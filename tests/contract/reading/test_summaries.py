"""The last day of notice is counted in whole months of the calendar, back from the end of the term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from handfast.contract.reading.summaries import SummarySaid, checked_summary, last_day_of_notice
from handfast.contract.refusals import SummaryRefused

SAID = SummarySaid(
    "Master services agreement", date(2026, 1, 1), date(2026, 1, 1), date(2028, 12, 31), renewal="automatic",
    renewal_months=12, notice_months=6, yearly_value=Decimal("2400000.00"),
)  # fmt: skip
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize(
    ("ends_on", "months", "last"),
    [
        (date(2028, 12, 31), 6, date(2028, 6, 30)),
        (date(2028, 2, 29), 6, date(2027, 8, 31)),
        (date(2027, 2, 28), 3, date(2026, 11, 30)),
        (date(2027, 8, 30), 6, date(2027, 2, 27)),  # the month before 31 August has no 31st
        (date(2027, 3, 15), 0, date(2027, 3, 15)),
        (date(2027, 1, 31), 12, date(2026, 1, 31)),
    ],
)
def test_notice_ends_the_day_before_its_months_begin(ends_on: date, months: int, last: date) -> None:
    assert last_day_of_notice(ends_on, months) == last


@given(DAYS, st.integers(0, 120))
def test_day_is_that_of_a_library_that_knows_calendars(ends_on: date, months: int) -> None:
    expected = ends_on + timedelta(days=1) - relativedelta(months=months) - timedelta(days=1)
    assert last_day_of_notice(ends_on, months) == expected


@given(DAYS, st.integers(0, 119))
def test_more_months_are_never_a_later_day(ends_on: date, months: int) -> None:
    assert last_day_of_notice(ends_on, months + 1) < last_day_of_notice(ends_on, months) <= ends_on


def test_what_merely_ends_or_runs_on_asks_for_no_notice_on_a_day() -> None:
    assert SAID.notice_on == date(2028, 6, 30)
    assert replace(SAID, renewal="none").notice_on is None
    assert replace(SAID, ends_on=None).notice_on is None
    assert replace(SAID, notice_months=None).notice_on is None


@pytest.mark.parametrize(
    ("spoiled", "field", "said"),
    [
        ({"title": " "}, "title", "write 1 to 200"),
        ({"title": "Two\nlines"}, "title", "on one line"),
        ({"governing_law": "x" * 121}, "governing_law", "write 1 to 120"),
        ({"ends_on": date(2025, 12, 31)}, "ends_on", "before it starts on 2026-01-01"),
        ({"effective_on": date(2029, 1, 1)}, "effective_on", "after the end on 2028-12-31"),
        ({"starts_on": date(1999, 1, 1)}, "starts_on", "write a day from 2000-01-01"),
        ({"renewal": "maybe"}, "renewal", "choose one of none, automatic, option"),
        ({"renewal_months": None}, "renewal_months", "for how many months"),
        ({"renewal_months": 0}, "renewal_months", "write 1 to 120 months"),
        ({"renewal": "none"}, "renewal_months", "leave it empty"),
        ({"ends_on": None}, "ends_on", "only what ends is renewed"),
        ({"notice_months": 37}, "notice_months", "before the term starts on 2026-01-01"),
        ({"notice_months": -1}, "notice_months", "write 0 to 120 months"),
        ({"yearly_value": Decimal(0)}, "yearly_value", "above nothing"),
        ({"yearly_value": Decimal("-1.00")}, "yearly_value", "above nothing"),
        ({"yearly_value": Decimal("0.001")}, "yearly_value", "at most 2 digits"),
        ({"yearly_value": Decimal("NaN")}, "yearly_value", "above nothing"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(spoiled: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(SummaryRefused) as refused:
        checked_summary(replace(SAID, **spoiled), "EUR")
    faults = dict(refused.value.fields)
    assert field in faults
    assert said in faults[field]


def test_blanks_around_texts_go_and_all_else_stays() -> None:
    told = replace(SAID, title=" MSA ", governing_law=" Ontario ")
    assert checked_summary(told, "EUR") == replace(SAID, title="MSA", governing_law="Ontario")
