"""The question for the solver: a plan on a grid of instants, exact where every date lies on it, else rounded down.

Every date of a true plan is taken to the first point at or after it. Links stay true, since rounding up keeps
the order of two instants; so do roles, since who holds one at a point holds it on the grid. A duration or a lag is a
table: from the point at which it begins, the first point at which it may end. Where all openings, closings, lengths
and named instants are whole steps of one width, every date of a shortest plan lies on a point and the tables are
exact. Otherwise a date may lie anywhere after the point before its own, and each table counts from there: the
rounded question then has an answer wherever the true one has, and its proven bound bounds the true plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from handfast.kernel.scheduling.level_bounds import joined
from handfast.kernel.scheduling.level_solver import Model
from handfast.kernel.scheduling.simulate_calendars import RunsWorktime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from handfast.kernel.scheduling.calendars import Worktime
    from handfast.kernel.scheduling.level_generate import Role
    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Plan

    Points = NDArray[np.int64]

MOST_POINTS, FEWEST_POINTS = 12_000, 100
COARSE_POINTS = 3_000
# Entries of all tables: beyond, the solver would spend its time on reading them.
MOST_ENTRIES = 1_000_000
SHORTEST_STEP_US = 60_000_000

Fineness = Literal["exact", "rounded", "none"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Points from the first date of anything not started to the end of a known plan."""

    points: Points
    is_exact: bool

    def at(self, instant_us: int) -> int:
        """The first point at or after an instant; one past the last where there is none."""
        return int(np.searchsorted(self.points, instant_us, side="left"))

    def bound_us(self, place: int) -> int:
        """What a proven point proves: itself on an exact grid, else the point before it."""
        return int(self.points[place if self.is_exact else max(place - 1, 0)])


