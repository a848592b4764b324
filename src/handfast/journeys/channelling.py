"""What the worker does for channels: tells those of each side what its people are told, at least once and by the same id."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from handfast.foundation.models import Outgoing, Space
from handfast.foundation.outbox import Rule, handles
from handfast.foundation.outward import AddressClosed, NotReached, post_outside
from handfast.foundation.sealing import SecretLost
from handfast.journeys.actions.channels import DELIVER, Outcome, note_delivery, plant_delivery
from handfast.journeys.models import Channel, Delivery
from handfast.journeys.queries.channels import KINDS, address_and_key, words_of_kind
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.outbox import Task

TELL, TELL_OWN = "journeys.channels", "journeys.own_channels"
OF_SUCCESS = range(200, 300)
ANSWERED_NO = "answered-no"
UNTIL_GIVEN_UP = Rule(attempts=18)  # a day and more: 2, 4, 8 seconds, and so on up to six hours


def tell_channels(task: Task, engagement: UUID, organisations: Iterable[UUID]) -> None:
    """Plant a row in the own space of each side that hears of it: there its channels stand."""
    if task.row.kind not in KINDS:
        return
    is_own = Space.objects.filter(pk=task.row.space_id, kind=Space.Kind.INTERNAL).exists()
    rows = [
        Outgoing(
            kind=f"{TELL_OWN if is_own else TELL}.{task.row.kind}", space_id=internal_space_of(one, engagement).pk,
            subject_id=task.subject, organisation_id=one, key=f"{task.key}:channels:{one}", due_at=task.now(),
        )
        for one in sorted(set(organisations))
    ]  # fmt: skip
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)


def plant_deliveries(task: Task) -> None:
    """One for each channel that is told of this kind; what one side alone sees only where the channel says so."""
    way, _, kind = task.row.kind.removeprefix("journeys.").partition(".")
    channels = Channel.objects.filter(space_id=task.row.space_id, stopped_at__isnull=True)
    for one in channels:
        if kind in one.kinds and (one.is_own_told or way == TELL.removeprefix("journeys.")):
            plant_delivery(one, kind, task.subject, f"{task.key}:{one.pk}", at=task.now())


for _kind in KINDS:
    handles(f"{TELL}.{_kind}")(plant_deliveries)
    handles(f"{TELL_OWN}.{_kind}")(plant_deliveries)


def given_up(task: Task) -> None:
    """The page says so; whoever manages the engagement hears of it too."""
    made = Delivery.objects.filter(pk=task.subject, done_at__isnull=True).first()
    if made is not None:
        last = Outcome(made.status, made.fault or "not-reached", is_last=True)
        note_delivery(task.actor, made, outcome=last, at=task.now())


@handles(DELIVER, Rule(UNTIL_GIVEN_UP.attempts, given_up=given_up))
def deliver(task: Task) -> None:
    """One attempt; what fails is tried again, ever more seldom, until it is given up. Raises NotReached and its kin."""
    made = Delivery.objects.filter(pk=task.subject, done_at__isnull=True).select_related("channel").first()
    if made is None or made.channel.stopped_at is not None:
        return
    try:
        status = _sent(made, at=task.now())
        fault = "" if status in OF_SUCCESS else ANSWERED_NO
    except (AddressClosed, NotReached, SecretLost) as refusal:
        status, fault = 0, refusal.code
    note_delivery(task.actor, made, outcome=Outcome(status, fault), at=task.now())
    if fault:
        raise NotReached(f"{fault}, status {status}")


def _sent(made: Delivery, *, at: datetime) -> int:
    address, key = address_and_key(made.channel)
    said = words_of_kind(made.kind)
    link = settings.HANDFAST_ADDRESS + reverse("journeys:overview", args=[made.channel.engagement_id])
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Handfast",
        "Handfast-Delivery": str(made.pk),
    }
    if made.channel.form == Channel.Form.CHAT:
        return post_outside(address, json.dumps({"text": f"{said}: {link}"}).encode(), headers)
    told = {
        "delivery": str(made.pk), "kind": made.kind, "said": said, "subject": str(made.subject_id),
        "engagement": str(made.channel.engagement_id), "happened_at": made.made_at.isoformat(), "link": link,
    }  # fmt: skip
    body, stamp = json.dumps(told, sort_keys=True).encode(), str(int(at.timestamp()))
    signed = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return post_outside(address, body, headers | {"Handfast-Signature": f"t={stamp},v1={signed}"})
