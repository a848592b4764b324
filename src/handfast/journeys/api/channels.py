"""The operations on channels. Annotations are values here: ninja reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.journeys.actions import add_channel, stop_channel, try_channel
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.permissions import may_add_channel
from handfast.journeys.queries.channels import (
    ChannelSaid,
    channel_seen_by,
    channels_seen_by,
    last_deliveries,
)
from handfast.people.actions.tokens import new_secret
from handfast.people.queries import own_space_of

router = Router()
CHANNELS, CHANNEL = "/engagements/{uuid:engagement}/channels", "/channels/{uuid:channel}"


class ChannelIn(Schema):
    """A channel: `signed` for a program, `chat` for a chat; `kinds` are those of notices."""

    name: str
    form: str
    address: str
    kinds: list[str]
    is_own_told: bool = False


class DeliveryOut(Schema):
    """How something that was told to it went; `status` is that of the last answer, 0 for none."""

    id: UUID
    kind: str
    made_at: datetime
    attempts: int
    status: int
    fault: str
    done_at: datetime | None
    given_up_at: datetime | None


class ChannelOut(Schema):
    """A channel without its address, which is never shown again; `key` only in the answer that adds it."""

    id: UUID
    name: str
    form: str
    kinds: list[str]
    is_own_told: bool
    added_at: datetime
    stopped_at: datetime | None
    key: str = ""
    deliveries: list[DeliveryOut]


@router.get(CHANNELS, response=list[ChannelOut])
def channels(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Those of the caller's own side, with their last deliveries."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = list(channels_seen_by(request.actor, deal.pk))
    logs = last_deliveries(request.actor, rows)
    return [_told(one, logs[one.pk]) for one in rows]


@router.post(CHANNELS, response={201: ChannelOut})
def post_channel(request: ActorRequest, engagement: UUID, given: ChannelIn) -> Status[dict[str, Any]]:
    """Add one; the answer has the key that signs what is sent, this once."""
    deal = engagement_seen_by(request.actor, engagement)
    space = own_space_of(request.actor, deal.pk)
    if not may_add_channel(request.actor, space):
        raise NotPermitted("channel added: your role does not include it")
    said = ChannelSaid(given.name, given.form, given.address, tuple(given.kinds), given.is_own_told)
    key = new_secret()
    made = add_channel(request.actor, space, said=said, key=key, at=request.at)
    return Status(201, _told(made, []) | {"key": key})


@router.post(f"{CHANNEL}/test", response={202: DeliveryOut})
def post_test(request: ActorRequest, channel: UUID) -> Status[Delivery]:
    """Send it a test."""
    return Status(202, try_channel(request.actor, channel_seen_by(request.actor, channel), at=request.at))


@router.post(f"{CHANNEL}/stop", response=ChannelOut)
def post_stop(request: ActorRequest, channel: UUID) -> dict[str, Any]:
    """Nothing is sent to it any more."""
    return _told(stop_channel(request.actor, channel_seen_by(request.actor, channel), at=request.at), [])


def _told(one: Channel, deliveries: list[Delivery]) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "form": one.form, "kinds": one.kinds, "is_own_told": one.is_own_told,
        "added_at": one.added_at, "stopped_at": one.stopped_at, "deliveries": deliveries,
    }  # fmt: skip
