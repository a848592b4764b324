"""The calendar feed of a membership; whoever holds its address reads what waits for that person, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.web.feeding import calendar_of
from handfast.people.queries import actor_of, feed_in_force

CALENDAR = "text/calendar; charset=utf-8"


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
        written = calendar_of(needs_of(actor, at=at), deal, at=at)
    answer = HttpResponse(written, content_type=CALENDAR)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Content-Disposition"] = 'inline; filename="handfast.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
