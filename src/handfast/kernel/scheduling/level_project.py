"""The shortest plan of a plain project under its capacities, with the bound that is proven and the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from handfast.kernel.scheduling.level_samples import refined, sampled
from handfast.kernel.scheduling.level_solver import Model
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.resources import energy_bound, path_bound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.kernel.scheduling.resources import Project

# About a tenth of the time goes to disturbing the best plan, from which the solver begins.
TRIES_A_SECOND = 30
MOST_TRIES = 1_800

Status = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True)
class LevelledProject:
    """The starts of the shortest plan found. `lower_bound` is proven; `status` is optimal where both meet."""

    makespan: int
    starts: tuple[int, ...]
    lower_bound: int
    by_rules: int

    @property
    def status(self) -> Status:
        return "optimal" if self.makespan == self.lower_bound else "feasible"

    @property
    def gap(self) -> Fraction:
        """How much of the makespan is not proven to be needed."""
        return Fraction(self.makespan - self.lower_bound, self.makespan) if self.makespan else Fraction(0)


def level_project(  # noqa: PLR0913 - limits and listeners stand beside the question
    project: Project,
    *,
    seconds: int = 60,
    workers: int = 8,
    progress: Callable[[float, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    hint: Sequence[int] | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> LevelledProject:
    """Level a project: rules and samples first, then the solver, which begins from what they found.

    `workers` are the solver's searches side by side: eight find more than two even where two cores run them.
    `seconds` limits the solver, which has what the rules and samples leave of them by `clock`, in seconds, and one
    at the least; without a clock it has them all. `hint` is a feasible plan that is known already. `progress` hears
    (seconds, makespan, bound) at every shorter plan.
    """
    began = clock()
    starts = sampled(project)
    by_rules = project.makespan(starts)
    if hint is not None:
        if not _is_feasible(project, hint):
            raise PlanRefused(f"{project.name}: the plan given as a hint breaks a link or a capacity")
        starts = min(starts, tuple(hint), key=project.makespan)
    starts = refined(project, starts, tries=min(MOST_TRIES, TRIES_A_SECOND * seconds), cancelled=cancelled)
    makespan = project.makespan(starts)
    bound = max(path_bound(project), energy_bound(project))
    if progress is not None:
        progress(0.0, makespan, bound)
    if makespan == bound or (cancelled is not None and cancelled()):
        return LevelledProject(makespan, starts, bound, by_rules)
    model, places = _modelled(project, makespan, bound, starts)
    left = max(1, seconds - round(clock() - began))
    solved = model.solve(seconds=left, workers=workers, progress=progress, cancelled=cancelled)
    if solved.values is not None:
        found = tuple(solved.values[place] for place in places)
        starts = min(starts, found, key=project.makespan)
    return LevelledProject(project.makespan(starts), starts, solved.bound, by_rules)


def _modelled(project: Project, most: int, least: int, starts: Sequence[int]) -> tuple[Model, list[int]]:
    """The question for the solver: starts between head and tail, every link, every capacity; no plan over `most`."""
    model = Model()
    end = model.whole(least, most)
    places = [
        model.whole(head, most - tail - task.duration)
        for head, task, tail in zip(project.heads, project.tasks, project.tails, strict=True)
    ]
    for place, task in zip(places, project.tasks, strict=True):
        for other in task.after:
            model.not_before(place, places[other], project.tasks[other].duration)
        model.not_before(end, place, task.duration)
    spans = [model.span(place, task.duration) for place, task in zip(places, project.tasks, strict=True)]
    for number, capacity in enumerate(project.capacities):
        users = [at for at, task in enumerate(project.tasks) if task.duration and task.demands[number]]
        demands = [project.tasks[at].demands[number] for at in users]
        if sum(demands) > capacity:
            model.within([spans[at] for at in users], demands, capacity)
    for place, start in zip(places, starts, strict=True):
        model.hint(place, start)
    model.hint(end, most)
    model.least(end, least)
    return model, places


def _is_feasible(project: Project, starts: Sequence[int]) -> bool:
    if len(starts) != len(project.tasks) or min(starts, default=0) < 0:
        return False
    ends = [start + task.duration for start, task in zip(starts, project.tasks, strict=True)]
    for start, task in zip(starts, project.tasks, strict=True):
        if any(ends[other] > start for other in task.after):
            return False
    for here in set(starts):
        running = [
            task for start, end, task in zip(starts, ends, project.tasks, strict=True) if start <= here < end
        ]
        asked = [sum(task.demands[number] for task in running) for number in range(len(project.capacities))]
        if any(one > capacity for one, capacity in zip(asked, project.capacities, strict=True)):
            return False
    return True
