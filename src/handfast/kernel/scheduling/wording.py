"""The sentences of a schedule: why a date is what it is, told to one side without the other's secrets."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.calendars import day_of
from handfast.kernel.scheduling.plan import MILLIONTHS, Duration
from handfast.kernel.scheduling.why import why_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.kernel.scheduling.plan import Activity, Link, Plan
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.kernel.scheduling.why import ClosedDay, Why

Reader = Literal["client", "provider", "shared"]
HOUR_US = 3_600_000_000
SHOWN_DAYS = 3


def sentence_of(schedule: Schedule, activity_id: str, *, seen_by: Reader | None = None) -> str:
    """One sentence that names what binds an activity's start, and the days lost on its way.

    `seen_by` tells who reads: what is internal to the other side is then called so, and never by its name; what
    both read ("shared") names nothing that is internal to either.
    """
    return said(schedule.plan, why_of(schedule, activity_id), seen_by=seen_by)


def said(plan: Plan, why: Why, *, seen_by: Reader | None = None) -> str:
    """The sentence of one answer, as `sentence_of` tells it."""
    parts = [_cause(plan, why, seen_by)]
    if why.before_start:
        parts.append(f"the work then waits for {_lost(plan, why.before_start)}")
    if why.while_running:
        parts.append(f"it stands still on {_lost(plan, why.while_running)}")
    return "; ".join(parts) + "."


def name_for(activity: Activity, seen_by: Reader | None) -> str:
    """An activity's name in quotation marks, or what may be said of it to the other side."""
    if activity.internal_to is not None and seen_by is not None and activity.internal_to != seen_by:
        return f"an internal activity of the {activity.internal_to}"
    return f"“{activity.name}”"


def internal_to(text: str) -> Reader | None:
    """Whose internal activity a sentence of this module waits for, where that is all it may say of it."""
    sides: tuple[Reader, ...] = ("client", "provider")
    return next((side for side in sides if f"an internal activity of the {side} " in text), None)


def _cause(plan: Plan, why: Why, seen_by: Reader | None) -> str:
    bound, zone = why.dated.bound, plan.zone_of(why.activity)
    when = _moment(bound.until_us, zone)
    if why.other is not None and why.link is not None:
        asked = _linked(why.link, name_for(why.other, seen_by))
        # What holds the end binds the start only through the length: the moment told is the start's.
        return f"{asked}, {'so not before ' if why.link.kind[1] == 'F' else ''}{when}"
    if bound.role is not None:
        holders = (name_for(plan.activities[plan.places[one]], seen_by) for one in bound.role.holders)
        busy = " and ".join(dict.fromkeys(holders))
        return f"Waits for the {bound.role.role}, who is busy with {busy} until {when}"
    told = {
        "plan start": f"Starts with the plan, {_day(day_of(bound.until_us, plan.zone))}",
        "status date": f"Has not started, so not before the last status, {when}",
        "not before": f"Not before {when}, as the plan says",
        "fixed": f"Fixed for {when}",
        "started": f"Started {when}",
        "finished": f"Finished {_moment(why.dated.ends_us, zone)}",
    }
    return told[bound.by]


def _linked(link: Link, name: str) -> str:
    """What a link asks, up to its comma."""
    end = "is finished" if link.kind[0] == "F" else "has started"
    does = "Starts" if link.kind[1] == "S" else "Finishes"
    if link.lag.amount:
        return f"{does} {_lag(link.lag, link.lag_on)} {name} {end}"
    return f"{does} no earlier than {name} {end}" if link.kind != "FS" else f"Waits until {name} is finished"


def _lag(lag: Duration, lag_on: str | None) -> str:
    """`2 days after`, `1 day before`; elapsed time says so."""
    amount, unit = abs(lag.amount), "day" if lag.unit == "d" else "hour"
    number = amount / (MILLIONTHS if lag.unit == "d" else HOUR_US)
    many = "" if number == 1 else "s"
    kind = " of elapsed time" if lag_on == "elapsed" else ""
    return f"{number:g} {unit}{many}{kind} {'before' if lag.amount < 0 else 'after'}"


def _lost(plan: Plan, days: Sequence[ClosedDay]) -> str:
    """Closed days by their reason: `Victoria Day (Mon 18 May, Lumen)`; long runs are counted."""
    groups = []
    for (reason, name, side), run in groupby(days, key=lambda day: (day.reason, day.name, day.side)):
        on = [day.on for day in run]
        whose = f", {plan.party(side).name}" if side else ""
        title = {"holiday": name, "freeze": f"the freeze “{name}”", "no overlap": "no common hours"}[reason]
        groups.append(f"{title} ({_span(on)}{whose})")
    rest = len(groups) - SHOWN_DAYS
    shown = groups[:SHOWN_DAYS] + ([f"{rest} more"] if rest > 0 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _span(days: Sequence[date]) -> str:
    return _day(days[0]) if len(days) == 1 else f"{_day(days[0])} to {_day(days[-1])}"


@lru_cache(maxsize=4096)  # a plan tells the same few hundred days in all its sentences
def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


@lru_cache(maxsize=4096)
def _moment(instant_us: int, zone: str) -> str:
    local = moment_of(instant_us).astimezone(zone_named(zone))
    return f"{_day(local.date())}, {local:%H:%M}"
