"""The forward pass of one block of runs: every date as `passes` gives it, for many drawn lengths at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.scheduling.passes import lines_of, order_of
from handfast.kernel.scheduling.simulate_calendars import RunsWorktime
from handfast.kernel.scheduling.simulate_draws import BLOCK_RUNS, Correlated, Spread, spread_of, stream

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from handfast.kernel.scheduling.calendars import Worktime, Worktimes
    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Activity, Estimate, LinkKind, Plan
    from handfast.kernel.scheduling.simulate_draws import Runs, Shape

    Links = NDArray[np.int16]

NO_LINK = -1


@dataclass(frozen=True, slots=True)
class Node:
    """One activity as the runs need it. `risks` are (place of the risk, its delay on this calendar)."""

    activity: Activity
    worktime: RunsWorktime
    waits: tuple[tuple[int, LinkKind, RunsWorktime, int], ...]
    begins_us: int
    spread: Spread
    risks: tuple[tuple[int, Spread], ...]
    again: Spread | None
    # Once started: open time worked until the status, and what remains where it was said.
    done_us: int = 0
    remaining_us: int | None = None

    @property
    def is_drawn(self) -> bool:
        return bool(self.spread.width_us or self.risks or self.again)


@dataclass(frozen=True, slots=True)
class Runnable:
    """A plan made ready for runs: nodes in the plan's order, and an order of places in which each may be dated."""

    plan: Plan
    nodes: tuple[Node, ...]
    order: tuple[int, ...]
    as_of_us: int
    seed: int
    correlation: Fraction


def runnable(plan: Plan, worktimes: Worktimes, *, seed: int, shape: Shape, correlation: Fraction) -> Runnable:
    lines = lines_of(plan, worktimes)
    order = order_of(lines)
    made: dict[int, RunsWorktime] = {}

    def many(worktime: Worktime) -> RunsWorktime:
        return made.setdefault(id(worktime), RunsWorktime(worktime))

    begins_us = max(plan.starts_us, plan.as_of_us or plan.starts_us)
    risks: dict[str, list[tuple[int, Estimate]]] = {}
    for number, risk in enumerate(plan.risks):
        for named in dict.fromkeys(risk.activities):
            risks.setdefault(named, []).append((number, risk.delay))
    nodes = []
    for line in lines:
        activity, day_us = line.activity, line.worktime.day_us
        bounds = [begins_us, *(one for one in (activity.not_before_us, activity.fixed_us) if one is not None)]
        done_us, remaining_us = _so_far(line, plan.as_of_us)
        nodes.append(
            Node(
                activity,
                many(line.worktime),
                tuple((other, kind, many(lag_on), lag_us) for other, kind, lag_on, lag_us in line.waits),
                max(bounds),
                _spread(activity.estimate, day_us, shape),
                tuple(
                    (number, _spread(delay, day_us, shape)) for number, delay in risks.get(activity.id, ())
                ),
                None if activity.repeat is None else _spread(activity.repeat.takes, day_us, shape),
                done_us,
                remaining_us,
            )
        )
    return Runnable(plan, tuple(nodes), tuple(order), plan.as_of_us or 0, seed, correlation)


def _spread(estimate: Estimate, day_us: int, shape: Shape) -> Spread:
    low, likely, high = (one.us_on(day_us) for one in (estimate.low, estimate.likely, estimate.high))
    return spread_of(low, likely, high, shape)


def _so_far(line: Line, as_of_us: int | None) -> tuple[int, int | None]:
    actual, worktime = line.activity.actual, line.worktime
    if actual.started_us is None or actual.finished_us is not None:
        return 0, None
    done_us = worktime.worked(as_of_us or actual.started_us) - worktime.worked(actual.started_us)
    return done_us, None if actual.remaining is None else actual.remaining.us_on(worktime.day_us)


