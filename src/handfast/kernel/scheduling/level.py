"""The second answer: the plan under limited people, as short as it was found, with the bound that is proven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from handfast.kernel.scheduling.calendars import FIRST_YEARS, Worktimes, first_and_last
from handfast.kernel.scheduling.level_bounds import LowerBound, role_bound
from handfast.kernel.scheduling.level_floats import hand_on, holders_at
from handfast.kernel.scheduling.level_generate import generate, limited_needs
from handfast.kernel.scheduling.level_grid import grid_of, question_of
from handfast.kernel.scheduling.passes import backward, forward, lines_of, order_of
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.schedule import (
    MOST_YEARS,
    Bound,
    RoleWait,
    Schedule,
    dated_of,
    missed_of,
)
from handfast.kernel.worktime.refusals import OutsideCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.kernel.scheduling.level_generate import Generated
    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.schedule import Dated

Search = Literal["not needed", "exact grid", "rounded grid", "plan too large"]

SAMPLES = 60
# Activities dated in all samples: a large plan is sampled less.
MOST_DATED = 40_000
_SEED = 20_260_322


@dataclass(frozen=True)
class Levelled:
    """A plan dated under limited roles. `schedule` is as `schedule()` gives it, its floats too keep every role.

    `lower_bound.ends_us` is proven: no plan that keeps the links, the calendars and the roles ends earlier.
    `by_rules_us` is the end that rules and samples alone found; `search` says what the solver was asked.
    """

    schedule: Schedule
    lower_bound: LowerBound
    by_rules_us: int
    search: Search

    @property
    def makespan_us(self) -> int:
        """Elapsed time from the plan's begin to its end."""
        return self.schedule.ends_us - self.schedule.plan.starts_us

    @property
    def status(self) -> Literal["optimal", "feasible"]:
        return "optimal" if self.schedule.ends_us <= self.lower_bound.ends_us else "feasible"

    @property
    def gap(self) -> Fraction:
        """How much of the makespan is not proven to be needed."""
        open_us = self.schedule.ends_us - self.lower_bound.ends_us
        return Fraction(max(open_us, 0), self.makespan_us) if self.makespan_us > 0 else Fraction(0)


