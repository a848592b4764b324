"""What it means to drag a bar: another day before which it does not begin, or another length, in open days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handfast.kernel.scheduling.calendars import Worktimes
from handfast.kernel.scheduling.plan import MILLIONTHS, Duration
from handfast.kernel.scheduling.writing import duration_text
from handfast.kernel.scheduling.written import duration_of
from handfast.transition.models import Activity, Freeze
from handfast.transition.queries.checking import FIRST, HOUR_US, LAST
from handfast.transition.queries.planned import planned, zones_of
from handfast.transition.queries.plans import PlanRows
from handfast.transition.queries.told import day_of
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.transition.models import Dates

A_DAY = timedelta(days=1)
MOST_STEPS = 400
AROUND = timedelta(days=800)
SHORTEST = MILLIONTHS // 2


class OpenDays:
    """The days on which an activity can run, by its lead, its place and its freezes; around the day it starts on now."""

    def __init__(self, activity: Activity, on: date) -> None:
        plan = activity.plan
        freezes = tuple(one for one in plan.freezes.all() if one.state in Freeze.COUNTED)
        rows = PlanRows(plan, (), (activity,), (), freezes, {})
        found = planned(rows, internal_spaces={})  # whose it is opens no day
        worktimes = Worktimes(found, max(on - AROUND, FIRST), min(on + AROUND, LAST))
        worktime = worktimes.of(found.activities[0])
        self.days = worktimes.open_days(worktime.calendar)
        self.day_us = worktime.day_us

    def after(self, on: date, steps: int) -> date:
        """The open day so many open days later; earlier where `steps` is negative. Raises ActivityRefused."""
        step = A_DAY if steps > 0 else -A_DAY
        left, edge = abs(steps), on + step * AROUND.days
        while left and on != edge:
            on += step
            left -= on in self.days
        if left:
            raise ActivityRefused("that is too far away", [("days", "choose a day within two years")])
        return on

    def from_day(self, on: date) -> date:
        """The day itself where it is open, else the next that is."""
        return on if on in self.days else self.after(on, 1)

    def between(self, first: date, last: date) -> int:
        """Open days after `first` until `last`; less than none where `last` is earlier."""
        low, high = min(first, last), max(first, last)
        count = sum(low < day <= high for day in self.days)
        return count if last >= first else -count


def moved(
    activity: Activity, dates: Dates, *, starts_on: date | None = None, days: int = 0
) -> dict[str, Any]:
    """The change that lets an activity begin on a day, or so many open days later. Raises ActivityRefused."""
    _check_open(activity)
    now = _day(activity, dates.starts_at)
    opened = OpenDays(activity, now)
    to = opened.from_day(starts_on) if starts_on is not None else opened.after(now, days)
    return {"fixed_on" if activity.fixed_on else "not_before_on": to}


def resized(
    activity: Activity, dates: Dates, *, ends_on: date | None = None, days: int = 0
) -> dict[str, Any]:
    """The change that lets an activity end on a day, or last so many open days longer. Raises ActivityRefused.

    At best and at worst stay, unless the likely length passes them.
    """
    _check_open(activity)
    if activity.kind != Activity.Kind.WORK:
        raise ActivityRefused("a milestone lasts no time", [("likely", "move it instead")])
    now = _day(activity, dates.ends_at - timedelta(microseconds=1))
    opened = OpenDays(activity, now)
    more = opened.between(now, ends_on) if ends_on is not None else days
    low, likely, high = (duration_of(one) for one in (activity.low, activity.likely, activity.high))
    a_day = MILLIONTHS if likely.unit == "d" else opened.day_us
    shortest = SHORTEST if likely.unit == "d" else HOUR_US
    to = replace(likely, amount=max(likely.amount + more * a_day, min(shortest, likely.amount)))
    return {
        "low": duration_text(_shorter(low, to)), "likely": duration_text(to), "high": duration_text(_longer(high, to)),
    }  # fmt: skip


def _shorter(one: Duration, other: Duration) -> Duration:
    return min(one, other, key=lambda length: length.amount)


def _longer(one: Duration, other: Duration) -> Duration:
    return max(one, other, key=lambda length: length.amount)


def _day(activity: Activity, instant: datetime) -> date:
    """The day of an instant where the activity's days are meant."""
    return day_of(instant, zones_of(activity.plan)[activity.lead])


def _check_open(activity: Activity) -> None:
    if activity.finished_on is not None:
        raise ActivityRefused("what is finished stays where it was", [("days", "amend what was reported")])
    if activity.started_on is not None:
        raise ActivityRefused("it has started", [("days", "report what remains instead of moving it")])
