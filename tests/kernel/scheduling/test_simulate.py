"""Simulation: the same dates as `schedule` in every run, chance where it was asked for, one answer for one seed."""

from __future__ import annotations

import statistics
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.scheduling.made_plans import DAY_US, HOUR_US, MONDAY_US, days, parties, plans

from handfast.kernel.quantity import Share
from handfast.kernel.scheduling.calendars import Worktimes, first_and_last
from handfast.kernel.scheduling.plan import (
    Activity,
    Baseline,
    Duration,
    Estimate,
    Link,
    Plan,
    Repeat,
    RiskEvent,
)
from handfast.kernel.scheduling.refusals import (
    CalendarNeverOpen,
    PlanRefused,
    SimulationCancelled,
    SimulationRefused,
)
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.simulate import MOST_CHAINS, MOST_RUNS, Simulation, simulate
from handfast.kernel.scheduling.simulate_draws import BLOCK_RUNS
from handfast.kernel.scheduling.simulate_passes import Block, Dates, Runnable, dated, runnable
from handfast.kernel.worktime.written import WrittenCalendar

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZERO = Fraction(0)


def all_ids(plan: Plan) -> tuple[str, ...]:
    return tuple(one.id for one in plan.activities)


def chain(*lengths: Estimate, **more: object) -> Plan:
    """Activities of the provider, one after the other."""
    made = [
        Activity(f"a{number}", f"Activity {number}", "provider", length, _after(number))
        for number, length in enumerate(lengths)
    ]
    return Plan("Chain", MONDAY_US, "Europe/Warsaw", parties(), tuple(made), **more)  # type: ignore[arg-type]  # a plan's own fields


def _after(number: int) -> tuple[Link, ...]:
    return (Link(f"a{number - 1}"),) if number else ()


def ends_of(found: Simulation) -> dict[str | None, list[int]]:
    return {one.id: one.reached_us.tolist() for one in (found.end, *found.milestones)}


@given(plans())
@FEW
def test_plan_without_spread_ends_in_every_run_as_scheduled(plan: Plan) -> None:
    likely = schedule(plan)
    found = simulate(plan, runs=3, seed=1, chains_to=all_ids(plan))
    assert set(found.end.reached_us.tolist()) == {likely.ends_us}
    assert {one: set(ends) for one, ends in ends_of(found).items() if one} == {
        one.id: {one.ends_us} for one in likely.dated
    }
    assert found.critical_to() == {one: Share(3 * (one in likely.chain), 3) for one in all_ids(plan)}
    missed = {(one.id, one.kind) for one in likely.missed}
    done = {one.id for one in likely.dated if one.is_done}
    for kept in found.kept:
        if kept.kind == "deadline" and kept.id not in done:
            assert kept.share.numerator == 3 * ((kept.id, "deadline") not in missed)


def runs_of(plan: Plan, runs: int) -> tuple[Runnable, list[dict[str, tuple[int, int, int]]]]:
    """The start, the end and the drawn length with its delays of every activity in every run."""
    worktimes = Worktimes(plan, *first_and_last(plan, 12))
    question = runnable(plan, worktimes, seed=7, shape="pert", correlation=Fraction(1, 4))
    block, count = Block(question, 0, runs), len(plan.activities)
    dates = Dates([np.zeros(0, np.int64)] * count, [np.zeros(0, np.int64)] * count, runs)
    found: list[dict[str, tuple[int, int, int]]] = [{} for _ in range(runs)]
    for place in question.order:
        node = question.nodes[place]
        length, delay = block.lengths(node), block.delays(node)
        dates.starts[place], dates.ends[place], _ = dated(node, question, dates, length, delay)
        lengths = np.broadcast_to(np.asarray(length + delay), runs).tolist()
        delays = np.broadcast_to(np.asarray(delay), runs).tolist()
        for run in range(runs):
            left = node.remaining_us
            asked = lengths[run] if left is None else left + delays[run]
            # A delay comes on top of what is left, also where more was done than was estimated.
            if left is None and node.activity.actual.started_us is not None:
                asked = max(lengths[run] - delays[run] - node.done_us, 0) + delays[run] + node.done_us
            found[run][node.activity.id] = (
                int(dates.starts[place][run]), int(dates.ends[place][run]), asked
            )  # fmt: skip
    return question, found


