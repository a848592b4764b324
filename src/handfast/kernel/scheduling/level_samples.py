"""Good plans of a plain project without a solver: generation by priority, improved forward and backward, sampled."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.scheduling.resources import energy_bound, path_bound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.kernel.scheduling.resources import Project

SAMPLES = 200
_SEED = 20_260_105
_ROUNDS = 6


def sampled(project: Project, *, samples: int = SAMPLES) -> tuple[int, ...]:
    """The starts of the shortest plan found by every rule, serial and parallel, and by so many biased samples.

    The samples draw a rule and disturb its priorities, the later ones more (regret-based bias would need the
    set of the eligible at every step; a disturbed list gives the same spread for less). Same project, same answer.
    """
    count = len(project.tasks)
    rules = _rules(project)
    found = [improved(project, serial(project, rule)) for rule in rules]
    found += [improved(project, parallel(project, rule)) for rule in rules]
    best = min(found, key=project.makespan)
    floor = max(path_bound(project), energy_bound(project))
    chance = np.random.Generator(np.random.Philox(_SEED))
    for number in range(samples):
        if project.makespan(best) == floor:
            break
        rule = rules[number % len(rules)]
        spread = (max(rule) - min(rule) + 1) * (1 + number % 3) // 8
        noise = chance.integers(-spread, spread + 1, count)
        draw = serial if number % 4 else parallel
        tried = improved(
            project, draw(project, [value + int(one) for value, one in zip(rule, noise, strict=True)])
        )
        if project.makespan(tried) < project.makespan(best):
            best = tried
    return best


def refined(
    project: Project, starts: tuple[int, ...], *, tries: int, cancelled: Callable[[], bool] | None = None
) -> tuple[int, ...]:
    """The starts of the shortest plan found by disturbing the best so often; never a longer one than `starts`.

    Every try deals the tasks anew in the order of the best plan's starts, all of them or half of them disturbed by
    up to a quarter of its length; a plan as short as the best takes its place, so that the search does not stand
    still. Same project, same number of tries, same answer.
    """
    best, end = starts, project.makespan(starts)
    floor = max(path_bound(project), energy_bound(project))
    chance = np.random.Generator(np.random.Philox(_SEED))
    for number in range(tries):
        if end == floor or (cancelled is not None and cancelled()):
            break
        spread = max(2, end * (1 + number % 4) // 16)
        noise = chance.integers(-spread, spread + 1, len(starts))
        if number % 2:
            noise *= chance.integers(0, 2, len(starts))
        tried = improved(
            project, serial(project, [at + int(one) for at, one in zip(best, noise, strict=True)])
        )
        if project.makespan(tried) <= end:
            best, end = tried, project.makespan(tried)
    return best


def _rules(project: Project) -> list[list[int]]:
    """Latest finish first, most successors first, greatest rank positional weight first; the least value goes first."""
    successors: list[set[int]] = [set() for _ in project.tasks]
    for place in reversed(range(len(project.tasks))):
        for other in project.before[place]:
            successors[place] |= {other} | successors[other]
    weights = [
        task.duration + sum(project.tasks[other].duration for other in project.before[place])
        for place, task in enumerate(project.tasks)
    ]
    return [
        [-tail for tail in project.tails],
        [-len(found) for found in successors],
        [-one for one in weights],
    ]


def serial(project: Project, values: Sequence[int]) -> tuple[int, ...]:
    """Starts by the serial scheme: the least value of those whose predecessors stand, at its earliest place."""
    profile = _Profile(project)
    starts = [0] * len(project.tasks)
    waiting = [len(set(task.after)) for task in project.tasks]
    ready = [(values[place], place) for place, count in enumerate(waiting) if not count]
    ready.sort()
    while ready:
        _, place = heappop(ready)
        task = project.tasks[place]
        least = max((starts[other] + project.tasks[other].duration for other in task.after), default=0)
        starts[place] = profile.earliest(place, least)
        profile.take(place, starts[place])
        for other in set(project.before[place]):
            waiting[other] -= 1
            if not waiting[other]:
                heappush(ready, (values[other], other))
    return tuple(starts)


def parallel(project: Project, values: Sequence[int]) -> tuple[int, ...]:
    """Starts by the parallel scheme: at every instant as many as fit, the least value first."""
    profile = _Profile(project)
    starts: dict[int, int] = {}
    ends: list[int] = [0]
    left = sorted(range(len(project.tasks)), key=lambda place: (values[place], place))
    while left:
        now = heappop(ends)
        has_placed = True
        while has_placed:
            has_placed = False
            for place in left:
                task = project.tasks[place]
                is_free = all(
                    other in starts and starts[other] + project.tasks[other].duration <= now
                    for other in task.after
                )
                if is_free and profile.earliest(place, now) == now:
                    starts[place] = now
                    profile.take(place, now)
                    heappush(ends, now + task.duration)
                    left.remove(place)
                    has_placed = True
                    break
    return tuple(starts[place] for place in range(len(project.tasks)))


def improved(project: Project, starts: tuple[int, ...]) -> tuple[int, ...]:
    """The plan pushed to its end and back to its begin, as long as that makes it shorter (Tormos, Lova 2001)."""
    best = starts
    for _ in range(_ROUNDS):
        end = project.makespan(best)
        late = _pushed_late(project, best, end)
        early = serial(project, late)
        if project.makespan(early) >= end:
            return best
        best = early
    return best


def _pushed_late(project: Project, starts: Sequence[int], end: int) -> tuple[int, ...]:
    """Every task, the last to finish first, as late as `end` and those placed before it allow."""
    profile = _Profile(project)
    mirrored = [0] * len(project.tasks)
    order = sorted(
        range(len(project.tasks)),
        key=lambda place: (-(starts[place] + project.tasks[place].duration), -place),
    )
    for place in order:
        least = max(
            (mirrored[other] + project.tasks[other].duration for other in project.before[place]), default=0
        )
        mirrored[place] = profile.earliest(place, least)
        profile.take(place, mirrored[place])
    return tuple(end - mirror - task.duration for mirror, task in zip(mirrored, project.tasks, strict=True))


class _Profile:
    """What is taken of every resource, unit of time by unit of time."""

    def __init__(self, project: Project) -> None:
        self._project = project
        length = sum(task.duration for task in project.tasks) + 1
        self._free = [[capacity] * length for capacity in project.capacities]

    def earliest(self, place: int, least: int) -> int:
        """The earliest start from `least` at which the task fits for as long as it lasts."""
        task = self._project.tasks[place]
        asked = [(free, demand) for free, demand in zip(self._free, task.demands, strict=True) if demand]
        start = here = least
        while here < start + task.duration:
            for free, demand in asked:
                if free[here] < demand:
                    start = here + 1
                    break
            here += 1
        return start

    def take(self, place: int, start: int) -> None:
        task = self._project.tasks[place]
        for free, demand in zip(self._free, task.demands, strict=True):
            if demand:
                for here in range(start, start + task.duration):
                    free[here] -= demand
