"""One's own calendar feeds: an address that is shown once, and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.feeds import make_feed, revoke_feed
from handfast.people.actions.tokens import new_secret
from handfast.people.models import Feed
from handfast.people.queries import feed_address, feed_seen_by, own_membership, secret_digest


@page("POST", is_spoken=True)
def make(request: ActorRequest) -> HttpResponse:
    """A new address, shown on the answer to this very post and never again; the one before it ends."""
    member = own_membership(request.actor, _membership_in(request))
    secret = new_secret()
    feed = make_feed(request.actor, member, holds=_held(request), digest=secret_digest(secret), at=request.at)
    answer = shown(request, "people/feed.html", {"feed": feed, "address": feed_address(secret)})
    answer["Cache-Control"] = "no-store"
    return answer


@page("POST", is_spoken=True)
def revoke(request: ActorRequest, feed: UUID) -> HttpResponse:
    """Its address shows nothing from the next request on."""
    found = feed_seen_by(request.actor, feed, is_by_token="Authorization" in request.headers)
    revoke_feed(request.actor, found, at=request.at)
    messages.success(request, _("The calendar feed shows nothing any more."))
    return redirect("people:account")


def _held(request: ActorRequest) -> str:
    """Where nothing that is known is chosen, the less."""
    chosen = request.POST.get("holds", "")
    return chosen if chosen in Feed.Holds.values else Feed.Holds.MINE


def _membership_in(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("membership", ""))
    except ValueError:
        return None
