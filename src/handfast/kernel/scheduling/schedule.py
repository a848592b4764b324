"""The first answer: when each activity runs, how much it may slip, and what drives the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handfast.kernel.scheduling.calendars import FIRST_YEARS, Worktimes, first_and_last
from handfast.kernel.scheduling.passes import backward, forward, lines_of, order_of
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.worktime.refusals import OutsideCalendar

if TYPE_CHECKING:
    from handfast.kernel.scheduling.passes import Binding, Line
    from handfast.kernel.scheduling.plan import Link, Plan, Side

MOST_YEARS = 200


@dataclass(frozen=True, slots=True)
class RoleWait:
    """A role of one side that is not free, and the activities that give it back where the wait ends."""

    side: Side
    role: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """What sets the start: a link, a date of the activity, a role (levelled only), or the plan's own begin.

    It binds until `until_us`.
    """

    by: Binding
    until_us: int
    link: Link | None = None
    role: RoleWait | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """One activity dated: half-open instants, floats in open time of its own calendar, whose full day is `day_us`."""

    id: str
    starts_us: int
    ends_us: int
    latest_starts_us: int
    latest_ends_us: int
    total_float_us: int
    free_float_us: int
    day_us: int
    length_us: int
    is_critical: bool
    is_done: bool
    bound: Bound


@dataclass(frozen=True, slots=True)
class Missed:
    """A deadline or a fixed date that cannot be kept, and the chain that drives the activity past it."""

    id: str
    kind: Literal["deadline", "fixed"]
    wanted_us: int
    reached_us: int
    chain: tuple[str, ...]


@dataclass(frozen=True)
class Schedule:
    """A plan dated. `dated` keeps the order of the plan's activities; `chain` drives the end, first to last."""

    plan: Plan
    worktimes: Worktimes = field(repr=False)
    dated: tuple[Dated, ...]
    ends_us: int
    chain: tuple[str, ...]
    missed: tuple[Missed, ...]

    @cached_property
    def by_id(self) -> dict[str, Dated]:
        return {one.id: one for one in self.dated}


def schedule(plan: Plan) -> Schedule:
    """Date the plan: a forward and a backward pass on every activity's own calendar.

    Raises PlanHasCycle, CalendarNeverOpen, and PlanRefused where the plan runs past the year 2200.
    """
    years = FIRST_YEARS
    while True:
        worktimes = Worktimes(plan, *first_and_last(plan, years))
        try:
            return _dated_on(plan, worktimes)
        except OutsideCalendar as outside:
            if years >= MOST_YEARS:
                raise PlanRefused(
                    f"{plan.name}: the plan runs past the year 2200: look for a duration or a lag that is too long"
                ) from outside
            years *= 4


def _dated_on(plan: Plan, worktimes: Worktimes) -> Schedule:
    lines = lines_of(plan, worktimes)
    order = order_of(lines)
    forward(lines, order, plan)
    ends_us = max((line.ends_us for line in lines), default=plan.starts_us)
    backward(lines, order, ends_us)
    last = max(range(len(lines)), key=lambda place: (lines[place].ends_us, place), default=None)
    chain = () if last is None else chain_to(lines, last)
    return Schedule(
        plan, worktimes, tuple(dated_of(line) for line in lines), ends_us, chain, tuple(missed_of(lines))
    )


def chain_to(lines: list[Line], place: int) -> tuple[str, ...]:
    """The ids that drive an activity, from the first that nothing else drives to itself."""
    ids = [lines[place].activity.id]
    while lines[place].binding == "link":
        place = lines[place].waits[lines[place].bound_link][0]
        ids.append(lines[place].activity.id)
    return tuple(reversed(ids))


def dated_of(line: Line) -> Dated:
    link = line.activity.after[line.bound_link] if line.binding == "link" else None
    return Dated(
        line.activity.id,
        line.starts_us,
        line.ends_us,
        line.latest_starts_us,
        line.latest_ends_us,
        line.total_float_us,
        line.free_float_us,
        line.worktime.day_us,
        line.length_us,
        line.total_float_us <= 0 and not line.is_done,
        line.is_done,
        Bound(line.binding, line.bound_us, link),
    )


def missed_of(lines: list[Line]) -> list[Missed]:
    found: list[Missed] = []
    for place, line in enumerate(lines):
        activity = line.activity
        if line.is_done:
            continue
        if activity.deadline_us is not None and line.ends_us > activity.deadline_us:
            found.append(
                Missed(activity.id, "deadline", activity.deadline_us, line.ends_us, chain_to(lines, place))
            )
        if activity.fixed_us is not None and not line.has_started and line.bound_us > activity.fixed_us:
            found.append(
                Missed(activity.id, "fixed", activity.fixed_us, line.starts_us, chain_to(lines, place))
            )
    return found
