"""A bar is dragged over open days: closed ones count for nothing, and a length keeps its unit and its order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.transition.actions import accept_freeze, report_progress
from handfast.transition.queries.moving import OpenDays, moved, resized
from handfast.transition.refusals import ActivityRefused

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = date(2026, 5, 8), date(2026, 5, 11)
VICTORIA_DAY = date(2026, 5, 18)


def test_step_from_friday_is_monday_and_a_holiday_is_stepped_over(programme: Programme) -> None:
    with entered(programme.client.reach):
        days = OpenDays(programme.activity("prepare.goal"), FRIDAY)
        assert days.after(FRIDAY, 1) == MONDAY
        assert days.after(MONDAY, -1) == FRIDAY
        assert days.after(VICTORIA_DAY - timedelta(days=3), 1) == VICTORIA_DAY + timedelta(days=1)
        assert days.from_day(VICTORIA_DAY) == VICTORIA_DAY + timedelta(days=1)


def test_freeze_closes_days_once_it_counts(programme: Programme) -> None:
    with entered(programme.client.reach):
        freeze = programme.freeze(programme.client, first_on=MONDAY, end_on=date(2026, 5, 13))
        assert freeze.state == freeze.State.PROPOSED
        assert OpenDays(programme.activity("prepare.goal"), FRIDAY).after(FRIDAY, 1) == MONDAY
    with entered(programme.provider.reach):
        accept_freeze(programme.provider, freeze, at=AT)
        assert OpenDays(programme.activity("prepare.goal"), FRIDAY).after(FRIDAY, 1) == date(2026, 5, 13)


def test_steps_there_and_back_end_where_they_began(programme: Programme) -> None:
    with entered(programme.client.reach):
        days = OpenDays(programme.activity("prepare.goal"), FRIDAY)

        @given(st.integers(1, 200))
        def law(steps: int) -> None:
            there = days.after(FRIDAY, steps)
            assert days.after(there, -steps) == FRIDAY
            assert days.between(FRIDAY, there) == steps == -days.between(there, FRIDAY)

        law()


def test_bar_dropped_on_a_weekend_begins_on_the_day_after_it(programme: Programme) -> None:
    with entered(programme.client.reach):
        goal, dates = programme.activity("prepare.goal"), programme.dates("prepare.goal")
        assert moved(goal, dates, starts_on=date(2026, 5, 9)) == {"not_before_on": MONDAY}


def test_fixed_activity_is_fixed_for_another_day(programme: Programme) -> None:
    with entered(programme.client.reach):
        goal, dates = programme.activity("prepare.goal"), programme.dates("prepare.goal")
        goal.fixed_on = FRIDAY
        assert moved(goal, dates, starts_on=MONDAY) == {"fixed_on": MONDAY}


@pytest.mark.parametrize(
    ("given", "days", "found"),
    [
        (("1d", "2d", "4d"), 1, ("1d", "3d", "4d")),
        (("1d", "2d", "4d"), 4, ("1d", "6d", "6d")),
        (("1d", "2d", "4d"), -9, ("0.5d", "0.5d", "4d")),
        (("8h", "16h", "16h"), 1, ("8h", "24h", "24h")),
        (("8h", "16h", "16h"), -9, ("1h", "1h", "16h")),
    ],
)
def test_length_grows_in_its_own_unit_and_at_best_and_at_worst_stay_in_order(
    programme: Programme, given: tuple[str, ...], days: int, found: tuple[str, ...]
) -> None:
    with entered(programme.client.reach):
        goal, dates = programme.activity("prepare.goal"), programme.dates("prepare.goal")
        goal.low, goal.likely, goal.high = given
        assert tuple(resized(goal, dates, days=days).values()) == found


def test_edge_dropped_on_a_day_asks_for_the_open_days_until_then(programme: Programme) -> None:
    with entered(programme.client.reach):
        tasks, dates = programme.activity("prepare.tasks"), programme.dates("prepare.tasks")
        end = dates.ends_at.date()
        later = OpenDays(tasks, end).after(end, 3)
        assert resized(tasks, dates, ends_on=later)["likely"] == "5d"


@pytest.mark.parametrize("is_finished", [False, True])
def test_what_has_started_is_not_dragged(programme: Programme, is_finished: bool) -> None:
    with entered(programme.client.reach):
        goal, dates = programme.activity("prepare.goal"), programme.dates("prepare.goal")
        day = AT.date()
        goal = report_progress(
            programme.client, goal, started_on=day, finished_on=day if is_finished else None, remaining="", on=day, at=AT
        )  # fmt: skip
        with pytest.raises(ActivityRefused):
            moved(goal, dates, days=1)
        with pytest.raises(ActivityRefused):
            resized(goal, dates, days=1)


def test_milestone_has_no_length_and_nothing_is_dragged_out_of_sight(db: None) -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        mark, dates = programme.activity("launch.milestone"), programme.dates("launch.milestone")
        with pytest.raises(ActivityRefused, match="no time"):
            resized(mark, dates, days=1)
        with pytest.raises(ActivityRefused, match="too far"):
            moved(mark, dates, days=4000)
