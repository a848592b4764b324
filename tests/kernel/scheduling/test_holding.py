"""A plan that lacks what is out of sight is held to the dates that its reader is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.scheduling.made_plans import plans
from tests.kernel.scheduling.plans import MONDAY_US, days, plan_of, work

from handfast.kernel.scheduling.holding import held
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan

DAY_US = 86_400_000_000


def without(plan: Plan, hidden: set[str]) -> Plan:
    """The plan as somebody sees it who may not know of the hidden ones."""
    return replace(
        plan,
        activities=tuple(
            replace(one, after=tuple(link for link in one.after if link.other not in hidden))
            for one in plan.activities
            if one.id not in hidden
        ),
    )


def test_only_what_waited_for_the_hidden_one_is_held_and_what_follows_keeps_its_links() -> None:
    whole = plan_of(
        work("budget", days(5), internal_to="client"),
        work("kickoff", days(1), "budget"),
        work("training", days(2), "kickoff"),
        work("hiring", days(1)),
    )
    told = {one.id: one.starts_us for one in schedule(whole).dated}
    found = held(without(whole, {"budget"}), told)
    bounds = {one.id: one.not_before_us for one in found.plan.activities}
    assert bounds == {"kickoff": told["kickoff"], "training": None, "hiring": None}
    assert {one.id: one.starts_us for one in found.dated} == {
        id_: at for id_, at in told.items() if id_ != "budget"
    }


def test_plan_that_shows_everything_stays_as_it_is() -> None:
    whole = plan_of(work("kickoff", days(1)), work("training", days(2), "kickoff"))
    assert held(whole, {one.id: one.starts_us for one in schedule(whole).dated}).plan == whole


def test_dates_that_are_not_told_and_earlier_ones_bind_nothing() -> None:
    whole = plan_of(work("kickoff", days(1)), work("training", days(2), "kickoff"))
    assert held(whole, {"kickoff": MONDAY_US - DAY_US}).plan == whole


@given(st.data())
def test_what_is_left_starts_when_the_whole_plan_says(data: st.DataObject) -> None:
    whole = data.draw(plans(most=9))
    ids = [one.id for one in whole.activities]
    hidden = set(data.draw(st.lists(st.sampled_from(ids), max_size=len(ids) - 1, unique=True)))
    told = {one.id: one.starts_us for one in schedule(whole).dated if one.id not in hidden}
    found = held(without(whole, hidden), told)
    assert {one.id: one.starts_us for one in found.dated} == told
