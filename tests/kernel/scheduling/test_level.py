"""Plans levelled on their own calendars: no role over its number, every link kept, no bound over what can be done."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.scheduling.checking import shortest
from tests.kernel.scheduling.made_plans import HOUR_US, MONDAY_US, days, parties, plans

from handfast.kernel.scheduling.calendars import Worktimes, first_and_last
from handfast.kernel.scheduling.level import Levelled, level
from handfast.kernel.scheduling.level_generate import generate, limited_needs
from handfast.kernel.scheduling.passes import lines_of
from handfast.kernel.scheduling.plan import Activity, Actual, Duration, Estimate, Link, Need, Plan
from handfast.kernel.scheduling.refusals import PlanHasCycle, PlanRefused, RoleTooSmall
from handfast.kernel.scheduling.resources import Project, Task
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.wording import sentence_of

SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RELEASED = {"client": {"owner": 100}, "provider": {"trainer": 200, "engineer": 150}}


@st.composite
def staffed(draw: st.DrawFn, *, most: int = 7, is_free: bool = False) -> Plan:
    """A drawn plan whose work needs roles; `is_free`: nothing started, fixed or due."""
    plan = draw(plans(most=most))
    made = []
    for one in plan.activities:
        needs = []
        for side, role, most_of in (
            ("client", "owner", 100),
            ("provider", "trainer", 200),
            ("provider", "engineer", 150),
        ):
            need = draw(st.sampled_from([0, 0, 50, 100, most_of]))
            if need and one.kind == "work":
                needs.append(Need(side, role, need))  # type: ignore[arg-type]  # the two sides
        changed = replace(one, needs=tuple(needs))
        if is_free:
            changed = replace(changed, actual=Actual(), fixed_us=None, deadline_us=None)
        made.append(changed)
    return replace(plan, parties=parties(RELEASED["client"], RELEASED["provider"]), activities=tuple(made))


def overloads(plan: Plan, dates: dict[str, tuple[int, int]]) -> list[str]:
    """Every instant at which more of a role is held than was released and somebody begins who had not begun."""
    faults = []
    for party in plan.parties:
        for role, released in party.roles.items():
            held = [
                (*dates[one.id], need.hundredths, one.actual.started_us is not None)
                for one in plan.activities
                for need in one.needs
                if (need.side, need.role) == (party.side, role) and one.actual.finished_us is None
            ]
            for begins, ends, _, has_started in held:
                used = sum(amount for start, end, amount, _ in held if start <= begins < end)
                if used > released and not has_started and ends > begins:
                    faults.append(f"{used} of {role} at {begins}")
    return faults


def dates_of(found: Levelled) -> dict[str, tuple[int, int]]:
    return {one.id: (one.starts_us, one.ends_us) for one in found.schedule.dated}


def broken_links(found: Levelled) -> list[str]:
    plan, worktimes, dates = found.schedule.plan, found.schedule.worktimes, dates_of(found)
    faults = []
    for one in plan.activities:
        for link in one.after if one.actual.started_us is None else ():
            reached = dates[link.other][0 if link.kind[0] == "S" else 1]
            if link.lag.amount:
                lag_on = worktimes.of(one) if link.lag_on is None else worktimes.named(link.lag_on)
                reached = lag_on.finish_at(lag_on.worked(reached) + link.lag.us_on(lag_on.day_us))
            mine = dates[one.id][0 if link.kind[1] == "S" else 1]
            if mine < reached:
                faults.append(f"{one.id} after {link.other}")
    return faults


@given(plans())
@SOME
def test_without_limits_the_levelled_plan_is_the_schedule(plan: Plan) -> None:
    plain, found = schedule(plan), level(plan, workers=1)
    assert found.schedule.dated == plain.dated
    assert (found.schedule.ends_us, found.schedule.chain) == (plain.ends_us, plain.chain)
    assert found.schedule.missed == plain.missed
    assert (found.status, found.search) == ("optimal", "not needed")
    assert found.gap == 0


@given(staffed())
@SOME
def test_roles_and_links_and_durations_hold_and_the_bound_lies_below(plan: Plan) -> None:
    found = level(plan, seconds=2, workers=1)
    assert overloads(plan, dates_of(found)) == []
    assert broken_links(found) == []
    plain = schedule(plan)
    assert all(one.starts_us >= plain.by_id[one.id].starts_us for one in found.schedule.dated)
    assert plain.ends_us <= found.lower_bound.ends_us <= found.schedule.ends_us <= found.by_rules_us
    for one in found.schedule.dated:
        activity = plan.activities[plan.places[one.id]]
        worktime = found.schedule.worktimes.of(activity)
        if activity.actual.started_us is None:
            length = activity.estimate.likely.us_on(worktime.day_us)
            assert worktime.worked(one.ends_us) - worktime.worked(one.starts_us) == length


@given(staffed(most=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_sequence_beats_the_bound_and_an_optimal_plan_is_the_best_of_all(plan: Plan) -> None:
    found = level(plan, seconds=60, workers=1)
    lines = lines_of(plan, Worktimes(plan, *first_and_last(plan, 12)))
    needs = [limited_needs(plan, one) for one in plan.activities]
    ends = []
    for priority in permutations(range(len(lines))):
        generate(plan, lines, needs, priority)
        ends.append(max(line.ends_us for line in lines))
    assert found.lower_bound.ends_us <= min(ends)
    assert found.schedule.ends_us >= min(ends)
    if found.status == "optimal":
        assert found.schedule.ends_us == min(ends)


@st.composite
def hourly(draw: st.DrawFn) -> tuple[Plan, Project]:
    """A plan on the provider's calendar alone, and the same as a plain project in hours of work."""
    made, tasks = [], []
    for number in range(draw(st.integers(2, 5))):
        hours, need = draw(st.integers(1, 9)), draw(st.integers(0, 3))
        after = tuple(sorted(draw(st.sets(st.integers(0, number - 1), max_size=2)))) if number else ()
        tasks.append(Task(hours, (need,), after))
        made.append(
            Activity(
                f"a{number}",
                f"Activity {number}",
                "provider",
                Estimate.of(Duration(hours * HOUR_US, "h")),
                tuple(Link(f"a{other}") for other in after),
                needs=(Need("provider", "trainer", need * 100),) if need else (),
            )
        )
    plan = Plan("Hours", MONDAY_US, "Europe/Warsaw", parties(None, {"trainer": 300}), tuple(made))
    return plan, Project("hours", tuple(tasks), (3,))


