"""Our own plans written as Microsoft Project XML and read again keep their dates, links, lags, calendars, baselines."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.kernel.scheduling import made_plans
from tests.kernel.scheduling.plans import Shape, days, plan_of, plans, work

from handfast.kernel.scheduling.mspdi_planning import Mapped
from handfast.kernel.scheduling.mspdi_planning import plan_of as plan_of_file
from handfast.kernel.scheduling.mspdi_reading import read_mspdi
from handfast.kernel.scheduling.mspdi_text import safe_text
from handfast.kernel.scheduling.mspdi_writing import left_out_of_mspdi, mspdi_text
from handfast.kernel.scheduling.plan import SIDES, RiskEvent
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.schedule import Schedule, schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Activity, Plan

EXAMPLE = Path(__file__).parents[3] / "examples" / "transition.yaml"
TENTH_US = 6_000_000
MINUTE_US = 60_000_000


def again(dated: Schedule) -> Mapped:
    return plan_of_file(read_mspdi(mspdi_text(dated.plan, dated), name="again.xml"), zone="Asia/Tokyo")


def dates(dated: Schedule) -> dict[str, tuple[int, int]]:
    return {one.id: (one.starts_us, one.ends_us) for one in dated.dated}


def links(activity: Activity, dated: Schedule) -> set[tuple[str, str, int, str]]:
    """Each link with its lag in open time, and the calendar that it runs on."""
    day_us = dated.by_id[activity.id].day_us
    found: set[tuple[str, str, int, str]] = set()
    for link in activity.after:
        on_us = day_us if link.lag_on is None else dated.worktimes.named(link.lag_on).day_us
        found.add((link.other, link.kind, link.lag.us_on(on_us), link.lag_on or "own"))
    return found


def in_tenths(plan: Plan) -> Plan:
    """The plan with lags that the format can say: to a tenth of a minute."""

    def cut(activity: Activity) -> Activity:
        after = tuple(
            replace(link, lag=replace(link.lag, amount=link.lag.amount // TENTH_US * TENTH_US))
            if link.lag.unit == "h"
            else link
            for link in activity.after
        )
        return replace(activity, after=after)

    return replace(plan, activities=tuple(cut(one) for one in plan.activities))


@given(made_plans.plans())
@settings(max_examples=60)
def test_plan_read_again_has_the_same_dates_links_lags_bounds_and_baselines(drawn: Plan) -> None:
    dated = schedule(in_tenths(drawn))
    mapped = again(dated)
    found = schedule(mapped.plan)
    assert dates(found) == dates(dated)
    for activity in dated.plan.activities:
        same = mapped.plan.activities[mapped.plan.places[activity.id]]
        assert links(same, found) == links(activity, dated)
        assert (same.name, same.lead, same.kind) == (activity.name, activity.lead, activity.kind)
        assert (same.not_before_us, same.fixed_us) == (activity.not_before_us, activity.fixed_us)
        assert (same.deadline_us, same.baseline) == (activity.deadline_us, activity.baseline)
        assert (same.actual.started_us, same.actual.finished_us) == (
            activity.actual.started_us,
            activity.actual.finished_us,
        )


@given(plans(Shape(is_frozen=True)))
@settings(max_examples=40)
def test_both_sides_calendars_read_again_are_open_at_the_same_moments(drawn: Plan) -> None:
    """In the zone of the plan, whatever their own zones are, from the start of the plan to its end."""
    dated = schedule(drawn)
    clocks = [dated.worktimes.of(one).calendar for one in drawn.activities]
    # The format's hours are whole minutes: a freeze that leaves a third of a day may leave parts of one.
    edges = (each for clock in clocks for each in (clock.opens_us, clock.closes_us))
    assume(not any((each % MINUTE_US).any() for each in edges))
    found = schedule(again(dated).plan)
    assert dates(found) == dates(dated)
    begin_us, end_us = drawn.starts_us, dated.ends_us
    for lead in (*SIDES, "joint", "either"):
        ours, theirs = dated.worktimes.named(lead), found.worktimes.named(lead)
        step_us = max((end_us - begin_us) // 50, 1)
        for instant_us in range(begin_us, end_us, step_us):
            assert ours.worked(instant_us) - ours.worked(begin_us) == theirs.worked(
                instant_us
            ) - theirs.worked(begin_us)


@given(st.text(max_size=300))
def test_name_of_any_characters_is_written_and_read_as_xml_can_hold_it(name: str) -> None:
    named = replace(work("a", days(1)), name=name)
    mapped = again(schedule(plan_of(named)))
    assert mapped.plan.activities[0].name == safe_text(name)


def test_plan_of_an_engagement_keeps_every_date_over_two_zones_and_both_sides_holidays() -> None:
    dated = schedule(read_plan(EXAMPLE.read_text("utf-8"), name="transition.yaml"))
    mapped = again(dated)
    found = schedule(mapped.plan)
    assert dates(found) == dates(dated)
    assert len(found.dated) == 97
    assert [party.name for party in mapped.plan.parties] == [party.name for party in dated.plan.parties]
    assert {one.id: one.needs for one in mapped.plan.activities} == {
        one.id: one.needs for one in dated.plan.activities
    }


def test_steps_become_summaries_over_their_activities() -> None:
    dated = schedule(read_plan(EXAMPLE.read_text("utf-8"), name="transition.yaml"))
    mapped = again(dated)
    names = {step.key: step.name for step in mapped.plan.steps}
    own = {step.key: step.name for step in dated.plan.steps}
    assert {one.id: names[one.step] for one in mapped.plan.activities} == {
        one.id: own[one.step] for one in dated.plan.activities
    }


def test_what_the_other_side_must_not_know_stands_nowhere_in_the_file() -> None:
    secret = replace(work("severance", days(3)), name="Canary severance", internal_to="client", lead="client")
    plan = plan_of(secret, work("training", days(2), "severance", lead="provider"))
    dated = schedule(plan)
    told = mspdi_text(plan, dated, seen_by="provider")
    assert "everance" in mspdi_text(plan, dated, seen_by="client")
    assert "everance" not in told
    read = schedule(plan_of_file(read_mspdi(told, name="told.xml"), zone="UTC").plan)
    assert read.by_id["training"].starts_us == dated.by_id["training"].starts_us


def test_what_the_format_has_no_place_for_is_said_in_words() -> None:
    one = work("a", days(1))
    plan = replace(plan_of(one), risks=(RiskEvent("r", "Risk", Fraction(1, 2), one.estimate, ("a",)),))
    assert left_out_of_mspdi(plan) == ("1 risks are not written",)
    assert left_out_of_mspdi(plan_of(one)) == ()
