"""A plain project under limited resources: whole durations, predecessors, capacities; and what bounds its length from below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.refusals import PlanRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PROJECT = 1_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """So many units of time, so much of every resource while it runs, after the tasks at these places."""

    duration: int
    demands: tuple[int, ...]
    after: tuple[int, ...] = ()


@dataclass(frozen=True)
class Project:
    """Tasks in an order in which each comes after all it waits for, and the capacity of every resource.

    `before[i]` lists who waits for task i; `heads[i]` is its earliest start without resources, `tails[i]` the
    longest chain of durations behind its finish.
    """

    name: str
    tasks: tuple[Task, ...]
    capacities: tuple[int, ...]

    def __post_init__(self) -> None:
        if sum(task.duration for task in self.tasks) > LONGEST_PROJECT:
            raise PlanRefused(f"{self.name}: longer than {LONGEST_PROJECT:,} units of time in all")
        for place, task in enumerate(self.tasks):
            where = f"{self.name}, task {place + 1}"
            if task.duration < 0 or any(demand < 0 for demand in task.demands):
                raise PlanRefused(f"{where}: a duration or a demand is negative")
            if len(task.demands) != len(self.capacities):
                raise PlanRefused(
                    f"{where}: {len(task.demands)} demands for {len(self.capacities)} resources"
                )
            for number, (demand, capacity) in enumerate(zip(task.demands, self.capacities, strict=True), 1):
                if demand > capacity and task.duration:
                    raise PlanRefused(f"{where}: needs {demand} of resource {number}, which has {capacity}")
            if any(not 0 <= other < place for other in task.after):
                raise PlanRefused(f"{where}: waits for a task that does not stand before it")

    @cached_property
    def before(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.tasks]
        for place, task in enumerate(self.tasks):
            for other in task.after:
                found[other].append(place)
        return tuple(map(tuple, found))

    @cached_property
    def heads(self) -> tuple[int, ...]:
        found: list[int] = []
        for task in self.tasks:
            found.append(max((found[other] + self.tasks[other].duration for other in task.after), default=0))
        return tuple(found)

    @cached_property
    def tails(self) -> tuple[int, ...]:
        found = [0] * len(self.tasks)
        for place in reversed(range(len(self.tasks))):
            found[place] = max(
                (found[other] + self.tasks[other].duration for other in self.before[place]), default=0
            )
        return tuple(found)

    def makespan(self, starts: Sequence[int]) -> int:
        return max((start + task.duration for start, task in zip(starts, self.tasks, strict=True)), default=0)


def path_bound(project: Project) -> int:
    """The longest chain of durations: no plan is shorter, whatever the capacities."""
    ends = [
        head + task.duration + tail
        for head, task, tail in zip(project.heads, project.tasks, project.tails, strict=True)
    ]
    return max(ends, default=0)


def energy_bound(project: Project) -> int:
    """The most that work asks of one resource: no plan is shorter.

    Proof: let a set of tasks have heads of at least h and tails of at least t. All of them run inside
    `[h, end - t)`, where the resource gives at most capacity x (end - t - h), and they ask for the sum of
    duration x demand. So `end >= h + t + ceil(sum / capacity)`, for every h, t and resource.
    """
    best = 0
    for number, capacity in enumerate(project.capacities):
        asked = [
            (head, tail, task.duration * task.demands[number])
            for head, task, tail in zip(project.heads, project.tasks, project.tails, strict=True)
            if task.duration * task.demands[number]
        ]
        for least_head in {head for head, _, _ in asked}:
            energy = 0
            for _, tail, one in sorted((one for one in asked if one[0] >= least_head), key=lambda x: -x[1]):
                energy += one
                best = max(best, least_head + tail - (-energy // capacity))
    return best
