"""The forward and the backward pass: every date on its own calendar, to the microsecond.

A link compares instants; a duration and a lag run on a calendar. An activity is never interrupted: between its
start and its finish its calendar is open for exactly its duration.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from handfast.kernel.scheduling.refusals import PlanHasCycle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.kernel.scheduling.calendars import Worktime, Worktimes
    from handfast.kernel.scheduling.plan import Activity, LinkKind, Plan

Binding = Literal["plan start", "status date", "link", "not before", "fixed", "started", "finished", "role"]


@dataclass(slots=True)
class Line:
    """One activity with what the passes need of it, and the dates that they give it."""

    activity: Activity
    worktime: Worktime
    length_us: int
    # For each link: the place of the other, the kind, the lag's calendar and length.
    waits: list[tuple[int, LinkKind, Worktime, int]] = field(default_factory=list)
    # The same from the other end: the place of the one that waits.
    leads: list[tuple[int, LinkKind, Worktime, int]] = field(default_factory=list)
    starts_us: int = 0
    ends_us: int = 0
    binding: Binding = "plan start"
    bound_link: int = -1
    bound_us: int = 0
    latest_starts_us: int = 0
    latest_ends_us: int = 0
    total_float_us: int = 0
    free_float_us: int = 0

    @property
    def is_done(self) -> bool:
        return self.activity.actual.finished_us is not None

    @property
    def has_started(self) -> bool:
        return self.activity.actual.started_us is not None


def likely_length(activity: Activity, worktime: Worktime) -> int:
    """Open microseconds that an activity likely takes on its calendar."""
    return activity.estimate.likely.us_on(worktime.day_us)


def lines_of(
    plan: Plan, worktimes: Worktimes, length: Callable[[Activity, Worktime], int] = likely_length
) -> list[Line]:
    """The plan's activities in their order, joined by their links."""
    lines = [Line(one, worktime := worktimes.of(one), length(one, worktime)) for one in plan.activities]
    places = plan.places
    for place, line in enumerate(lines):
        for link in line.activity.after:
            other = places[link.other]
            lag_on = line.worktime if link.lag_on is None else worktimes.named(link.lag_on)
            lag_us = link.lag.us_on(lag_on.day_us)
            line.waits.append((other, link.kind, lag_on, lag_us))
            lines[other].leads.append((place, link.kind, lag_on, lag_us))
    return lines


def order_of(lines: Sequence[Line]) -> list[int]:
    """Places so that each comes after all it waits for. Raises PlanHasCycle with the ring by name."""
    waiting = [len(line.waits) for line in lines]
    ready = deque(place for place, count in enumerate(waiting) if count == 0)
    order: list[int] = []
    while ready:
        place = ready.popleft()
        order.append(place)
        for other, *_ in lines[place].leads:
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    if len(order) < len(lines):
        raise PlanHasCycle(_said_cycle(lines, waiting))
    return order


def _said_cycle(lines: Sequence[Line], waiting: Sequence[int]) -> str:
    # Whoever still waits, waits for one that still waits: walking back must come round.
    here = next(place for place, count in enumerate(waiting) if count)
    seen: dict[int, int] = {}
    path: list[int] = []
    while here not in seen:
        seen[here] = len(path)
        path.append(here)
        here = next(other for other, *_ in lines[here].waits if waiting[other])
    ring = [*path[seen[here] :], here]
    names = " waits for ".join(lines[place].activity.id for place in ring)
    return f"the plan waits for itself: {names}; take one of these links out"


def forward(lines: Sequence[Line], order: Sequence[int], plan: Plan) -> None:
    """Give every line its earliest dates, and what binds them."""
    for place in order:
        date_early(lines[place], lines, plan)


def date_early(line: Line, lines: Sequence[Line], plan: Plan) -> int | None:
    """Give one line its earliest dates; what it waits for has its own already.

    The answer is the instant before which the line may not finish, if any: `place_from` asks for it.
    """
    actual = line.activity.actual
    if actual.started_us is not None:
        _went_on(line, plan.as_of_us or actual.started_us)
        return None
    begin_us = max(plan.starts_us, plan.as_of_us or plan.starts_us)
    line.binding = "plan start" if begin_us == plan.starts_us else "status date"
    line.bound_us, line.bound_link = begin_us, -1
    _bounded(line)
    ends_from = _linked(line, lines)
    place_from(line, ends_from)
    return ends_from


def _went_on(line: Line, as_of_us: int) -> None:
    """What has started keeps its start; what remains of it is worked from the status on."""
    actual = line.activity.actual
    line.starts_us = line.bound_us = actual.started_us or 0
    if actual.finished_us is not None:
        line.ends_us, line.binding = actual.finished_us, "finished"
        line.length_us = 0
        return
    worktime = line.worktime
    done_us = worktime.worked(as_of_us) - worktime.worked(line.starts_us)
    left_us = max(line.length_us - done_us, 0)
    if actual.remaining is not None:
        left_us = actual.remaining.us_on(worktime.day_us)
    line.binding, line.length_us = "started", done_us + left_us
    line.ends_us = worktime.finish_at(worktime.worked(as_of_us) + left_us) if left_us else as_of_us


def _bounded(line: Line) -> None:
    activity = line.activity
    if activity.not_before_us is not None and activity.not_before_us > line.bound_us:
        line.bound_us, line.binding = activity.not_before_us, "not before"
    if activity.fixed_us is not None and activity.fixed_us > line.bound_us:
        line.bound_us, line.binding = activity.fixed_us, "fixed"


