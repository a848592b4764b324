"""Judges of a levelled project that share no code with what levels it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.scheduling.resources import Project


def faults_of(project: Project, starts: Sequence[int]) -> list[str]:
    """Every broken link, and every unit of time at which a capacity is exceeded."""
    ends = [start + task.duration for start, task in zip(starts, project.tasks, strict=True)]
    faults = [
        f"{place} starts before {other} ends"
        for place, task in enumerate(project.tasks)
        for other in task.after
        if starts[place] < ends[other]
    ]
    for unit in range(max(ends, default=0)):
        running = [task for place, task in enumerate(project.tasks) if starts[place] <= unit < ends[place]]
        for number, capacity in enumerate(project.capacities):
            used = sum(task.demands[number] for task in running)
            if used > capacity:
                faults.append(f"{used} of resource {number} at {unit}")
    return faults


def shortest(project: Project) -> int:
    """The least makespan of a tiny project, by trying every start of every task."""
    best = sum(task.duration for task in project.tasks)

    def went_on(starts: list[int]) -> None:
        nonlocal best
        if len(starts) == len(project.tasks):
            best = min(best, max(s + t.duration for s, t in zip(starts, project.tasks, strict=True)))
            return
        task = project.tasks[len(starts)]
        for start in range(best - task.duration + 1):
            tried = [*starts, start]
            part = type(project)("part", project.tasks[: len(tried)], project.capacities)
            if not faults_of(part, tried):
                went_on(tried)

    went_on([])
    return best
