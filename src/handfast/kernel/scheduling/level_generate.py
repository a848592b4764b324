"""The serial scheme on true calendars: one activity after the other, each at the first time at which its roles are free.

A role is held from the start of an activity to its end, its closed hours included: who trains until Monday noon
does not take on other work on Saturday.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.calendars import FAR_PAST_US
from handfast.kernel.scheduling.passes import date_early, place_from
from handfast.kernel.scheduling.refusals import RoleTooSmall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Activity, Plan, Side

    Role = tuple[Side, str]


@dataclass(slots=True)
class RoleUse:
    """How much of one role is taken from each instant on, in hundredths; `released` is all there is."""

    released: int
    times: list[int] = field(default_factory=lambda: [FAR_PAST_US])
    taken: list[int] = field(default_factory=lambda: [0])

    def busy_until(self, starts_us: int, ends_us: int, need: int) -> int | None:
        """Where the last stretch ends that leaves too little inside `[start, end)`; None where all is free."""
        for place in reversed(
            range(bisect_right(self.times, starts_us) - 1, bisect_left(self.times, ends_us))
        ):
            if self.taken[place] + need > self.released:
                # Behind the last time there is nothing taken, so that a stretch that is too full has an end.
                return self.times[place + 1]
        return None

    def take(self, starts_us: int, ends_us: int, need: int) -> None:
        first, last = self._cut(starts_us), self._cut(ends_us)
        for place in range(first, last):
            self.taken[place] += need

    def _cut(self, at_us: int) -> int:
        place = bisect_left(self.times, at_us)
        if place == len(self.times) or self.times[place] != at_us:
            self.times.insert(place, at_us)
            self.taken.insert(place, self.taken[place - 1])
        return place


def limited_needs(plan: Plan, activity: Activity) -> dict[Role, int]:
    """Hundredths of each role that its side has released; what nobody released a number of is not limited.

    Raises RoleTooSmall where an activity needs more than there is.
    """
    found: dict[Role, int] = defaultdict(int)
    for need in activity.needs:
        if need.role in plan.party(need.side).roles:
            found[need.side, need.role] += need.hundredths
    for (side, role), asked in found.items():
        released = plan.party(side).roles[role]
        if asked > released and activity.actual.started_us is None:
            raise RoleTooSmall(
                f"{activity.id}: needs {asked / 100:g} of {role!r}, of which {plan.party(side).name} has released "
                f"{released / 100:g}: release more, or ask for less"
            )
    return found


@dataclass(slots=True)
class Generated:
    """One levelled pass: in which sequence the places were dated, and the role that binds a place, if any."""

    sequence: list[int]
    waited_for: dict[int, Role]


def generate(
    plan: Plan, lines: Sequence[Line], needs: Sequence[dict[Role, int]], priority: Sequence[int]
) -> Generated:
    """Date every line under limited roles; of those that may go next, the least priority goes first.

    What has started comes before all: it holds what it holds, even where that is more than was released.
    """
    uses: dict[Role, RoleUse] = {}
    done = Generated([], {})
    for place, line in enumerate(lines):
        if line.has_started:
            date_early(line, lines, plan)
            _take(plan, line, needs[place], uses)
            done.sequence.append(place)
    waiting = [len(line.waits) for line in lines]
    ready = [(priority[place], place) for place, count in enumerate(waiting) if not count]
    heapify(ready)
    while ready:
        _, place = heappop(ready)
        if not lines[place].has_started:
            role = _date(plan, lines, place, needs[place], uses)
            done.sequence.append(place)
            if role is not None:
                done.waited_for[place] = role
        for other, *_ in lines[place].leads:
            waiting[other] -= 1
            if not waiting[other]:
                heappush(ready, (priority[other], other))
    return done


def _date(
    plan: Plan, lines: Sequence[Line], place: int, needs: dict[Role, int], uses: dict[Role, RoleUse]
) -> Role | None:
    line, found = lines[place], None
    ends_from = date_early(line, lines, plan)
    if not line.length_us:
        return None
    moved = True
    while moved:
        moved = False
        for role, need in needs.items():
            if role not in uses:
                continue
            until_us = uses[role].busy_until(line.starts_us, line.ends_us, need)
            if until_us is not None:
                line.bound_us, line.binding, line.bound_link = until_us, "role", -1
                place_from(line, ends_from)
                found, moved = role, True
    _take(plan, line, needs, uses)
    return found


def _take(plan: Plan, line: Line, needs: dict[Role, int], uses: dict[Role, RoleUse]) -> None:
    if line.ends_us > line.starts_us and line.length_us:
        for (side, role), need in needs.items():
            use = uses.setdefault((side, role), RoleUse(plan.party(side).roles[role]))
            use.take(line.starts_us, line.ends_us, need)