def fed(plan: Plan, run: dict[str, tuple[int, int, int]]) -> Plan:
    """The plan with one run's lengths for certain, and no chance left in it."""
    made = []
    for one in plan.activities:
        length = Duration(run[one.id][2], "h")
        remaining = None if one.actual.remaining is None else length
        made.append(
            replace(
                one,
                kind="work",
                estimate=Estimate.of(length),
                repeat=None,
                actual=replace(one.actual, remaining=remaining),
            )
        )
    return replace(plan, activities=tuple(made), risks=())


@given(plans(is_certain=False, has_chance=True))
@FEW
def test_every_run_equals_the_schedule_of_its_own_lengths(plan: Plan) -> None:
    _, runs = runs_of(plan, 6)
    for run in runs:
        told = schedule(fed(plan, run))
        assert {one.id: (one.starts_us, one.ends_us) for one in told.dated} == {
            one: dates[:2] for one, dates in run.items()
        }


@given(plans(is_certain=False, has_chance=True), st.integers(0, 2**70))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_same_seed_gives_the_same_answer_for_any_number_of_workers(plan: Plan, seed: int) -> None:
    runs = BLOCK_RUNS + 10
    first, second = (simulate(plan, runs=runs, seed=seed, workers=workers) for workers in (1, 3))
    assert ends_of(first) == ends_of(second)
    assert (first.critical, first.kept, first.buys) == (second.critical, second.kept, second.buys)


def test_first_runs_are_the_same_however_many_follow() -> None:
    plan = chain(days(2, 5, 9))
    few, many = (simulate(plan, runs=runs, seed=3).end.reached_us for runs in (40, 4_000))
    assert set(few.tolist()) <= set(many.tolist())


def test_another_activity_reshuffles_nothing() -> None:
    plan = chain(days(2, 5, 9), days(1, 2, 6))
    apart = Activity("apart", "Apart", "client", days(1, 2, 3))
    more = replace(plan, activities=(apart, *plan.activities))
    one, two = (simulate(each, runs=500, seed=3, chains_to=("a1",)) for each in (plan, more))
    assert ends_of(one)["a1"] == ends_of(two)["a1"]


def test_other_seed_gives_other_runs() -> None:
    plan = chain(days(2, 5, 9))
    assert ends_of(simulate(plan, runs=50, seed=1)) != ends_of(simulate(plan, runs=50, seed=2))


def test_serial_chain_has_the_median_and_spread_of_the_normal_approximation() -> None:
    """Thirty alike and independent: mean and variance add (PERT: mean 1/6(a+4m+b), variance ((m-a)...)/7)."""
    plan = chain(*[Estimate(*(Duration(hours * HOUR_US, "h") for hours in (20, 30, 70)))] * 30)
    found = simulate(plan, runs=10_000, seed=5, correlation=ZERO)
    provider = found.worktimes.named("provider")
    begun = provider.worked(MONDAY_US)
    worked = [(provider.worked(end) - begun) / HOUR_US for end in found.end.reached_us.tolist()]
    mean = (20 + 4 * 30 + 70) / 6
    variance = (mean - 20) * (70 - mean) / 7
    deviation = sqrt(30 * variance)
    # Four standard errors of a mean, of a median and of a deviation over 10,000 runs; the skew moves the median
    # by about a sixth of the sum's skewness times its deviation, under 0.05 deviations here.
    assert statistics.fmean(worked) == pytest.approx(30 * mean, abs=4 * deviation / 100)
    assert statistics.median(worked) == pytest.approx(30 * mean, abs=(4 * 1.26 / 100 + 0.05) * deviation)
    assert statistics.stdev(worked) == pytest.approx(deviation, rel=4 / sqrt(2 * 10_000) + 0.01)


def test_where_paths_merge_the_end_lies_later_than_on_any_one_of_them() -> None:
    alike = [Activity(f"p{n}", f"Path {n}", "provider", days(4, 6, 8)) for n in range(6)]
    end = Activity("end", "End", "provider", days(0), tuple(Link(one.id) for one in alike), kind="milestone")
    merged = Plan("Merged", MONDAY_US, "Europe/Warsaw", parties(), (*alike, end))
    single = replace(merged, activities=(alike[0],))
    many, one = (simulate(plan, runs=4_000, seed=2, correlation=ZERO).end for plan in (merged, single))
    assert many.at(50) > one.at(50)
    assert many.mean_us > one.mean_us
    # All six within the likely time is a chance of about one in sixty-four.
    assert many.share_by(many.likely_us).exact < Fraction(1, 20) < one.share_by(one.likely_us).exact


