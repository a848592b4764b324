"""Who hands a role on to whom, so that the floats of a levelled plan keep every role within its number.

A role is a flow of hundredths from those who give it back to those who take it up next. As long as every giver
ends before its takers start, no instant asks for more than was released: so each such pair is a link, and the
backward pass over links of both kinds gives floats that hold.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.calendars import FAR_FUTURE_US
from handfast.kernel.scheduling.passes import order_of
from handfast.kernel.scheduling.refusals import PlanHasCycle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.scheduling.level_generate import Generated, Role
    from handfast.kernel.scheduling.passes import Line
    from handfast.kernel.scheduling.plan import Plan

NOBODY = -1


def hand_on(
    plan: Plan, lines: Sequence[Line], needs: Sequence[dict[Role, int]], generated: Generated
) -> list[int]:
    """Link givers to takers; the answer is an order of places in which each comes after all it waits for.

    A giver that was dated after its taker (it fits into a gap before) is not linked, since links of both kinds
    could then form a ring: it is kept from ending later than its taker starts now.
    """
    rank = {place: number for number, place in enumerate(generated.sequence)}
    pairs = [
        (giver, taker)
        for giver, taker in sorted(_pairs(plan, lines, needs))
        if not lines[giver].is_done and not lines[taker].has_started
    ]
    for giver, taker in pairs:
        if rank[giver] < rank[taker] and not lines[giver].has_started:
            _link(lines, giver, taker)
        elif not lines[giver].has_started:
            _hold(lines[giver], lines[taker].starts_us)
    started = [pair for pair in pairs if lines[pair[0]].has_started]
    for giver, taker in started:
        _link(lines, giver, taker)
    try:
        return order_of(lines)
    except PlanHasCycle:
        # Only work that started before what its links say can close a ring.
        for giver, taker in started:
            lines[giver].leads.pop()
            lines[taker].waits.pop()
            _hold(lines[giver], lines[taker].starts_us)
        return order_of(lines)


def _link(lines: Sequence[Line], giver: int, taker: int) -> None:
    lines[giver].leads.append((taker, "FS", lines[taker].worktime, 0))
    lines[taker].waits.append((giver, "FS", lines[taker].worktime, 0))


def _hold(line: Line, latest_us: int) -> None:
    deadline_us = line.activity.deadline_us
    held_us = latest_us if deadline_us is None else min(deadline_us, latest_us)
    line.activity = replace(line.activity, deadline_us=held_us)


def _pairs(plan: Plan, lines: Sequence[Line], needs: Sequence[dict[Role, int]]) -> set[tuple[int, int]]:
    users: dict[Role, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        for role in needs[place]:
            if line.length_us and line.ends_us > line.starts_us:
                users[role].append(place)
    found: set[tuple[int, int]] = set()
    for held, places in users.items():
        # Until when held, by whom, how much of it is left to hand on; what nobody held yet is taken first.
        given = [(FAR_FUTURE_US, NOBODY, plan.party(held[0]).roles[held[1]])]
        for place in sorted(places, key=lambda one: (lines[one].starts_us, one)):
            wanted = needs[place][held]
            left = []
            for ends_us, giver, amount in sorted(given, reverse=True):
                is_free = giver == NOBODY or ends_us <= lines[place].starts_us
                used = min(wanted, amount) if is_free else 0
                wanted -= used
                if used and giver != NOBODY:
                    found.add((giver, place))
                if amount > used:
                    left.append((ends_us, giver, amount - used))
            given = [*left, (lines[place].ends_us, place, needs[place][held])]
    return found


def holders_at(
    lines: Sequence[Line], needs: Sequence[dict[Role, int]], role: Role, until_us: int
) -> tuple[str, ...]:
    """The activities that give a role back at an instant."""
    return tuple(
        line.activity.id
        for place, line in enumerate(lines)
        if role in needs[place] and line.ends_us == until_us and line.length_us
    )
