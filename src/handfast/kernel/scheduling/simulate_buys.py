"""What buys most: how much sooner the plan ends where one activity takes its low duration in every run.

The same draws are used for everything else, so that the difference is the activity's own. Only what comes after
it is dated again. The candidates are those of the greatest criticality times width of estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.scheduling.simulate_draws import BLOCK_RUNS
from handfast.kernel.scheduling.simulate_passes import Block, Dates, dated
from handfast.kernel.scheduling.simulate_runs import NOTHING, no_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.scheduling.simulate_calendars import RunsWorktime
    from handfast.kernel.scheduling.simulate_draws import Runs
    from handfast.kernel.scheduling.simulate_passes import Runnable
    from handfast.kernel.scheduling.simulate_runs import Asked

MOST_TRIED = 12
# A whole block of a plan of a thousand activities: three arrays of it are held at once.
MOST_CELLS = 2_500_000
FEWEST_RUNS = 100


@dataclass(frozen=True, slots=True)
class Buy:
    """One activity at its low duration: the working days, over so many runs in all, that the plan ends sooner."""

    id: str
    sooner_us: int
    runs: int
    day_us: int

    @property
    def days(self) -> Fraction:
        """Mean working days of the calendar on which either side works."""
        return Fraction(self.sooner_us, self.runs * self.day_us)


def candidates(question: Runnable, on_chain: Sequence[int], most: int) -> list[int]:
    """The places to try: how often it drives the end, times how wide its estimate is; none of them is zero."""
    weights = {
        place: on_chain[place] * node.spread.width_us
        for place, node in enumerate(question.nodes)
        if node.remaining_us is None and node.activity.actual.finished_us is None
    }
    ranked = sorted((place for place, weight in weights.items() if weight), key=lambda x: (-weights[x], x))
    return ranked[:most]


def bought(
    question: Runnable, tried: Sequence[int], runs: int, days: RunsWorktime, asked: Asked
) -> tuple[Buy, ...]:
    """Try each of these places on the first runs of the simulation; the one that buys most comes first."""
    if not tried:
        return ()
    runs = min(runs, BLOCK_RUNS, max(FEWEST_RUNS, MOST_CELLS // len(question.nodes)))
    block, count = Block(question, 0, runs), len(question.nodes)
    lengths: list[Runs | int] = [0] * count
    delays: list[Runs | int] = [0] * count
    dates = Dates([NOTHING] * count, [NOTHING] * count, runs)
    for step, place in enumerate(question.order):
        asked.go_on(step)
        node = question.nodes[place]
        lengths[place], delays[place] = block.lengths(node), block.delays(node)
        dates.starts[place], dates.ends[place], _ = dated(
            node, question, dates, lengths[place], delays[place]
        )
    plain = days.worked(_last_of(question, dates.ends))
    found = []
    for place in tried:
        again = Dates(list(dates.starts), list(dates.ends), runs)
        changed = {place}
        for step, here in enumerate(question.order):
            asked.go_on(step)
            node = question.nodes[here]
            if here != place and not any(other in changed for other, *_ in node.waits):
                continue
            length = node.spread.low_us if here == place else lengths[here]
            starts, ends, _ = dated(node, question, again, length, delays[here])
            if here == place or not (
                np.array_equal(starts, dates.starts[here]) and np.array_equal(ends, dates.ends[here])
            ):
                changed.add(here)
                again.starts[here], again.ends[here] = starts, ends
        sooner = int((plain - days.worked(_last_of(question, again.ends))).sum())
        found.append(Buy(question.nodes[place].activity.id, sooner, runs, days.day_us))
    return tuple(sorted(found, key=lambda buy: -buy.sooner_us))


def _last_of(question: Runnable, ends: Sequence[Runs]) -> Runs:
    last = no_ends(question, ends[0].size)
    for one in ends:
        np.maximum(last, one, out=last)
    return last
