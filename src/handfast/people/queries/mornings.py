"""When somebody's morning is: the hour of their daily mail, by the clock of their own zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from handfast.people.models import Person

USUAL_HOUR = 8


def local_day(person: Person, at: datetime) -> date:
    """Which day it is for the person."""
    return at.astimezone(_zone(person)).date()


def morning_of(person: Person, on: date) -> datetime:
    """The instant of the person's hour on a day; where the clock jumps over it, as much later as the clock jumps."""
    hour = USUAL_HOUR if person.digest_hour is None else person.digest_hour
    return datetime.combine(on, time(hour), _zone(person)).astimezone(UTC)


def next_morning(person: Person, at: datetime) -> datetime:
    """The first morning after an instant."""
    today = local_day(person, at)
    first = morning_of(person, today)
    return first if first > at else morning_of(person, today + timedelta(days=1))


def _zone(person: Person) -> tzinfo:
    """The person's; UTC where an old name is not known any more: nobody's joining may fail for it."""
    try:
        return zone_named(person.zone)
    except Refusal:
        return UTC