def test_correlation_widens_the_spread_and_leaves_the_mean() -> None:
    plan = chain(*[days(4, 6, 9)] * 12)
    apart, alike = (simulate(plan, runs=8_000, seed=4, correlation=rho).end for rho in (ZERO, Fraction(1, 2)))
    wide = [one.at(90) - one.at(10) for one in (apart, alike)]
    assert wide[1] > Fraction(3, 2) * wide[0]
    assert abs(alike.mean_us - apart.mean_us) < wide[0] // 10


def test_risk_that_is_certain_is_a_longer_activity() -> None:
    plan = chain(days(2), days(3))
    risk = RiskEvent("late", "Late", Fraction(1), days(4), ("a0",))
    certain = simulate(replace(plan, risks=(risk,)), runs=20, seed=1)
    assert set(certain.end.reached_us.tolist()) == {schedule(chain(days(6), days(3))).ends_us}
    assert certain.end.likely_us == schedule(plan).ends_us


def test_risk_strikes_all_its_activities_of_a_run_or_none() -> None:
    plan = chain(days(2), days(3))
    risk = RiskEvent("late", "Late", Fraction(1, 4), days(4), ("a0", "a1"))
    ends = simulate(replace(plan, risks=(risk,)), runs=4_000, seed=1).end.reached_us.tolist()
    plain, struck = schedule(plan).ends_us, schedule(chain(days(6), days(7))).ends_us
    assert set(ends) == {plain, struck}
    assert ends.count(struck) / 4_000 == pytest.approx(1 / 4, abs=4 * sqrt(3 / 16 / 4_000))


def test_gate_says_no_as_often_as_it_may_and_takes_its_time_each_time() -> None:
    gate = Activity(
        "g", "Gate", "provider", days(0), (Link("a0"),), kind="gate", repeat=Repeat(Fraction(1, 2), days(3), 2)
    )  # fmt: skip
    plan = chain(days(2))
    found = simulate(replace(plan, activities=(*plan.activities, gate)), runs=4_000, seed=6)
    ends = found.end.reached_us.tolist()
    expected = [schedule(chain(days(number))).ends_us for number in (2, 5, 8)]
    shares = [ends.count(one) / 4_000 for one in expected]
    assert sum(shares) == 1
    assert shares == pytest.approx([1 / 2, 1 / 4, 1 / 4], abs=4 * sqrt(1 / 4 / 4_000))


def test_quantile_is_the_least_instant_that_the_share_of_runs_reaches() -> None:
    found = simulate(chain(days(2, 5, 9)), runs=997, seed=1).end
    ends = sorted(found.reached_us.tolist())
    for percent, instant in found.quantiles.items():
        assert sum(end <= instant for end in ends) * 100 >= percent * 997
        assert all(
            sum(end <= earlier for end in ends) * 100 < percent * 997 for earlier in ends if earlier < instant
        )


def test_histogram_holds_every_run_once_in_bins_of_whole_days() -> None:
    found = simulate(chain(days(2, 5, 90)), runs=2_000, seed=1)
    worktime = found.worktimes.named("provider")
    bins = found.end.histogram(worktime, most_bins=10)
    ends = found.end.reached_us.tolist()
    assert sum(one.runs for one in bins) == 2_000
    assert 2 <= len(bins) <= 10
    assert bins[0].runs == sum(end <= bins[0].until_us for end in ends)
    for one in bins[1:]:
        assert one.runs == sum(one.after_us < end <= one.until_us for end in ends)
    widths = {worktime.worked(one.until_us) - worktime.worked(one.after_us) for one in bins[:-1]}
    assert len(widths) == 1
    assert widths.pop() % worktime.day_us == 0


def test_histogram_of_a_certain_date_is_one_bin() -> None:
    found = simulate(chain(days(2)), runs=10, seed=1)
    assert [one.runs for one in found.end.histogram(found.worktimes.named("provider"))] == [10]


def test_longest_of_two_paths_is_critical_as_often_as_it_ends_last() -> None:
    short, long = (
        Activity(name, name, "provider", days(low, likely, high))
        for name, low, likely, high in (("short", 2, 4, 9), ("long", 3, 6, 9))
    )
    plan = Plan("Two", MONDAY_US, "Europe/Warsaw", parties(), (short, long))
    found = simulate(plan, runs=3_000, seed=8, chains_to=("short",))
    share = found.critical_to()
    assert share["short"].numerator + share["long"].numerator == 3_000
    assert 0 < share["short"].numerator < share["long"].numerator
    assert found.critical_to("short") == {"short": Share(3_000, 3_000), "long": Share(0, 3_000)}


