"""Ask for a sample, and let it go again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.doors import ActorRequest, page
from handfast.journeys.sampling.asking import ask_for_sample
from handfast.journeys.sampling.offers import offers
from handfast.journeys.sampling.removing import remove_sample
from handfast.people.models import Person


@page("POST")
def load(request: ActorRequest, key: str) -> HttpResponse:
    """The worker loads it; it stands among the engagements when it is there."""
    if key not in {one.key for one in offers()}:
        raise NotSeen("there is no such sample")
    ask_for_sample(request.actor, key, at=request.at)
    messages.info(request, "The sample is being loaded. You may leave; it stands here when it is there.")
    return redirect("journeys:home")


@page("POST")
def remove(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Remove it with all that came with it; a person of the sample is signed out, as there is nobody any more."""
    remove_sample(request.actor, engagement_seen_by(request.actor, engagement))
    if not Person.objects.filter(pk__in=[request.actor.person]).exists():
        logout(request)
        return redirect("account_login")
    messages.info(request, "The sample is gone.")
    return redirect("journeys:home")
