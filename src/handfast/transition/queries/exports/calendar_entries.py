"""Activities, milestones and gates as entries of a calendar (RFC 5545): whole days that keep no time busy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from handfast.transition.models import Activity
from handfast.transition.queries.told import day_in, ends_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from handfast.transition.queries.plans import PlanRows

MADE_BY = "-//Handfast//Handfast//EN"
A_DAY = timedelta(days=1)


def plan_calendar(rows: PlanRows, own: str, *, at: datetime) -> bytes:
    """Everything of the plan that the asker sees, as one calendar; `own` names the asker's organisation."""
    told = Calendar()
    told.add("PRODID", MADE_BY)
    told.add("VERSION", "2.0")
    told.add("NAME", f"Plan: {rows.plan.engagement.name}")
    told.add("X-WR-CALNAME", f"Plan: {rows.plan.engagement.name}")
    for entry in plan_entries(rows, rows.activities, own, at=at):
        told.add_component(entry)
    written: bytes = told.to_ical()
    return written


def plan_entries(rows: PlanRows, wanted: Iterable[Activity], own: str, *, at: datetime) -> Iterator[Event]:
    """An entry for each that has dates; the same activity has the same UID whenever it is asked."""
    for one in wanted:
        dates = rows.dates.get(one.pk)
        if dates is not None:
            last = ends_on(dates, rows.plan.engagement.zone)
            first = day_in(rows.plan, dates.starts_at) if one.kind == Activity.Kind.WORK else last
            yield _entry(rows, one, (first, last), own, at)


def _entry(rows: PlanRows, one: Activity, days: tuple[date, date], own: str, at: datetime) -> Event:
    deal, is_internal = rows.plan.engagement, one.space_id != rows.plan.space_id
    page = reverse("transition:activity", args=[deal.pk, one.pk])
    entry = Event()
    entry.add("UID", f"planned-{one.pk}@{settings.HANDFAST_ADDRESS.partition('://')[2].partition(':')[0]}")
    entry.add("DTSTAMP", at)
    kind = "" if one.kind == Activity.Kind.WORK else f"{one.get_kind_display().capitalize()}: "
    entry.add("SUMMARY", f"{kind}{one.name}: {deal.name}")
    entry.add("DESCRIPTION", f"{own}. {rows.dates[one.pk].why}" if is_internal else rows.dates[one.pk].why)
    entry.add("URL", settings.HANDFAST_ADDRESS + page)
    entry.add("CLASS", "PRIVATE")
    entry.add("CATEGORIES", [one.lead])
    entry.add("DTSTART", days[0])
    entry.add("DTEND", days[1] + A_DAY)
    entry.add("TRANSP", "TRANSPARENT")
    return entry
