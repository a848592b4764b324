"""Demand adds up to the work, falls into the weeks in which it is done, and is held against what was released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.scheduling.plans import MONDAY_US, OFFICE, days, hours, plan_of, plans, work

from handfast.kernel.scheduling.demand import Demand, demand_of
from handfast.kernel.scheduling.plan import Freeze, Need
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan, Side

WEEK_1, WEEK_2, WEEK_3 = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
TWO = (Need("client", "expert", 200),)


def weekly(plan: Plan) -> list[tuple[date, Fraction]]:
    return [(one.monday, one.days) for one in demand_of(schedule(plan))]


def test_seven_days_of_two_people_are_ten_days_this_week_and_four_the_next() -> None:
    assert weekly(plan_of(work("a", days(7), needs=TWO))) == [(WEEK_1, 10), (WEEK_2, 4)]


def test_joint_hours_are_counted_as_parts_of_the_sides_own_day() -> None:
    afternoon = {"zone": "UTC", "hours": {"mon-fri": ["13:00-19:00"]}}
    both = (Need("client", "expert", 100), Need("provider", "trainer", 100))
    plan = plan_of(work("a", days(1), lead="joint", needs=both), provider=afternoon)
    found = {one.role: one.days for one in demand_of(schedule(plan))}
    assert found == {"expert": Fraction(4, 8), "trainer": Fraction(4, 6)}


def test_week_that_is_frozen_asks_for_nobody() -> None:
    freeze = Freeze("Close", WEEK_2, WEEK_3, Fraction(0))
    plan = plan_of(work("a", days(7), needs=TWO), freezes=(freeze,))
    assert weekly(plan) == [(WEEK_1, 10), (WEEK_3, 4)]


def test_more_than_was_released_is_short_and_nothing_said_is_neither() -> None:
    needs = (Need("client", "expert", 200), Need("client", "owner", 50))
    plan = plan_of(work("a", days(5), needs=needs))
    client = replace(plan.parties[0], roles={"expert": 100})
    found = demand_of(schedule(replace(plan, parties=(client, plan.parties[1]))))
    assert found == (
        Demand("client", "expert", WEEK_1, Fraction(10), Fraction(5)),
        Demand("client", "owner", WEEK_1, Fraction(5, 2), None),
    )
    assert [one.is_short for one in found] == [True, False]


def test_week_begins_at_midnight_of_the_side_that_is_asked() -> None:
    kolkata = {"zone": "Asia/Kolkata", "hours": {"mon-sun": ["00:00-24:00"]}}
    always = {"zone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}}
    needs = (Need("provider", "agent", 100),)
    plan = plan_of(
        work("a", hours(4), lead="either", needs=needs, not_before_us=MONDAY_US - 6 * 3_600_000_000),
        client=always,
        provider=kolkata,
        starts_us=MONDAY_US - 6 * 3_600_000_000,
    )  # from 23:30 on Sunday in Kolkata
    assert weekly(plan) == [(date(2026, 2, 23), Fraction(1, 48)), (WEEK_1, Fraction(7, 48))]


def test_activities_that_do_not_count_ask_for_nobody() -> None:
    plan = plan_of(work("a", days(1), needs=TWO), work("b", days(1), needs=TWO))
    found = demand_of(schedule(plan), lambda activity: activity.id == "b")
    assert [one.days for one in found] == [2]


@given(plans(), st.sampled_from(["client", "provider"]))
def test_over_the_weeks_demand_adds_up_to_the_open_time_of_the_work(plan: Plan, side: Side) -> None:
    asked = replace(
        plan, activities=tuple(replace(a, needs=(Need(side, a.id, 25),)) for a in plan.activities)
    )
    dated = schedule(asked)
    found = demand_of(dated)
    day_us = dated.worktimes.named(side).day_us
    for activity in asked.activities:
        total = sum((one.days for one in found if one.role == activity.id), Fraction(0))
        assert total == Fraction(activity.estimate.likely.amount, 4 * day_us)


def test_nobody_needed_is_no_demand() -> None:
    assert demand_of(schedule(plan_of(work("a", days(3)), client=OFFICE))) == ()