def test_what_buys_most_equals_running_the_plan_with_the_low_duration() -> None:
    plan = chain(days(1, 5, 9), days(4, 5, 6))
    found = simulate(plan, runs=2_000, seed=9)
    shorter = simulate(replace(plan, activities=(replace(plan.activities[0], estimate=days(1)), plan.activities[1])), runs=2_000, seed=9)  # fmt: skip
    either = found.worktimes.named("either")
    gained = [sum(either.worked(end) for end in one.end.reached_us.tolist()) for one in (found, shorter)]
    assert [buy.id for buy in found.buys] == ["a0", "a1"]
    assert (found.buys[0].sooner_us, found.buys[0].runs) == (gained[0] - gained[1], 2_000)
    assert found.buys[0].days == Fraction(gained[0] - gained[1], 2_000 * either.day_us)
    assert found.buys_tried == 2


def test_activity_off_every_path_buys_nothing_and_is_not_tried() -> None:
    plan = chain(days(20, 30, 40))
    idle = Activity("idle", "Idle", "provider", days(1, 2, 3))
    found = simulate(replace(plan, activities=(*plan.activities, idle)), runs=300, seed=9)
    assert [buy.id for buy in found.buys] == ["a0"]


def test_deadline_and_agreed_end_are_kept_as_often_as_runs_end_by_them() -> None:
    plan = chain(days(2, 5, 9))
    wanted = schedule(chain(days(5))).ends_us
    promised = replace(
        plan.activities[0],
        deadline_us=wanted,
        baseline=Baseline(MONDAY_US, wanted + DAY_US),
        fixed_us=MONDAY_US,
    )
    found = simulate(replace(plan, activities=(promised,)), runs=1_000, seed=1)
    by_kind = {one.kind: one.share.numerator for one in found.kept}
    ends = found.end.reached_us.tolist()
    assert by_kind["deadline"] == sum(end <= wanted for end in ends)
    assert by_kind["baseline"] == sum(end <= wanted + DAY_US for end in ends)
    # The provider opens hours after that Monday's midnight, so the fixed start is never kept.
    assert by_kind["fixed"] == 0


def test_long_tail_leaves_no_run_outside_of_the_calendars() -> None:
    plan = chain(days(10, 20, 3_000))
    found = simulate(plan, runs=2_000, seed=1)
    provider = found.worktimes.named("provider")
    longest = provider.worked(int(found.end.reached_us[-1])) - provider.worked(MONDAY_US)
    assert longest > 1_000 * provider.day_us


def test_joint_work_of_sides_that_never_meet_is_refused() -> None:
    client, provider = parties()
    apart = WrittenCalendar.model_validate({"zone": "Europe/Warsaw", "hours": {"sat": ["09:00-12:00"]}})
    joint = Activity("j", "Joint", "joint", days(1, 2, 3))
    plan = Plan("Apart", MONDAY_US, "UTC", (client, replace(provider, calendar=apart)), (joint,))
    with pytest.raises(CalendarNeverOpen, match="j: the overlap of both calendars is never open"):
        simulate(plan, runs=10, seed=1)


def test_run_past_the_last_year_is_refused() -> None:
    with pytest.raises(PlanRefused, match="2200"):
        simulate(chain(days(10, 20, 90_000)), runs=500, seed=1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"runs": 0}, "0 runs"),
        ({"runs": MOST_RUNS + 1}, "1,000,001 runs"),
        ({"correlation": Fraction(1)}, "correlation of 1"),
        ({"correlation": Fraction(-1, 10)}, "correlation of -1/10"),
        ({"chains_to": ("A0",)}, "there is no activity 'A0'; did you mean 'a0'"),
        ({"chains_to": ("a0",) * (MOST_CHAINS + 1)}, "31 chains"),
    ],
)
def test_simulation_of_what_makes_no_sense_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(SimulationRefused, match=said):
        simulate(chain(days(2)), **({"runs": 10, "seed": 1} | asked))  # type: ignore[arg-type]  # wrong on purpose


def test_cancelled_simulation_counts_nothing() -> None:
    with pytest.raises(SimulationCancelled):
        simulate(chain(days(1, 2, 3)), runs=100, seed=1, cancelled=lambda: True)


def test_progress_ends_with_all_runs() -> None:
    heard: list[tuple[int, int]] = []
    simulate(chain(days(1, 2, 3)), runs=BLOCK_RUNS + 1, seed=1, progress=lambda *told: heard.append(told))
    assert heard == [(BLOCK_RUNS, BLOCK_RUNS + 1), (BLOCK_RUNS + 1, BLOCK_RUNS + 1)]
