"""As of when a plan is told: now, and of a sample the evening of its last status, since nobody reports on it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from datetime import date

    from handfast.transition.models import Activity, Dates, Plan

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)


def told_at(plan: Plan, at: datetime) -> datetime:
    """The instant as of which the plan is told; a sample would be late by every day that it is kept."""
    if not plan.engagement.is_sample or plan.as_of_on is None:
        return at
    evening = datetime.combine(plan.as_of_on + A_DAY, time(), zone_named(plan.engagement.zone))
    return min(at, evening)


def day_of(instant: datetime, zone: str) -> date:
    """The day of an instant in a zone."""
    return instant.astimezone(zone_named(zone)).date()


def last_day(starts_at: datetime, ends_at: datetime, zone: str) -> date:
    """The last day of what runs: what ends at midnight ended the day before; what lasts no time stands on its day."""
    return day_of(ends_at - A_MOMENT if ends_at > starts_at else ends_at, zone)


def ends_on(dates: Dates, zone: str) -> date:
    """The last day of an activity as it is dated."""
    return last_day(dates.starts_at, dates.ends_at, zone)


def agreed_on(activity: Activity, zone: str) -> date | None:
    """The last day of an activity in the baseline; None where it has none."""
    begins, ends = activity.baseline_starts_at, activity.baseline_ends_at
    return last_day(begins or ends, ends, zone) if ends else None


def day_in(plan: Plan, at: datetime) -> date:
    """The day of an instant in the contract's zone."""
    return day_of(at, plan.engagement.zone)


def today_in(plan: Plan, at: datetime) -> date:
    """The day as of which the plan is told, in the contract's zone."""
    return day_in(plan, told_at(plan, at))