def level(
    plan: Plan,
    *,
    seconds: int = 60,
    workers: int = 2,
    progress: Callable[[float, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Levelled:
    """Date the plan so that no role is ever needed beyond what its side released.

    Rules and samples of the serial scheme on the true calendars come first; then the solver looks for a better
    sequence for at most so many seconds, and the same scheme turns that into true dates. The answer is never
    later than that of the rules. `progress` hears (seconds, end, proven bound), instants in microseconds.
    With one worker and time enough for a proof the same plan has the same answer; a search that is cut off by
    the time may end elsewhere. Raises RoleTooSmall, and what `schedule` raises.
    """
    years = FIRST_YEARS
    while True:
        worktimes = Worktimes(plan, *first_and_last(plan, years))
        try:
            return _Levelling(plan, worktimes).levelled(seconds, workers, progress, cancelled)
        except OutsideCalendar as outside:
            if years >= MOST_YEARS:
                raise PlanRefused(
                    f"{plan.name}: levelled, the plan runs past the year 2200: look for a role of which too little is released"
                ) from outside
            years *= 4


class _Levelling:
    def __init__(self, plan: Plan, worktimes: Worktimes) -> None:
        self._plan, self._worktimes = plan, worktimes
        self._needs = [limited_needs(plan, one) for one in plan.activities]
        self._lines = lines_of(plan, worktimes)
        self._order = order_of(self._lines)
        forward(self._lines, self._order, plan)
        self._early = [(line.starts_us, line.ends_us) for line in self._lines]

    def levelled(
        self,
        seconds: int,
        workers: int,
        progress: Callable[[float, int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Levelled:
        bound = role_bound(self._plan, self._lines, self._order, self._needs)
        priority = self._best_by_rules(bound.ends_us, cancelled)
        by_rules = self._end_of(priority)
        if progress is not None:
            progress(0.0, by_rules, bound.ends_us)
        search: Search = "not needed"
        if by_rules > bound.ends_us and not (cancelled is not None and cancelled()):
            found, proven, search = self._searched(bound.ends_us, seconds, workers, progress, cancelled)
            # Ties go to the rules, whose plan stands already; a sequence on a rounded grid may date later.
            if found is not None and self._end_of(found) < by_rules:
                priority = found
            if proven > bound.ends_us:
                bound = LowerBound(proven, "solver")
        return Levelled(self._finished(priority), bound, by_rules, search)

    def _end_of(self, priority: Sequence[int]) -> int:
        generate(self._plan, self._lines, self._needs, priority)
        return max((line.ends_us for line in self._lines), default=self._plan.starts_us)

    def _best_by_rules(self, floor_us: int, cancelled: Callable[[], bool] | None) -> list[int]:
        """Latest finish, latest start, least float, the plan's own order; then the best of them, disturbed."""
        backward(self._lines, self._order, max((ends for _, ends in self._early), default=0))
        rules = [
            [line.latest_ends_us for line in self._lines],
            [line.latest_starts_us for line in self._lines],
            [line.total_float_us for line in self._lines],
            list(range(len(self._lines))),
        ]
        ends = [self._end_of(rule) for rule in rules]
        best_end, best = min(zip(ends, rules, strict=True), key=lambda pair: pair[0])
        chance = np.random.Generator(np.random.Philox(_SEED))
        count = len(self._lines)
        for number in range(min(SAMPLES, MOST_DATED // max(count, 1))):
            if best_end <= floor_us or (cancelled is not None and cancelled()):
                break
            base = best if number % 2 else rules[number // 2 % 2]
            width = max((max(base) - min(base)) // (4 + number % 12), 1)
            noise = chance.integers(-width, width + 1, count).tolist()
            tried = [value + one for value, one in zip(base, noise, strict=True)]
            end = self._end_of(tried)
            if end < best_end:
                best_end, best = end, tried
        return best

    def _searched(
        self,
        floor_us: int,
        seconds: int,
        workers: int,
        progress: Callable[[float, int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> tuple[list[int] | None, int, Search]:
        """A sequence from the solver, and the end that it proves none can go below. Lines hold the plan by rules."""
        ends_us = max(line.ends_us for line in self._lines)
        grid = grid_of(self._lines, [starts for starts, _ in self._early], ends_us)
        if grid is None:
            return None, floor_us, "plan too large"
        question = question_of(self._plan, self._lines, self._needs, grid, self._early, floor_us)

        def heard(taken: float, end: int, proven: int) -> None:
            if progress is not None:
                progress(taken, int(grid.points[end]), max(grid.bound_us(proven), floor_us))

        solved = question.model.solve(seconds=seconds, workers=workers, progress=heard, cancelled=cancelled)
        search: Search = "exact grid" if grid.is_exact else "rounded grid"
        found = None
        if solved.values is not None:
            values = solved.values
            found = [
                values[question.starts[place]] if place in question.starts else -1
                for place in range(len(self._lines))
            ]
        return found, grid.bound_us(solved.bound), search

    def _finished(self, priority: Sequence[int]) -> Schedule:
        """The plan of one sequence with its floats, its chain and what each activity waits for."""
        plan, lines = self._plan, self._lines
        generated = generate(plan, lines, self._needs, priority)
        ends_us = max((line.ends_us for line in lines), default=plan.starts_us)
        waits = {place: self._role_wait(place, generated) for place in generated.waited_for}
        missed = tuple(missed_of(lines))
        backward(lines, hand_on(plan, lines, self._needs, generated), ends_us)
        dated = tuple(_with_role(dated_of(line), waits.get(place)) for place, line in enumerate(lines))
        return Schedule(plan, self._worktimes, dated, ends_us, _chain(plan, lines, waits), missed)

    def _role_wait(self, place: int, generated: Generated) -> RoleWait:
        side, role = generated.waited_for[place]
        until_us = self._lines[place].bound_us
        return RoleWait(side, role, holders_at(self._lines, self._needs, (side, role), until_us))


def _with_role(dated: Dated, wait: RoleWait | None) -> Dated:
    return dated if wait is None else replace(dated, bound=Bound("role", dated.bound.until_us, None, wait))


def _chain(plan: Plan, lines: Sequence[Line], waits: dict[int, RoleWait]) -> tuple[str, ...]:
    """What drives the end, over links and over roles that are handed on."""
    if not lines:
        return ()
    place = max(range(len(lines)), key=lambda one: (lines[one].ends_us, one))
    ids = [lines[place].activity.id]
    while True:
        line = lines[place]
        if place in waits and waits[place].holders:
            place = plan.places[waits[place].holders[0]]
        elif line.binding == "link":
            place = line.waits[line.bound_link][0]
        else:
            return tuple(reversed(ids))
        ids.append(lines[place].activity.id)
