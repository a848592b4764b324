"""Why an activity starts when it starts: the binding predecessor, date or status, and the closed days behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from handfast.kernel.scheduling.calendars import day_of
from handfast.kernel.scheduling.plan import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.scheduling.calendars import Worktimes
    from handfast.kernel.scheduling.plan import Activity, Link, Plan, Side
    from handfast.kernel.scheduling.schedule import Dated, Schedule

Reason = Literal["holiday", "freeze", "no overlap"]
MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which the work could not run though its week would: whose holiday, which freeze, or no overlap.

    `side` is None where the day is nobody's own. `no overlap`: each side opens on that day, never both at once.
    """

    on: date
    reason: Reason
    name: str = ""
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What binds the start of an activity, and the days lost between that and the start, and until its end.

    Ordinary weekends and nights are not told: everybody knows them.
    """

    activity: Activity
    dated: Dated
    other: Activity | None
    link: Link | None
    before_start: tuple[ClosedDay, ...]
    while_running: tuple[ClosedDay, ...]


def why_of(schedule: Schedule, activity_id: str) -> Why:
    """The reasons of one activity's dates; closed days of at most 400 days are looked at."""
    plan, dated = schedule.plan, schedule.by_id[activity_id]
    activity = plan.activities[plan.places[activity_id]]
    link = dated.bound.link
    other = plan.activities[plan.places[link.other]] if link else None
    if dated.is_done:
        return Why(activity, dated, other, link, (), ())
    lost = list(_lost_days(plan, schedule.worktimes, activity, dated))
    start_on = day_of(dated.starts_us, schedule.worktimes.of(activity).calendar.zone)
    before = tuple(day for day in lost if day.on < start_on)
    return Why(activity, dated, other, link, before, tuple(day for day in lost if day.on > start_on))


def _lost_days(plan: Plan, worktimes: Worktimes, activity: Activity, dated: Dated) -> Iterator[ClosedDay]:
    calendar = worktimes.of(activity).calendar
    from_us = min(dated.bound.until_us, dated.starts_us)
    first, last = day_of(from_us, calendar.zone), day_of(max(dated.ends_us - 1, from_us), calendar.zone)
    last = min(last, first + timedelta(days=MOST_DAYS))
    open_on = worktimes.open_days(calendar)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    closed = [day for day in days if day not in open_on]
    if not closed:
        return
    sides = [side for side in SIDES if activity.lead in (side, "joint", "either")]
    own = {side: worktimes.of_side(side, activity.site) for side in sides}
    own_open = {side: worktimes.open_days(one) for side, one in own.items()}
    holidays = {side: worktimes.closed_days(one) for side, one in own.items()}
    weeks = {side: worktimes.week_of(side, activity.site) for side in sides}
    for day in closed:
        frozen = [one.name for one in plan.freezes if one.first <= day < one.end and one.stops(activity)]
        told = [
            ClosedDay(day, "holiday", holidays[side][day], side)
            for side in sides
            if day in holidays[side] and weeks[side][day.weekday()]
        ]
        if told:
            yield from told
        elif frozen and all(day in own_open[side] for side in sides):
            yield ClosedDay(day, "freeze", frozen[0])
        elif activity.lead == "joint" and all(day in own_open[side] for side in sides):
            yield ClosedDay(day, "no overlap")
