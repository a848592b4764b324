"""Add a channel of one's own side, stop it, try it; and what the worker notes of what it sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.actions import action, unrecorded
from handfast.foundation.outbox import later
from handfast.foundation.sealing import sealed
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.permissions import may_add_channel, may_keep_channel, may_note_delivery
from handfast.journeys.queries.channels import MOST_CHANNELS, PURPOSE, TEST, checked_channel
from handfast.journeys.refusals import ChannelRefused, ChannelStopped

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.journeys.queries.channels import ChannelSaid

DELIVER = "journeys.deliver"


@action(permits=may_add_channel, records="channel.added")
def add_channel(actor: Actor, space: Space, /, *, said: ChannelSaid, key: str, at: datetime) -> Channel:
    """Tell the own side's channel from now on; `key` signs what is sent, and the door shows it once. Raises ChannelRefused."""
    checked, made = checked_channel(said), uuid.uuid4()
    if Channel.objects.filter(space=space, stopped_at__isnull=True).count() >= MOST_CHANNELS:
        raise ChannelRefused(f"not added: {MOST_CHANNELS} channels are enough: stop one first")
    channel: Channel = Channel.objects.create(
        id=made, space=space, engagement_id=space.engagement_id, name=checked.name, form=checked.form,
        kinds=list(checked.kinds), is_own_told=checked.is_own_told, sealed=sealed(f"{checked.address} {key}", PURPOSE, made),
        added_at=at, added_by_id=actor.person,
    )  # fmt: skip
    return channel


@action(permits=may_keep_channel, records="channel.stopped")
def stop_channel(actor: Actor, channel: Channel, /, *, at: datetime) -> Channel:
    """Nothing is sent to it any more, and its address and key are forgotten. Raises ChannelStopped."""
    if channel.stopped_at is not None:
        raise ChannelStopped("this channel was stopped before")
    channel.stopped_at, channel.sealed = at, ""
    channel.save(update_fields=["stopped_at", "sealed"])
    return channel


@action(permits=may_keep_channel, records="channel.tried")
def try_channel(actor: Actor, channel: Channel, /, *, at: datetime) -> Delivery:
    """Send it a test. Raises ChannelStopped."""
    if channel.stopped_at is not None:
        raise ChannelStopped("this channel was stopped before")
    return plant_delivery(channel, TEST, channel.pk, f"{TEST}:{channel.pk}:{at.isoformat()}", at=at)


def plant_delivery(channel: Channel, kind: str, subject: UUID, key: str, *, at: datetime) -> Delivery:
    """One for each channel and each thing that happened: planted again, it is the same."""
    made: Delivery
    known = {"channel": channel, "kind": kind, "subject_id": subject, "made_at": at}
    made, _ = Delivery.objects.get_or_create(space_id=channel.space_id, key=key, defaults=known)
    later(DELIVER, made, due_at=at)
    return made


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt went; `is_last` says that none follows."""

    status: int
    fault: str = ""
    is_last: bool = False


@unrecorded(
    permits=may_note_delivery,
    because="an entry for each attempt of each delivery would bury the journal; its own page keeps the log",
)
def note_delivery(actor: Actor, delivery: Delivery, /, *, outcome: Outcome, at: datetime) -> Delivery:
    """Keep it for the page of channels."""
    delivery.attempts += not outcome.is_last
    delivery.tried_at, delivery.status, delivery.fault = at, outcome.status, outcome.fault
    delivery.done_at = None if outcome.fault else at
    delivery.given_up_at = at if outcome.is_last else None
    delivery.save(update_fields=["attempts", "tried_at", "status", "fault", "done_at", "given_up_at"])
    return delivery