@given(hourly())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_one_calendar_the_answer_is_that_of_trying_everything(drawn: tuple[Plan, Project]) -> None:
    plan, project = drawn
    found = level(plan, seconds=60, workers=1)
    provider = found.schedule.worktimes.named("provider")
    hours = (provider.worked(found.schedule.ends_us) - provider.worked(MONDAY_US)) // HOUR_US
    assert (hours, found.status) == (shortest(project), "optimal")


@given(staffed(is_free=True))
@SOME
def test_all_activities_at_their_latest_dates_still_keep_every_role(plan: Plan) -> None:
    found = level(plan, seconds=2, workers=1)
    latest = {one.id: (one.latest_starts_us, one.latest_ends_us) for one in found.schedule.dated}
    assert overloads(plan, latest) == []
    assert max(end for _, end in latest.values()) <= found.schedule.ends_us
    assert all(one.total_float_us >= one.free_float_us >= 0 for one in found.schedule.dated)


def training(released: int = 100, *, is_internal: bool = False) -> Plan:
    """Two waves of training and one trainer; the second is prepared longer."""
    waves = [
        Activity(
            f"wave{number}",
            f"Train wave {number}",
            "provider",
            days(length),
            needs=(Need("provider", "trainer", 100),),
            internal_to="provider" if is_internal else None,
        )
        for number, length in ((1, 3), (2, 4))
    ]
    return Plan("Training", MONDAY_US, "Europe/Warsaw", parties(None, {"trainer": released}), tuple(waves))


