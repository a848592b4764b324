"""The channels of one's own side in an engagement: added, tried, stopped, and how the last deliveries went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.actions import add_channel, stop_channel, try_channel
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.permissions import may_add_channel
from handfast.journeys.queries.channels import (
    channel_seen_by,
    channels_seen_by,
    last_deliveries,
    words_of_kind,
)
from handfast.journeys.refusals import ChannelRefused, ChannelStopped
from handfast.journeys.web.channel_form import ChannelForm
from handfast.people.actions.tokens import new_secret
from handfast.people.queries import organisation_of, own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement

OK, REFUSED = 200, 422


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery as the log tells it."""

    said: str
    row: Delivery
    glyph: str
    state: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel with the words of what it is told, and its log."""

    row: Channel
    told: tuple[str, ...]
    deliveries: tuple[DeliveryRow, ...]


@page("GET", "POST")
def channels(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Shown to the own side; posted, one more, whose key is shown on the answer to this very post and never again."""
    deal = engagement_seen_by(request.actor, engagement)
    space = own_space_of(request.actor, deal.pk)
    if request.method != "POST":
        return _shown(request, deal, ChannelForm(initial={"kinds": [], "form": Channel.Form.CHAT}))
    if not may_add_channel(request.actor, space):
        raise NotPermitted("channel added: your role does not include it")
    form = ChannelForm(request.POST)
    if not form.is_valid():
        return _shown(request, deal, form, status=REFUSED)
    key = new_secret()
    try:
        made = add_channel(request.actor, space, said=form.said(), key=key, at=request.at)
    except ChannelRefused as refusal:
        for name, fault in refusal.fields or [("", str(refusal))]:
            form.add_error(name if name in form.fields else None, f"{fault[:1].upper()}{fault[1:]}.")
        return _shown(request, deal, form, status=REFUSED)
    if made.form == Channel.Form.SIGNED:
        answer = shown(
            request, "journeys/channel_key.html", {"engagement": deal, "channel": made, "key": key}
        )
        answer["Cache-Control"] = "no-store"
        return answer
    messages.success(request, f"{made.name} is told from now on.")
    return redirect("journeys:channels", engagement=deal.pk)


@page("POST")
def try_it(request: ActorRequest, engagement: UUID, channel: UUID) -> HttpResponse:
    """Send it a test; how it went stands in its log a moment later."""
    deal, found = _here(request, engagement, channel)
    try:
        try_channel(request.actor, found, at=request.at)
    except ChannelStopped as refusal:
        messages.info(request, sentence_of(refusal))
    else:
        messages.success(request, "A test is on its way: look here again in a moment.")
    return redirect("journeys:channels", engagement=deal.pk)


@page("POST")
def stop(request: ActorRequest, engagement: UUID, channel: UUID) -> HttpResponse:
    """Nothing is sent to it any more."""
    deal, found = _here(request, engagement, channel)
    try:
        stop_channel(request.actor, found, at=request.at)
    except ChannelStopped as refusal:
        messages.info(request, sentence_of(refusal))
    else:
        messages.success(request, f"{found.name} is told nothing any more.")
    return redirect("journeys:channels", engagement=deal.pk)


def _here(request: ActorRequest, engagement: UUID, channel: UUID) -> tuple[Engagement, Channel]:
    """The channel, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = channel_seen_by(request.actor, channel)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _shown(request: ActorRequest, deal: Engagement, form: ChannelForm, *, status: int = OK) -> HttpResponse:
    rows = list(channels_seen_by(request.actor, deal.pk))
    logs = last_deliveries(request.actor, rows)
    context = {
        "engagement": deal,
        "form": form,
        "own": organisation_of(request.actor),
        "may_change": may_add_channel(request.actor, own_space_of(request.actor, deal.pk)),
        "is_open": form.is_bound or not rows,
        "channels": [
            ChannelRow(one, tuple(map(words_of_kind, one.kinds)), tuple(map(_delivery, logs[one.pk])))
            for one in rows
        ],
    }
    return shown(request, "journeys/channels.html", context, status=status)


def _delivery(one: Delivery) -> DeliveryRow:
    glyph, state = "open", "on its way"
    if one.done_at:
        glyph, state = "met", "delivered"
    elif one.given_up_at:
        glyph, state = "missed", "given up"
    elif one.fault:
        glyph, state = "risk", "tried again later"
    return DeliveryRow(words_of_kind(one.kind), one, glyph, state)