def grid_of(lines: Sequence[Line], heads: Sequence[int], ends_us: int) -> Grid | None:
    """The grid of a plan of which `heads` are the earliest starts by links and `ends_us` a known end.

    It has as many points as the tables of so many activities leave room for; None where those are too few.
    """
    free = [place for place, line in enumerate(lines) if not line.has_started]
    most = min(MOST_POINTS, MOST_ENTRIES // (2 * len(free)))
    if most < FEWEST_POINTS:
        return None
    begins_us = min(heads[place] for place in free)
    worktimes = _worktimes(lines, free)
    edges = _edges(worktimes, begins_us, ends_us)
    named = [heads[place] for place in free] + [ends_us]
    named += [line.ends_us for line in lines if line.has_started and line.ends_us > begins_us]
    lengths = [lines[place].length_us for place in free]
    lengths += [abs(lag_us) for place in free for *_, lag_us in lines[place].waits]
    step = int(np.gcd.reduce(np.concatenate([edges, named, [begins_us]]) - begins_us))
    step = int(np.gcd.reduce(np.array([step, *lengths], np.int64)))
    if step >= SHORTEST_STEP_US:
        points = _points(worktimes, lines, edges, step, (begins_us, ends_us))
        if points.size <= most:
            return Grid(points, is_exact=True)
    some_open = joined([lines[place].worktime for place in free])
    first, last = some_open.worked(begins_us), some_open.worked(ends_us)
    worked = np.linspace(first + 1, last, min(most - 2, COARSE_POINTS)).astype(np.int64)
    points = np.unique(np.concatenate([RunsWorktime(some_open).finish_at(worked), [begins_us, ends_us]]))
    return Grid(points[(points >= begins_us) & (points <= ends_us)], is_exact=False)


def _worktimes(lines: Sequence[Line], free: Sequence[int]) -> list[Worktime]:
    found = {id(lines[place].worktime): lines[place].worktime for place in free}
    found |= {id(lag_on): lag_on for place in free for *_, lag_on, lag_us in lines[place].waits if lag_us}
    return list(found.values())


def _edges(worktimes: Sequence[Worktime], begins_us: int, ends_us: int) -> Points:
    edges = np.concatenate([
        np.concatenate([one.calendar.opens_us, one.calendar.closes_us]) for one in worktimes
    ])  # fmt: skip
    found: Points = np.unique(edges[(edges >= begins_us) & (edges <= ends_us)])
    return found


def _points(
    worktimes: Sequence[Worktime], lines: Sequence[Line], edges: Points, step: int, span: tuple[int, int]
) -> Points:
    """Every step at which some calendar is open, and every edge and named instant: no date lies elsewhere.

    An elapsed lag is itself a calendar that is always open, so that it keeps every step.
    """
    if (span[1] - span[0]) // step > MOST_POINTS * 10:
        return np.arange(MOST_POINTS + 1, dtype=np.int64)
    every = np.arange(span[0], span[1] + 1, step, dtype=np.int64)
    is_open = np.zeros(every.shape, np.bool_)
    for one in worktimes:
        opened = np.searchsorted(one.calendar.opens_us, every, side="right")
        closed = np.searchsorted(one.calendar.closes_us, every, side="right")
        is_open |= opened > closed
    dates = [line.ends_us for line in lines] + [line.starts_us for line in lines] + list(span)
    dates += [
        bound
        for line in lines
        for bound in (line.activity.not_before_us, line.activity.fixed_us)
        if bound is not None
    ]
    named = np.array([one for one in dates if span[0] <= one <= span[1]], np.int64)
    return np.unique(np.concatenate([every[is_open], edges, named]))


@dataclass(frozen=True, slots=True)
class Question:
    """The model with the variables of its starts, by place, and of the end."""

    model: Model
    grid: Grid
    starts: dict[int, int]
    end: int


def question_of(  # noqa: PLR0913, PLR0917 - a plan made ready, in its parts
    plan: Plan,
    lines: Sequence[Line],
    needs: Sequence[dict[Role, int]],
    grid: Grid,
    early: Sequence[tuple[int, int]],
    floor_us: int,
) -> Question:
    """The model, hinted with the dates that `lines` hold; `early` are the earliest dates by links alone.

    `floor_us` is a proven bound of the plan's end.
    """
    free = [place for place, line in enumerate(lines) if not line.has_started]
    last = grid.points.size - 1
    writing = _Writing(lines, grid, early)
    low_end = min(grid.at(floor_us), last)
    end = writing.model.whole(low_end, last)
    for place in free:
        writing.activity(place, end)
    for place in free:
        writing.links(place)
    writing.roles(plan, needs)
    writing.model.hint(end, last)
    writing.model.least(end, low_end)
    return Question(writing.model, grid, writing.starts, end)


class _Writing:
    """Writes a model: first all activities, then what joins them."""

    def __init__(self, lines: Sequence[Line], grid: Grid, early: Sequence[tuple[int, int]]) -> None:
        self.model = Model()
        self._lines, self._grid, self._early = lines, grid, early
        self._last = grid.points.size - 1
        self.starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._many: dict[int, RunsWorktime] = {}

    def activity(self, place: int, end: int) -> None:
        line, (starts_us, ends_us) = self._lines[place], self._early[place]
        low = self._grid.at(starts_us)
        self.starts[place] = self.model.whole(low, self._last)
        self.model.hint(self.starts[place], self._grid.at(line.starts_us))
        self._ends[place] = self.starts[place]
        if line.length_us:
            self._ends[place] = self.model.whole(self._grid.at(ends_us), self._last)
            self.model.hint(self._ends[place], self._grid.at(line.ends_us))
            table = self._table(
                line.worktime,
                low,
                starts_us,
                _later(line.length_us),
            )
            # On an exact grid work ends where its time is up; only what must not finish earlier may end later.
            is_equal = self._grid.is_exact and all(kind[1] == "S" for _, kind, *_ in line.waits)
            self.model.looked_up(self.starts[place], table, low, self._ends[place], is_equal=is_equal)
        self.model.not_before(end, self._ends[place])

    def links(self, place: int) -> None:
        for other, kind, lag_on, lag_us in self._lines[place].waits:
            # What started work asks is a fixed instant, and stands in the earliest dates already.
            if self._lines[other].has_started:
                continue
            is_end = kind[0] == "F"
            before = self._ends[other] if is_end else self.starts[other]
            after = self._ends[place] if kind[1] == "F" else self.starts[place]
            if not lag_us:
                self.model.not_before(after, before)
                continue
            first_us = self._early[other][1 if is_end else 0]
            low = self._grid.at(first_us)
            table = self._table(
                lag_on,
                low,
                first_us,
                _later(lag_us),
            )
            self.model.looked_up(before, table, low, after)

    def _table(
        self,
        worktime: Worktime,
        low: int,
        first_us: int,
        reached: Callable[[RunsWorktime, Points], Points],
    ) -> list[int]:
        """For each point from `low` the first point that is reached from it, or, rounded, from just after the one before."""
        many = self._many.setdefault(id(worktime), RunsWorktime(worktime))
        points = self._grid.points
        begun = points[low:] if self._grid.is_exact else points[np.arange(low - 1, self._last).clip(0)]
        found = reached(many, np.maximum(begun, first_us))
        table: list[int] = np.searchsorted(points, found, side="left").tolist()
        return table

    def roles(self, plan: Plan, needs: Sequence[dict[Role, int]]) -> None:
        spans: dict[int, Any] = {}
        held: dict[Role, list[tuple[Any, int]]] = {}
        for place, line in enumerate(self._lines):
            if not needs[place] or not line.length_us or line.ends_us <= self._grid.points[0]:
                continue
            for role, need in needs[place].items():
                if place not in spans:
                    spans[place] = self._span(place, line)
                held.setdefault(role, []).append((spans[place], need))
        for (side, name), users in held.items():
            released = plan.party(side).roles[name]
            if sum(need for _, need in users) > released:
                self.model.within([span for span, _ in users], [need for _, need in users], released)

    def _span(self, place: int, line: Line) -> Any:
        if not line.has_started:
            return self.model.stretch(self.starts[place], self._ends[place], self._last)
        begins, ends = (min(self._grid.at(one), self._last) for one in (line.starts_us, line.ends_us))
        return self.model.span(self.model.whole(begins, begins), ends - begins)


def _later(length_us: int) -> Callable[[RunsWorktime, Points], Points]:
    return lambda many, at: many.finish_at(many.worked(at) + length_us)
