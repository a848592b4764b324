"""One block of runs from its draws to what is counted: ends, driving chains, dates kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from handfast.kernel.scheduling.calendars import FAR_PAST_US
from handfast.kernel.scheduling.refusals import SimulationCancelled
from handfast.kernel.scheduling.simulate_passes import Block, Dates, dated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from handfast.kernel.scheduling.simulate_draws import Runs
    from handfast.kernel.scheduling.simulate_passes import Links, Runnable

    Who = NDArray[np.int32]

Promise = Literal["deadline", "fixed", "baseline"]

NOTHING = np.zeros(0, np.int64)
ASKED_EVERY = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the places whose ends are kept, those whose driving chains are counted, and who is cancelled."""

    ends_of: tuple[int, ...]
    chains_to: tuple[int, ...]
    cancelled: Callable[[], bool] | None

    def go_on(self, step: int) -> None:
        if step % ASKED_EVERY == 0 and self.cancelled is not None and self.cancelled():
            raise SimulationCancelled("the simulation was cancelled: nothing was counted")


@dataclass(frozen=True, slots=True)
class Counted:
    """What one block says. `on_chain[0]` counts for each place the runs whose end it drives, then those asked for."""

    plan_ends: Runs
    ends: dict[int, Runs]
    on_chain: Runs
    kept: dict[tuple[int, Promise], int]


def counted(question: Runnable, number: int, runs: int, asked: Asked) -> Counted:
    """Run one block: every activity dated once, then the chains walked back."""
    nodes, block = question.nodes, Block(question, number, runs)
    dates = Dates([NOTHING] * len(nodes), [NOTHING] * len(nodes), runs)
    links: list[Links | None] = [None] * len(nodes)
    free_after = _last_uses(question, set(asked.ends_of))
    plan_ends, last = no_ends(question, runs), np.full(runs, -1, np.int32)
    kept: dict[tuple[int, Promise], int] = {}
    for step, place in enumerate(question.order):
        asked.go_on(step)
        node = nodes[place]
        starts, ends, links[place] = dated(node, question, dates, block.lengths(node), block.delays(node))
        dates.starts[place], dates.ends[place] = starts, ends
        _count_kept(question, place, starts, ends, kept)
        # Of two that end last together the later place drives, as `schedule` says.
        is_last = (ends > plan_ends) | ((ends == plan_ends) & (last < place))
        plan_ends, last = np.where(is_last, ends, plan_ends), np.where(is_last, np.int32(place), last)
        for other in free_after[place]:
            dates.starts[other] = dates.ends[other] = NOTHING
    on_chain = _on_chain(question, links, last, asked)
    return Counted(plan_ends, {place: dates.ends[place] for place in asked.ends_of}, on_chain, kept)


def no_ends(question: Runnable, runs: int) -> Runs:
    """Before every end, which may lie before the plan's begin where work was done early; a plan of nothing ends as it begins."""
    return np.full(runs, FAR_PAST_US if question.nodes else question.plan.starts_us, np.int64)


def _last_uses(question: Runnable, kept: set[int]) -> list[list[int]]:
    """For each place the others that nobody needs once it is dated, so that memory holds only what is still in use."""
    last_use = list(range(len(question.nodes)))
    for place in question.order:
        for other, *_ in question.nodes[place].waits:
            last_use[other] = place
    free: list[list[int]] = [[] for _ in question.nodes]
    for place, user in enumerate(last_use):
        if place not in kept:
            free[user].append(place)
    return free


def _count_kept(
    question: Runnable, place: int, starts: Runs, ends: Runs, kept: dict[tuple[int, Promise], int]
) -> None:
    activity = question.nodes[place].activity
    if activity.deadline_us is not None:
        kept[place, "deadline"] = int(np.count_nonzero(ends <= activity.deadline_us))
    if activity.fixed_us is not None:
        kept[place, "fixed"] = int(np.count_nonzero(starts <= activity.fixed_us))
    if activity.baseline is not None:
        kept[place, "baseline"] = int(np.count_nonzero(ends <= activity.baseline.ends_us))


def _on_chain(question: Runnable, links: Sequence[Links | None], last: Who, asked: Asked) -> Runs:
    """Walk all chains back at once: one bit for each target, the end being the first."""
    count, runs = len(question.nodes), last.size
    targets = 1 + len(asked.chains_to)
    kind = np.min_scalar_type((1 << targets) - 1)
    masks: dict[int, NDArray[np.unsignedinteger]] = {}
    one = kind.type(1)
    for bit, place in enumerate(asked.chains_to, 1):
        masks[place] = masks.get(place, np.zeros(runs, kind)) | (one << kind.type(bit))
    found = np.zeros((targets, count), np.int64)
    ends_last = set(np.unique(last).tolist())
    for step, place in enumerate(reversed(question.order)):
        asked.go_on(step)
        mask = masks.pop(place, None)
        if place in ends_last:
            is_last = (last == place).astype(kind)
            mask = is_last if mask is None else mask | is_last
        if mask is None:
            continue
        for bit in range(targets):
            found[bit, place] = np.count_nonzero(mask & (one << kind.type(bit)))
        which = links[place]
        for number, (other, *_) in enumerate(question.nodes[place].waits):
            if which is None:
                break
            passed = np.where(which == number, mask, kind.type(0))
            masks[other] = masks[other] | passed if other in masks else passed
    return found
