"""Whether a session lies inside the hours that both sides work, on both calendars of the plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of
from handfast.kernel.worktime.combining import overlap
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.reckoning import elapsed
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.learning.models import Session

AROUND = timedelta(days=2)


def outside_overlap(deal: Engagement, sessions: Iterable[Session]) -> Mapping[UUID, bool]:
    """By session whether any part of it lies outside; empty where there is no plan with both calendars yet."""
    every, plan = list(sessions), Plan.objects.filter(engagement_id=deal.pk).first()
    if plan is None or not every:
        return {}
    first = min(one.starts_at for one in every).date() - AROUND
    last = max(one.starts_at for one in every).date() + AROUND
    client, provider = (
        compile_calendar(WrittenCalendar.model_validate(plan.calendars[side]), first=first, last=last)
        for side in ("client", "provider")
    )
    both = overlap(client, provider)
    found = {}
    for one in every:
        starts, length = instant_of(one.starts_at), timedelta(minutes=one.minutes)
        ends = instant_of(one.starts_at + length)
        found[one.pk] = elapsed(both, starts, ends) < ends - starts
    return found