class Block:
    """The drawn lengths of the runs of one block, activity by activity; the risks that strike are drawn once."""

    def __init__(self, question: Runnable, number: int, runs: int) -> None:
        self._question, self._number, self.runs = question, number, runs
        self._luck = Correlated.of(question.seed, number, question.correlation)
        self._struck: dict[int, tuple[NDArray[np.bool_], NDArray[np.float64]]] = {}

    def lengths(self, node: Node) -> Runs | int:
        """One length where nothing is drawn, else one a run; without the delays of risks and repeats."""
        if not node.spread.width_us:
            return node.spread.low_us
        question, activity = self._question, node.activity
        scores = self._luck.scores(question.seed, activity.id, self._number, activity.lead)
        return node.spread.at(scores[: self.runs])

    def delays(self, node: Node) -> Runs | int:
        """What risks that strike and a gate that says no add to a run."""
        added: Runs | int = 0
        for number, delay in node.risks:
            struck, scores = self._risk(number)
            added = added + np.where(struck, delay.at(scores), 0)
        if node.activity.repeat is not None and node.again is not None:
            chances = stream(self._question.seed, f"repeat/{node.activity.id}", self._number)
            says_no = np.ones(self.runs, np.bool_)
            for _ in range(node.activity.repeat.most):
                drawn = chances.random(BLOCK_RUNS)[: self.runs]
                scores = chances.standard_normal(BLOCK_RUNS)[: self.runs]
                says_no = says_no & (drawn < float(node.activity.repeat.chance))
                added = added + np.where(says_no, node.again.at(scores), 0)
        return added

    def _risk(self, number: int) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        if number not in self._struck:
            risk = self._question.plan.risks[number]
            chances = stream(self._question.seed, f"risk/{risk.id}", self._number)
            struck = chances.random(BLOCK_RUNS)[: self.runs] < float(risk.chance)
            self._struck[number] = (struck, chances.standard_normal(BLOCK_RUNS)[: self.runs])
        return self._struck[number]


@dataclass(frozen=True, slots=True)
class Dates:
    """What is dated already, by place: the starts and ends of so many runs."""

    starts: list[Runs]
    ends: list[Runs]
    runs: int


def dated(
    node: Node, question: Runnable, dates: Dates, length: Runs | int, delay: Runs | int
) -> tuple[Runs, Runs, Links | None]:
    """Starts, ends and the number of the link that binds (None where none ever does), one a run."""
    if node.activity.actual.started_us is not None:
        return (*_went_on(node, question.as_of_us, length, delay, dates.runs), None)
    whole = length + delay
    bound, which, ends_from = _bound(node, dates, whole)
    if isinstance(whole, int) and not whole:
        return bound, bound, which
    worktime = node.worktime
    worked = worktime.worked(bound)
    done = worked + whole
    lasts = None if isinstance(whole, int) or whole.min() > 0 else whole > 0
    begins = worktime.start_at(worked)
    finishes = worktime.finish_at(done if lasts is None else np.maximum(done, 1))
    if ends_from is not None:
        is_early = finishes < ends_from
        if is_early.any():
            finishes = np.where(is_early, worktime.start_at(done), finishes)
    if lasts is not None:
        begins, finishes = np.where(lasts, begins, bound), np.where(lasts, finishes, bound)
    return begins, finishes, which


def _went_on(
    node: Node, as_of_us: int, length: Runs | int, delay: Runs | int, runs: int
) -> tuple[Runs, Runs]:
    actual = node.activity.actual
    begins = np.full(runs, actual.started_us or 0, np.int64)
    if actual.finished_us is not None:
        return begins, np.full(runs, actual.finished_us, np.int64)
    left = np.maximum(np.broadcast_to(np.asarray(length, np.int64), runs) - node.done_us, 0)
    if node.remaining_us is not None:
        left = np.full(runs, node.remaining_us, np.int64)
    left = left + delay
    as_of = np.full(runs, as_of_us, np.int64)
    if not left.any():
        return begins, as_of
    done = node.worktime.worked(as_of) + left
    return begins, np.where(left > 0, node.worktime.finish_at(np.maximum(done, 1)), as_of)


def _bound(node: Node, dates: Dates, length: Runs | int) -> tuple[Runs, Links | None, Runs | None]:
    """Until when each run is bound, by which link, and before when it may not finish."""
    bound = np.full(dates.runs, node.begins_us, np.int64)
    which: Links | None = np.full(dates.runs, NO_LINK, np.int16) if node.waits else None
    ends_from: Runs | None = None
    for number, (other, kind, lag_on, lag_us) in enumerate(node.waits):
        reached = dates.ends[other] if kind[0] == "F" else dates.starts[other]
        if lag_us:
            reached = lag_on.finish_at(lag_on.worked(reached) + lag_us)
        if kind[1] == "F":
            ends_from = reached if ends_from is None else np.maximum(ends_from, reached)
            reached = _less(node.worktime, reached, length)
        later = reached > bound
        if which is not None:
            which[later] = number
        bound = np.maximum(bound, reached)
    return bound, which, ends_from


def _less(worktime: RunsWorktime, reached: Runs, length: Runs | int) -> Runs:
    """Where work of this length begins that finishes at `reached`; what lasts nothing stays there."""
    if isinstance(length, int):
        return worktime.start_at(worktime.worked(reached) - length) if length else reached
    if not length.any():
        return reached
    return np.where(length > 0, worktime.start_at(worktime.worked(reached) - length), reached)
