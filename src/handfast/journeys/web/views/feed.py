"""The calendar feed of a membership; whoever holds its address reads what waits for that person, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.web.feeding import calendar_of
from handfast.people.models import Feed
from handfast.people.queries import actor_of, feed_in_force
from handfast.transition.models import Activity
from handfast.transition.queries.exports.calendar_entries import plan_entries
from handfast.transition.queries.plans import plans_seen_by, rows_of

if TYPE_CHECKING:
    from datetime import datetime

    from icalendar import Event

    from handfast.foundation.actor import Actor

CALENDAR = "text/calendar; charset=utf-8"


def _planned(actor: Actor, feed: Feed, *, at: datetime) -> list[Event]:
    """Of the plan: the person's own activities, milestones and gates; all that the person sees where the feed says so."""
    member = feed.membership
    plan = plans_seen_by(actor, member.engagement_id).first()
    if plan is None:
        return []
    rows = rows_of(plan)
    wanted = [
        one
        for one in rows.activities
        if feed.holds == Feed.Holds.PLAN or one.kind != Activity.Kind.WORK or one.owner_id == member.person_id
    ]
    return list(plan_entries(rows, wanted, f"Only {member.organisation.name}", at=at))


def feed(request: HttpRequest, feed_secret: str) -> HttpResponse:
    """Found by its secret alone: a session that the browser sends along counts for nothing here. Raises NotSeen."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    found = feed_in_force(feed_secret)
    if found is None:
        raise NotSeen
    member = found.membership
    actor = actor_of(member.person, member.organisation_id, [member])
    with entered(actor.reach):
        deal = engagement_seen_by(actor, member.engagement_id)
        at = timezone.now()
        planned = _planned(actor, found, at=at)
        written = calendar_of(needs_of(actor, at=at), planned, deal, at=at)
    answer = HttpResponse(written, content_type=CALENDAR)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Content-Disposition"] = 'inline; filename="handfast.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
