"""How early a plan could end at best, proven on its own calendars: by its links, and by the work asked of each role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Literal

import numpy as np

from handfast.kernel.scheduling.calendars import Worktime
from handfast.kernel.scheduling.passes import date_early
from handfast.kernel.scheduling.simulate_calendars import RunsWorktime
from handfast.kernel.worktime.combining import union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.scheduling.level_generate import Role
    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Plan

BoundBy = Literal["links", "role", "solver"]
# Passes over the plan that the bound of one role may cost.
MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class LowerBound:
    """No plan ends earlier than `ends_us`; `by` says what proves it."""

    ends_us: int
    by: BoundBy


def role_bound(
    plan: Plan, lines: Sequence[Line], order: Sequence[int], needs: Sequence[dict[Role, int]]
) -> LowerBound:
    """The best bound from the work asked of one role; `lines` hold the earliest dates by links alone, and keep them.

    Proof: take the activities that need the role and start no earlier than h by links alone, and measure time by
    the union of their calendars. Each holds the role from its start to its end, at least the least such time over
    all of its starts, and after h; the role gives at most what was released. So the last of them ends no earlier
    than F, where the union has been open for all they hold divided by the number released. Whichever it is, the
    plan ends no earlier than its followers allow if it ends at F; the least of these is a bound.
    """
    ends_us = max((line.ends_us for line in lines), default=plan.starts_us)
    best = LowerBound(ends_us, "links")
    users: dict[Role, list[int]] = {}
    for place, line in enumerate(lines):
        if not line.has_started and line.length_us:
            for role in needs[place]:
                users.setdefault(role, []).append(place)
    for (side, name), places in users.items():
        reached_us, members = _reached(lines, needs, (side, name), places, plan.party(side).roles[name])
        ends_us = max(reached_us, _pushed(plan, lines, order, members, reached_us))
        if ends_us > best.ends_us:
            best = LowerBound(ends_us, "role")
    return best


def _reached(
    lines: Sequence[Line], needs: Sequence[dict[Role, int]], role: Role, places: list[int], released: int
) -> tuple[int, list[int]]:
    """The latest F over all h, and the activities that it was made from."""
    worktime = joined([lines[place].worktime for place in places])
    many, held = RunsWorktime(worktime), dict[tuple[int, int], int]()
    latest, members, energy = 0, places, 0
    ranked = sorted(places, key=lambda place: (lines[place].starts_us, place), reverse=True)
    for number, place in enumerate(ranked):
        line = lines[place]
        if (id(line.worktime), line.length_us) not in held:
            held[id(line.worktime), line.length_us] = _least_held(line, worktime, many)
        energy += held[id(line.worktime), line.length_us] * needs[place][role]
        needed_us = -(-energy // released)
        reached_us = worktime.finish_at(worktime.worked(lines[place].starts_us) + needed_us)
        if reached_us > latest:
            latest, members = reached_us, ranked[: number + 1]
    return latest, members


def _least_held(line: Line, joint: Worktime, many: RunsWorktime) -> int:
    """The least time of the joint calendar between a start and its end, over all starts on the activity's own.

    In between its own openings and the joint calendar's edges both ends move alike, and at an edge the start lies
    behind the closed time and the end before it: so the least stands where a start or an end meets an edge.
    """
    if line.worktime is joint:
        return line.length_us
    own = RunsWorktime(line.worktime)
    covers = line.worktime.calendar.covers
    edges = np.concatenate([
        joint.calendar.opens_us, joint.calendar.closes_us, line.worktime.calendar.opens_us
    ])  # fmt: skip
    met = own.worked(edges.clip(covers.starts_us, covers.ends_us))
    begun = np.concatenate([met, met - line.length_us])
    total = int(line.worktime.calendar.before_us[-1])
    begun = begun[(begun >= 0) & (begun + line.length_us <= total) & (begun < total)]
    if not begun.size:
        return line.length_us
    held = many.worked(own.finish_at(begun + line.length_us)) - many.worked(own.start_at(begun))
    return int(held.min())


def joined(worktimes: list[Worktime]) -> Worktime:
    """Open where any of them is."""
    single = list({id(one): one for one in worktimes}.values())
    if len(single) == 1:
        return single[0]
    calendar = reduce(union, (one.calendar for one in single))
    return Worktime("several", calendar, single[0].day_us)


def _pushed(
    plan: Plan, lines: Sequence[Line], order: Sequence[int], members: list[int], reached_us: int
) -> int:
    """The least end of the plan over which member ends at `reached_us`; that alone where trying is too much work."""
    if len(members) * len(lines) > MOST_LINES:
        return reached_us
    kept = [(line.starts_us, line.ends_us, line.binding, line.bound_link, line.bound_us) for line in lines]
    least: int | None = None
    for member in members:
        for place in order:
            date_early(lines[place], lines, plan)
            if place == member:
                lines[place].ends_us = max(lines[place].ends_us, reached_us)
        ends_us = max(line.ends_us for line in lines)
        least = ends_us if least is None else min(least, ends_us)
    for line, dates in zip(lines, kept, strict=True):
        line.starts_us, line.ends_us, line.binding, line.bound_link, line.bound_us = dates
    return least or reached_us
