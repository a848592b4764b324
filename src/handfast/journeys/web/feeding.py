"""What waits for a person as a calendar (RFC 5545): a day for what has one, a task for what has none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from icalendar import Calendar, Event, Todo

from handfast.journeys.web.needing import need_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.journeys.queries.needs import Need

MADE_BY = "-//Handfast//Handfast//EN"
ASK_AGAIN = timedelta(hours=1)
A_DAY = timedelta(days=1)


def calendar_of(needs: Iterable[Need], planned: Iterable[Event], deal: Engagement, *, at: datetime) -> bytes:
    """The calendar of one engagement: what waits, then the plan; the same thing has the same UID for ever."""
    told = Calendar()
    told.add("PRODID", MADE_BY)
    told.add("VERSION", "2.0")
    told.add("X-WR-CALNAME", deal.name)
    told.add("NAME", deal.name)
    told.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for need in needs:
        told.add_component(_component(need, deal, at))
    for entry in planned:
        told.add_component(entry)
    written: bytes = told.to_ical()
    return written


def _component(need: Need, deal: Engagement, at: datetime) -> Event | Todo:
    """All day long on its last day, and never in the way of a meeting; or a task where no day is set."""
    _, title, second, path = need_words(need, deal)
    one = Event() if need.due_on else Todo()
    one.add("UID", f"{need.kind}-{need.subject}@{_host()}")
    one.add("DTSTAMP", at)
    one.add("SUMMARY", f"{title}: {deal.name}")
    if second:
        one.add("DESCRIPTION", second)
    if path:
        one.add("URL", settings.HANDFAST_ADDRESS + path)
    one.add("CLASS", "PRIVATE")
    if need.due_on:
        one.add("DTSTART", need.due_on)
        one.add("DTEND", need.due_on + A_DAY)
        one.add("TRANSP", "TRANSPARENT")
    else:
        one.add("STATUS", "NEEDS-ACTION")
    return one


def _host() -> str:
    return settings.HANDFAST_ADDRESS.partition("://")[2].partition(":")[0]
