"""The third answer: many runs over durations, risks and gates; how sure each date is, and what drives it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.names import near
from handfast.kernel.quantity import Share
from handfast.kernel.scheduling.calendars import FIRST_YEARS, Worktimes, first_and_last
from handfast.kernel.scheduling.chances import Chances, Kept
from handfast.kernel.scheduling.refusals import PlanRefused, SimulationRefused
from handfast.kernel.scheduling.schedule import MOST_YEARS, schedule
from handfast.kernel.scheduling.simulate_buys import MOST_TRIED, Buy, bought, candidates
from handfast.kernel.scheduling.simulate_calendars import RunsWorktime
from handfast.kernel.scheduling.simulate_draws import BLOCK_RUNS
from handfast.kernel.scheduling.simulate_passes import runnable
from handfast.kernel.scheduling.simulate_runs import Asked, counted
from handfast.kernel.worktime.refusals import OutsideCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.kernel.scheduling.simulate_draws import Shape
    from handfast.kernel.scheduling.simulate_passes import Runnable
    from handfast.kernel.scheduling.simulate_runs import Counted, Promise

MOST_RUNS = 1_000_000
MOST_CHAINS = 30
# Without any, the errors of a hundred activities cancel and the end looks surer than it is: one team's estimates
# err together. Cost analysts take 0.2 to 0.3 where nothing is measured; a party that has measured passes its own.
LIKELY_CORRELATION = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Critical:
    """How often one activity lies on the chain that drives the end (`to` is None), or a milestone."""

    id: str
    to: str | None
    share: Share


@dataclass(frozen=True)
class Simulation:
    """A plan run many times. `likely` is its schedule; `end` and `milestones` say how sure each date is.

    `critical` has an entry for each activity and each target; `buys` the most rewarding first, out of
    `buys_tried` that were tried. Every record names its activities by id, so that a reader's side may be left out.
    """

    plan: Plan
    likely: Schedule = field(repr=False)
    worktimes: Worktimes = field(repr=False)
    runs: int
    seed: int
    shape: Shape
    correlation: Fraction
    end: Chances
    milestones: tuple[Chances, ...]
    critical: tuple[Critical, ...]
    kept: tuple[Kept, ...]
    buys: tuple[Buy, ...]

    @property
    def buys_tried(self) -> int:
        return len(self.buys)

    @cached_property
    def milestones_by_id(self) -> dict[str, Chances]:
        return {one.id: one for one in self.milestones if one.id is not None}

    def critical_to(self, target: str | None = None) -> dict[str, Share]:
        """The criticality index of every activity, to the end or to one of the milestones asked for."""
        return {one.id: one.share for one in self.critical if one.to == target}


def simulate(  # noqa: PLR0913 - what is asked beside the plan stands in the answer
    plan: Plan,
    *,
    runs: int,
    seed: int,
    shape: Shape = "pert",
    correlation: Fraction = LIKELY_CORRELATION,
    chains_to: tuple[str, ...] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 2,
) -> Simulation:
    """Run the plan so often, on the same calendars and by the same rules as `schedule`.

    Same plan, runs, seed, shape and correlation: same answer, whatever the number of workers. Durations are drawn
    in whole microseconds. A risk event strikes all its activities of a run or none; a gate that says no takes its
    repetition as working time. `chains_to` are activities whose driving chains are counted, beside the end's.
    Raises SimulationCancelled, and what `schedule` raises.
    """
    _check(plan, runs, correlation, chains_to)
    likely, years = schedule(plan), FIRST_YEARS
    while True:
        worktimes = Worktimes(plan, *first_and_last(plan, years))
        try:
            question = runnable(plan, worktimes, seed=seed, shape=shape, correlation=correlation)
            asked = _asked(plan, chains_to, cancelled)
            blocks = _all_blocks(question, runs, asked, progress, workers)
            found = _joined((likely, worktimes, shape), question, blocks, asked)
        except OutsideCalendar as outside:
            # A long tail of durations ran out of the compiled years: the same draws again, on longer calendars.
            if years >= MOST_YEARS:
                raise PlanRefused(
                    f"{plan.name}: some runs go past the year 2200: look for a duration or a delay that is too long"
                ) from outside
            years *= 4
        else:
            return found


def _check(plan: Plan, runs: int, correlation: Fraction, chains_to: tuple[str, ...]) -> None:
    if not 1 <= runs <= MOST_RUNS:
        raise SimulationRefused(f"{runs:,} runs: ask for 1 to {MOST_RUNS:,}")
    if not 0 <= correlation < 1:
        raise SimulationRefused(f"a correlation of {correlation}: it lies from 0 to under 1")
    if len(chains_to) > MOST_CHAINS:
        raise SimulationRefused(f"{len(chains_to)} chains: at most {MOST_CHAINS} are counted at once")
    for one in chains_to:
        if one not in plan.places:
            hint = near(one, plan.places)
            raise SimulationRefused(
                f"there is no activity {one!r}" + (f"; did you mean {hint!r}?" if hint else "")
            )


def _asked(plan: Plan, chains_to: tuple[str, ...], cancelled: Callable[[], bool] | None) -> Asked:
    targets = tuple(plan.places[one] for one in chains_to)
    ends_of = {place for place, one in enumerate(plan.activities) if one.kind != "work"} | set(targets)
    return Asked(tuple(sorted(ends_of)), targets, cancelled)


def _all_blocks(
    question: Runnable, runs: int, asked: Asked, progress: Callable[[int, int], None] | None, workers: int
) -> list[Counted]:
    sizes = [min(BLOCK_RUNS, runs - begun) for begun in range(0, runs, BLOCK_RUNS)]
    found, done = [], 0
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(counted, question, number, size, asked) for number, size in enumerate(sizes)]
        try:
            for size, one in zip(sizes, waiting, strict=True):
                found.append(one.result())
                done += size
                if progress is not None:
                    progress(done, runs)
        finally:
            for one in waiting:
                one.cancel()
    return found


def _joined(
    dated: tuple[Schedule, Worktimes, Shape], question: Runnable, blocks: list[Counted], asked: Asked
) -> Simulation:
    likely, worktimes, shape = dated
    plan, ids = question.plan, [one.id for one in question.plan.activities]
    plan_ends = np.sort(np.concatenate([block.plan_ends for block in blocks]))
    runs = int(plan_ends.size)
    on_chain = np.sum([block.on_chain for block in blocks], axis=0).tolist()
    targets = [None, *(ids[place] for place in asked.chains_to)]
    tried = candidates(question, on_chain[0], MOST_TRIED)
    days = RunsWorktime(worktimes.named("either"))
    return Simulation(
        plan,
        likely,
        worktimes,
        runs,
        question.seed,
        shape,
        question.correlation,
        Chances(None, likely.ends_us, plan_ends),
        tuple(
            Chances(
                ids[place],
                likely.dated[place].ends_us,
                np.sort(np.concatenate([block.ends[place] for block in blocks])),
            )
            for place in asked.ends_of
        ),
        tuple(
            Critical(one, to, Share(on_chain[number][place], runs))
            for number, to in enumerate(targets)
            for place, one in enumerate(ids)
        ),
        _kept(plan, blocks, runs),
        bought(question, tried, runs, days, asked),
    )


def _kept(plan: Plan, blocks: list[Counted], runs: int) -> tuple[Kept, ...]:
    def wanted(place: int, kind: Promise) -> int:
        activity = plan.activities[place]
        agreed = None if activity.baseline is None else activity.baseline.ends_us
        return {"deadline": activity.deadline_us, "fixed": activity.fixed_us, "baseline": agreed}[kind] or 0

    return tuple(
        Kept(
            plan.activities[place].id,
            kind,
            wanted(place, kind),
            Share(sum(block.kept[place, kind] for block in blocks), runs),
        )
        for place, kind in sorted(blocks[0].kept)
    )
