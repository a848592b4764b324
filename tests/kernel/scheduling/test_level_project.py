"""Plain projects levelled: feasible by a judge of its own, never under a proven bound, the least where it is proven."""

from __future__ import annotations

import csv
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.scheduling.checking import faults_of, shortest

from handfast.kernel.scheduling.level_project import level_project
from handfast.kernel.scheduling.level_samples import parallel, refined, sampled, serial
from handfast.kernel.scheduling.psplib import read_psplib
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.resources import LONGEST_PROJECT, Project, Task, energy_bound, path_bound

DATA = Path(__file__).parents[3] / ".." / "shared" / "data" / "psplib"
SAMPLE = ("j301_1.sm", "j305_2.sm", "j3021_1.sm", "j3025_8.sm", "j3045_4.sm")


@st.composite
def projects(draw: st.DrawFn, *, most: int = 7) -> Project:
    capacities = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=2)))
    tasks = []
    for place in range(draw(st.integers(1, most))):
        after = draw(st.sets(st.integers(0, place - 1), max_size=2)) if place else set()
        demands = tuple(draw(st.integers(0, capacity)) for capacity in capacities)
        tasks.append(Task(draw(st.integers(0, 3)), demands, tuple(sorted(after))))
    return Project("small", tuple(tasks), capacities)


@given(projects(most=20), st.lists(st.integers(-9, 9), min_size=20, max_size=20))
@settings(max_examples=60, deadline=None)
def test_both_schemes_give_feasible_plans_from_any_priorities(project: Project, values: list[int]) -> None:
    for scheme in (serial, parallel):
        assert faults_of(project, scheme(project, values)) == []


@given(projects(most=14))
@settings(max_examples=30, deadline=None)
def test_sampled_plan_is_feasible_and_no_bound_lies_over_it(project: Project) -> None:
    starts = sampled(project, samples=20)
    assert faults_of(project, starts) == []
    assert max(path_bound(project), energy_bound(project)) <= project.makespan(starts)


@given(projects(most=14))
@settings(max_examples=30, deadline=None)
def test_disturbed_plan_is_feasible_and_never_longer(project: Project) -> None:
    starts = sampled(project, samples=1)
    found = refined(project, starts, tries=10)
    assert faults_of(project, found) == []
    assert project.makespan(found) <= project.makespan(starts)
    assert found == refined(project, starts, tries=10)


def test_disturbing_finds_a_shorter_plan_than_its_start() -> None:
    one_by_one, at = [], 0
    for task in HARD.tasks:
        one_by_one.append(at)
        at += task.duration
    assert HARD.makespan(refined(HARD, tuple(one_by_one), tries=50)) < at
    assert refined(HARD, tuple(one_by_one), tries=50, cancelled=lambda: True) == tuple(one_by_one)


def test_what_the_samples_took_is_taken_from_the_solver() -> None:
    told = iter([0.0, 1_000.0])
    found = level_project(HARD, seconds=60, workers=1, clock=lambda: next(told))
    assert faults_of(HARD, found.starts) == []
    assert found.makespan <= found.by_rules
    assert list(told) == []


@given(projects(most=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_levelled_project_is_the_shortest_there_is(project: Project) -> None:
    found = level_project(project, seconds=60, workers=1)
    assert (found.makespan, found.lower_bound, found.status) == (shortest(project),) * 2 + ("optimal",)
    assert faults_of(project, found.starts) == []
    assert project.makespan(found.starts) == found.makespan


@pytest.mark.skipif(not DATA.exists(), reason="the instances of PSPLIB are not beside the repository")
@pytest.mark.parametrize("name", SAMPLE)
def test_instance_of_the_literature_reaches_the_best_known_makespan(name: str) -> None:
    with (DATA / "best_known_j30.csv").open() as file:
        best = {row["file"]: int(row["ub"]) for row in csv.DictReader(file)}
    with tarfile.open(DATA / "j30.tar.xz") as archive:
        member = archive.extractfile(name)
        assert member is not None
        project = read_psplib(member.read().decode(), name=name)
    found = level_project(project, seconds=300, workers=2)
    assert faults_of(project, found.starts) == []
    assert (found.makespan, found.status) == (best[name], "optimal")


# The rules alone leave a gap here (72 against 69 and a bound below), so that the solver must run.
HARD = Project(
    "hard",
    tuple(
        Task(duration, (demand,), after)
        for duration, demand, after in [
            (4, 3, ()), (3, 2, ()), (5, 2, ()), (2, 3, (0,)), (6, 1, (1,)), (3, 3, (2,)), (4, 2, (0, 1)),
            (5, 3, (2,)), (2, 2, (3,)), (3, 1, (4,)), (4, 2, (5,)), (3, 3, (6,)), (5, 2, (7,)), (2, 1, (8,)),
        ]
    ),
    (4,),
)  # fmt: skip


def test_progress_hears_only_shorter_plans_over_proven_bounds() -> None:
    heard: list[tuple[float, int, int]] = []
    found = level_project(HARD, seconds=60, workers=1, progress=lambda *told: heard.append(told))
    assert heard[0][1] >= found.makespan
    assert [told[1] for told in heard] == sorted((told[1] for told in heard), reverse=True)
    assert all(bound <= found.lower_bound for _, _, bound in heard)


def test_cancelled_levelling_still_answers_with_a_feasible_plan() -> None:
    found = level_project(HARD, seconds=60, workers=1, cancelled=lambda: True)
    assert faults_of(HARD, found.starts) == []
    assert found.lower_bound <= found.makespan == found.by_rules


def test_hint_that_is_shorter_is_never_lost() -> None:
    best = level_project(HARD, seconds=60, workers=1)
    again = level_project(HARD, seconds=1, workers=1, hint=best.starts, cancelled=lambda: True)
    assert again.makespan == best.makespan


def test_hint_that_breaks_a_capacity_is_refused() -> None:
    with pytest.raises(PlanRefused, match="hint"):
        level_project(HARD, seconds=1, workers=1, hint=[0] * len(HARD.tasks))


def test_one_worker_answers_alike_twice() -> None:
    assert level_project(HARD, workers=1) == level_project(HARD, workers=1)


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (Task(-1, (1,)), "negative"),
        (Task(1, (-1,)), "negative"),
        (Task(1, (1, 1)), "2 demands for 1 resources"),
        (Task(1, (5,)), "needs 5 of resource 1, which has 4"),
        (Task(1, (1,), (0,)), "does not stand before it"),
        (Task(LONGEST_PROJECT + 1, (1,)), "longer than"),
    ],
)
def test_project_that_contradicts_itself_is_refused(task: Task, said: str) -> None:
    with pytest.raises(PlanRefused, match=said):
        Project("wrong", (task,), (4,))