def test_why_names_the_role_and_who_holds_it() -> None:
    found = level(training(), workers=1)
    assert (found.status, found.schedule.by_id["wave1"].bound.by) == ("optimal", "plan start")
    assert sentence_of(found.schedule, "wave2") == (
        "Waits for the trainer, who is busy with “Train wave 1” until Wed 4 Mar 2026, 18:30."
    )
    assert found.schedule.chain == ("wave1", "wave2")
    assert found.lower_bound.by == "role"


def test_why_of_a_role_keeps_the_other_sides_name_for_itself() -> None:
    found = level(training(is_internal=True), workers=1)
    said = sentence_of(found.schedule, "wave2", seen_by="client")
    assert "an internal activity of the provider" in said
    assert "wave" not in said


def test_two_trainers_train_two_waves_at_once() -> None:
    found = level(training(200), workers=1)
    assert found.schedule.dated == schedule(training(200)).dated


def test_role_that_is_too_small_for_an_activity_is_refused() -> None:
    with pytest.raises(RoleTooSmall, match=r"wave1: needs 1 of 'trainer', of which Lumen has released 0\.5"):
        level(training(50), workers=1)


def test_what_has_started_keeps_its_role_and_the_rest_waits() -> None:
    plan = training()
    begun = replace(plan.activities[1], actual=Actual(MONDAY_US))
    found = level(replace(plan, activities=(plan.activities[0], begun), as_of_us=MONDAY_US), workers=1)
    assert found.schedule.by_id["wave1"].bound.by == "role"
    assert found.schedule.by_id["wave1"].starts_us >= found.schedule.by_id["wave2"].ends_us


def test_cycle_is_refused_as_in_a_schedule() -> None:
    plan = training()
    ring = tuple(
        replace(one, after=(Link(other),))
        for one, other in zip(plan.activities, ("wave2", "wave1"), strict=True)
    )
    with pytest.raises(PlanHasCycle):
        level(replace(plan, activities=ring))


def test_levelled_plan_past_the_last_year_is_refused() -> None:
    long = tuple(replace(one, estimate=days(25_000)) for one in training().activities)
    with pytest.raises(PlanRefused, match="2200"):
        level(replace(training(), activities=long), workers=1)


def many_waves(count: int, minutes: int = 0) -> Plan:
    """Waves that rules order badly; odd minutes leave no common step, so that the grid is rounded."""
    made = []
    for number in range(count):
        hours = (3, 7, 2, 9, 5)[number % 5]
        prepare = Activity(
            f"p{number}", f"Prepare {number}", "client", Estimate.of(Duration(hours * HOUR_US + minutes * 60_000_001, "h")),
            needs=(Need("client", "owner", 50),),
        )  # fmt: skip
        train = Activity(
            f"t{number}", f"Train {number}", "provider", Estimate.of(Duration((12 - hours) * HOUR_US, "h")), (Link(f"p{number}"),),
            needs=(Need("provider", "trainer", 100 if number % 3 else 200),),
        )  # fmt: skip
        made += [prepare, train]
    return Plan("Waves", MONDAY_US, "Europe/Warsaw", parties({"owner": 100}, {"trainer": 200}), tuple(made))


@pytest.mark.parametrize(("minutes", "search"), [(0, "exact grid"), (7, "rounded grid")])
def test_solver_on_either_grid_keeps_roles_and_bounds(minutes: int, search: str) -> None:
    plan = many_waves(9, minutes)
    heard: list[tuple[float, int, int]] = []
    found = level(plan, seconds=10, workers=1, progress=lambda *told: heard.append(told))
    assert found.search == search
    assert overloads(plan, dates_of(found)) == []
    assert found.lower_bound.ends_us <= found.schedule.ends_us <= found.by_rules_us
    assert all(proven <= found.schedule.ends_us for _, _, proven in heard)


def test_cancelled_levelling_answers_with_the_plan_by_rules() -> None:
    plan = many_waves(6)
    found = level(plan, workers=1, cancelled=lambda: True)
    assert overloads(plan, dates_of(found)) == []
    assert (found.schedule.ends_us, found.search) == (found.by_rules_us, "not needed")


def test_one_worker_levels_alike_twice() -> None:
    first, second = (level(many_waves(4), workers=1) for _ in range(2))
    assert (first.schedule.dated, first.lower_bound) == (second.schedule.dated, second.lower_bound)
