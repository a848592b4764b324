"""The colour of a step: each rule by its border, and that no worse fact makes it better."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.scheduling.rating import ORDER, Facts, days_later, rated

FINE = Facts(False, 0, Fraction(3), 0)
MONDAY = date(2026, 5, 4)
WEEKDAYS = frozenset(day for step in range(60) if (day := MONDAY + timedelta(days=step)).weekday() < 5)
facts = st.builds(
    Facts,
    st.booleans(),
    st.none() | st.integers(-20, 20),
    st.fractions(-5, 20, max_denominator=4),
    st.integers(0, 4),
)


@pytest.mark.parametrize(
    ("one", "colour", "because"),
    [
        (FINE, "green", "as agreed"),
        (replace(FINE, later_days=-2), "green", "2 working days earlier than agreed"),
        (replace(FINE, later_days=1), "amber", "1 working day later than agreed"),
        (replace(FINE, later_days=5), "amber", "5 working days later than agreed"),
        (replace(FINE, later_days=6), "red", "6 working days later than agreed, more than 5"),
        (replace(FINE, later_days=1, float_days=Fraction()), "red", "1 working day later than agreed, and nothing is left to take it up"),
        (replace(FINE, float_days=Fraction()), "green", "as agreed"),
        (replace(FINE, float_days=Fraction(-1, 8)), "red", "a deadline is missed"),
        (replace(FINE, overdue=2), "amber", "2 overdue"),
        (replace(FINE, later_days=None), "unrated", "no baseline is agreed to hold it against"),
        (replace(FINE, later_days=None, overdue=1), "amber", "1 overdue"),
        (replace(FINE, is_done=True, later_days=9), "done", "everything in it is finished"),
    ],
)  # fmt: skip
def test_step_has_the_colour_of_the_first_rule_that_holds(one: Facts, colour: str, because: str) -> None:
    found = rated(one)
    assert (found.colour, found.because) == (colour, because)


@given(facts, st.integers(0, 9), st.fractions(0, 9, max_denominator=4), st.integers(0, 3))
def test_no_worse_fact_makes_a_step_better(one: Facts, later: int, less: Fraction, more: int) -> None:
    worse = replace(
        one,
        later_days=None if one.later_days is None else one.later_days + later,
        float_days=one.float_days - less,
        overdue=one.overdue + more,
    )
    assert ORDER.index(rated(worse).colour) >= ORDER.index(rated(one).colour)


@given(st.integers(0, 59), st.integers(0, 59))
def test_working_days_later_turn_their_sign_when_swapped(first: int, second: int) -> None:
    agreed, foreseen = MONDAY + timedelta(days=first), MONDAY + timedelta(days=second)
    assert days_later(WEEKDAYS, agreed, foreseen) == -days_later(WEEKDAYS, foreseen, agreed)


def test_weekend_is_no_working_day_later() -> None:
    friday = MONDAY + timedelta(days=4)
    assert days_later(WEEKDAYS, friday, friday + timedelta(days=2)) == 0
    assert days_later(WEEKDAYS, friday, friday + timedelta(days=3)) == 1
    assert days_later(WEEKDAYS, friday, MONDAY) == -4


def test_worked_example_of_the_page_on_rating_holds() -> None:
    friday = date(2026, 5, 8)
    later = days_later(WEEKDAYS, friday, date(2026, 5, 13))
    assert later == 3
    assert rated(Facts(False, later, Fraction(2), 0)).colour == "amber"
    assert rated(Facts(False, later, Fraction(), 0)).colour == "red"
    latest = days_later(WEEKDAYS, friday, date(2026, 5, 18))
    assert (latest, rated(Facts(False, latest, Fraction(2), 0)).colour) == (6, "red")