def _linked(line: Line, lines: Sequence[Line]) -> int | None:
    """Raise the bound of the start to what the links ask; the instant before which it may not finish, if any."""
    ends_from: int | None = None
    for number, (other, kind, lag_on, lag_us) in enumerate(line.waits):
        before = lines[other]
        reached = before.ends_us if kind[0] == "F" else before.starts_us
        if lag_us:
            reached = lag_on.finish_at(lag_on.worked(reached) + lag_us)
        if kind[1] == "F":
            ends_from = reached if ends_from is None or reached > ends_from else ends_from
            if line.length_us:
                worktime = line.worktime
                reached = worktime.start_at(worktime.worked(reached) - line.length_us)
        if reached > line.bound_us:
            line.bound_us, line.binding, line.bound_link = reached, "link", number
    return ends_from


def place_from(line: Line, ends_from: int | None) -> None:
    """Put a line at the first open time from its bound."""
    if not line.length_us:
        line.starts_us = line.ends_us = line.bound_us
        return
    worktime = line.worktime
    worked_us = worktime.worked(line.bound_us)
    line.starts_us = worktime.start_at(worked_us)
    line.ends_us = worktime.finish_at(worked_us + line.length_us)
    if ends_from is not None and line.ends_us < ends_from:
        # What it must not finish before lies in closed time: its last moment is where it opens again.
        line.ends_us = worktime.start_at(worked_us + line.length_us)


def backward(lines: Sequence[Line], order: Sequence[int], end_us: int) -> None:
    """Give every line its latest dates without moving `end_us`, fixed dates or deadlines, and its floats."""
    for place in reversed(order):
        line = lines[place]
        if line.is_done:
            line.latest_starts_us, line.latest_ends_us = line.starts_us, line.ends_us
            continue
        ends_by, starts_by = _latest_bounds(line, lines, end_us)
        _latest(line, ends_by, starts_by)
        line.free_float_us = (
            min(line.total_float_us, _free_float(line, lines, end_us)) if line.leads else line.total_float_us
        )


def _latest_bounds(line: Line, lines: Sequence[Line], end_us: int) -> tuple[int, int | None]:
    activity = line.activity
    ends_by = end_us if activity.deadline_us is None else min(end_us, activity.deadline_us)
    starts_by = None if line.has_started else activity.fixed_us
    for other, kind, lag_on, lag_us in line.leads:
        after = lines[other]
        if after.is_done or (kind[1] == "S" and after.has_started):
            continue
        reached = _less(after.latest_starts_us if kind[1] == "S" else after.latest_ends_us, lag_on, lag_us)
        if kind[0] == "F":
            ends_by = min(ends_by, reached)
        elif not line.has_started:
            starts_by = reached if starts_by is None else min(starts_by, reached)
    return ends_by, starts_by


def _less(instant_us: int, lag_on: Worktime, lag_us: int) -> int:
    """The latest instant from which the lag reaches no further than `instant_us`."""
    return lag_on.start_at(lag_on.worked(instant_us) - lag_us) if lag_us else instant_us


def _latest(line: Line, ends_by: int, starts_by: int | None) -> None:
    worktime = line.worktime
    if not line.length_us:
        line.latest_ends_us = ends_by if starts_by is None else min(ends_by, starts_by)
        line.latest_starts_us = line.latest_ends_us
        line.total_float_us = worktime.worked(line.latest_ends_us) - worktime.worked(line.ends_us)
        return
    worked_us = worktime.worked(ends_by) - line.length_us
    if starts_by is not None:
        worked_us = min(worked_us, _started_by(worktime, starts_by))
    line.latest_starts_us = worktime.start_at(worked_us)
    line.latest_ends_us = worktime.finish_at(worked_us + line.length_us)
    if any(kind[1] == "F" for _, kind, *_ in line.waits):
        # Where links hold its end, it ends where its calendar opens again: see `place_from`.
        opens_us = worktime.start_at(worked_us + line.length_us)
        if opens_us <= ends_by:
            line.latest_ends_us = opens_us
    line.total_float_us = worked_us - worktime.worked(line.starts_us)


def _free_float(line: Line, lines: Sequence[Line], end_us: int) -> int:
    """Open time that the line may slip and move no other."""
    worktime = line.worktime
    started_us, ended_us = worktime.worked(line.starts_us), worktime.worked(line.ends_us)
    free_us = worktime.worked(end_us) - ended_us
    for other, kind, lag_on, lag_us in line.leads:
        after = lines[other]
        if after.has_started:
            continue
        reached = _less(after.starts_us if kind[1] == "S" else after.ends_us, lag_on, lag_us)
        if kind[0] == "S" and line.length_us:
            free_us = min(free_us, _started_by(worktime, reached) - started_us)
        else:
            free_us = min(free_us, worktime.worked(reached) - (ended_us if kind[0] == "F" else started_us))
    return max(free_us, 0)


def _started_by(worktime: Worktime, instant_us: int) -> int:
    """The most that is worked before work which has begun at an instant at the latest.

    Nothing begins in closed time: who must have begun by then begins a moment before the calendar closes.
    """
    worked_us = worktime.worked(instant_us)
    return worked_us if worktime.start_at(worked_us) <= instant_us else worked_us - 1
