"""How holidays after the go-live are covered: said by one side, agreed by the other."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.transition.actions import agree_cover, propose_cover
from handfast.transition.queries.covering import cover_seen_by
from handfast.transition.queries.plans import plan_seen_by
from handfast.transition.refusals import CoverRefused
from handfast.transition.web.status_forms import CoverForm


@page("POST")
def cover(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Say how a holiday is covered."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    form = CoverForm(request.POST)
    if not form.is_valid():
        faults = [(name, str(errors[0])) for name, errors in form.errors.items()]
        raise CoverRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    made = propose_cover(request.actor, plan, **form.cleaned_data, at=request.at)
    messages.success(request, "It is proposed; the other side agrees to it here.")
    return _back(engagement, made.on.year)


@page("POST")
def agree_to_cover(request: ActorRequest, engagement: UUID, cover: UUID) -> HttpResponse:
    """Agree to what the other side says."""
    engagement_seen_by(request.actor, engagement)
    made = agree_cover(request.actor, cover_seen_by(request.actor, engagement, cover), at=request.at)
    messages.success(request, "The cover is agreed.")
    return _back(engagement, made.on.year)


def _back(engagement: UUID, year: int) -> HttpResponse:
    return redirect(f"{reverse('transition:year', args=[engagement])}?year={year}")
