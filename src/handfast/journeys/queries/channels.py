"""The channels of one's own side, what they are told, and how their last deliveries went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.outbox import GIVEN_UP
from handfast.foundation.outward import address_fault
from handfast.foundation.sealing import opened
from handfast.foundation.sight import the_one
from handfast.foundation.texts import line_fault
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.refusals import ChannelRefused
from handfast.journeys.telling import FOR, said_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor

TEST = "test"
MOST_SHOWN, MOST_CHANNELS = 10, 20
PURPOSE = "channel"
KINDS = tuple(
    one for one in FOR if one != GIVEN_UP
)  # that something could not be sent is not sent the same way


@dataclass(frozen=True, slots=True)
class ChannelSaid:
    """A channel as somebody adds it."""

    name: str
    form: str
    address: str
    kinds: tuple[str, ...]
    is_own_told: bool = False


def checked_channel(said: ChannelSaid) -> ChannelSaid:
    """The same, tidied. Raises ChannelRefused with every fault by its field."""
    name, address = said.name.strip(), said.address.strip()
    faults = [("name", fault)] if (fault := line_fault(name)) else []
    if said.form not in Channel.Form.values:
        faults.append(("form", f"choose one of {', '.join(Channel.Form.values)}"))
    if fault := address_fault(address):
        faults.append(("address", fault))
    if not said.kinds or set(said.kinds) - set(KINDS):
        faults.append(("kinds", "choose what is told, at least one of the list"))
    if faults:
        raise ChannelRefused("not added: " + "; ".join(f"{one}: {fault}" for one, fault in faults), faults)
    return ChannelSaid(
        name, said.form, address, tuple(one for one in KINDS if one in said.kinds), said.is_own_told
    )


def channels_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Channel]:
    """Those of the own side in an engagement, without those that were stopped."""
    return Channel.objects.filter(
        space_id__in=actor.reach.reads, engagement_id=engagement, stopped_at__isnull=True
    )


def channel_seen_by(actor: Actor, channel: UUID) -> Channel:
    """One of the own side's. Raises NotSeen."""
    found: Channel = the_one(Channel.objects.filter(space_id__in=actor.reach.reads, pk=channel))
    return found


def last_deliveries(actor: Actor, channels: Sequence[Channel]) -> dict[UUID, list[Delivery]]:
    """Of each channel the newest few, in one question."""
    rows = Delivery.objects.filter(space_id__in=actor.reach.reads, channel__in=channels)
    found: dict[UUID, list[Delivery]] = {one.pk: [] for one in channels}
    for row in rows.order_by("-made_at", "id")[: MOST_SHOWN * MOST_CHANNELS]:
        if len(found[row.channel_id]) < MOST_SHOWN:
            found[row.channel_id].append(row)
    return found


def words_of_kind(kind: str) -> str:
    """What is told, in words without any name or figure."""
    return "A test from Handfast" if kind == TEST else said_of(kind)


def address_and_key(channel: Channel) -> tuple[str, str]:
    """What was sealed of it. Raises SecretLost."""
    address, _, key = opened(channel.sealed, PURPOSE, channel.pk).rpartition(" ")
    return address, key
