"""Open an engagement, and change it."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement, Party
from handfast.engagement.permissions import (
    may_amend_engagement,
    may_begin_engagement,
    may_enlarge_engagement,
    may_keep_contract_days,
    may_open_engagement,
)
from handfast.engagement.refusals import EngagementRefused, OnlyASample
from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.foundation.outbox import later
from handfast.foundation.scope import Reach
from handfast.foundation.spaces import open_space
from handfast.foundation.texts import currency_fault, lines_faults
from handfast.kernel.worktime.zones import zone_named
from handfast.people.actions.mailing import plant_digest
from handfast.people.models import Membership, Organisation, Person, Side
from handfast.people.roles import capabilities_of, roles_of_side

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Deal:
    """What the set-up page asks: who, how big, where, in which money."""

    name: str
    size: str
    side: str
    other_name: str
    zone: str
    other_zone: str
    currency: str
    is_sample: bool = False

    def __post_init__(self) -> None:
        faults = faults_of_deal(self.name, self.size, self.zone, self.currency)
        faults += lines_faults([("other_name", self.other_name)])
        if self.side not in Side.values:
            faults.append(("side", "choose client or provider"))
        if fault := zone_fault(self.other_zone):
            faults.append(("other_zone", fault))
        refuse_faults(faults)

    @property
    def other_side(self) -> str:
        return Side.PROVIDER if self.side == Side.CLIENT else Side.CLIENT


MAIL_HEADS = "journeys.mail_heads"  # the kinds of rows in the outbox that a later room does
AMENDED = "engagement.amended"


def faults_of_deal(name: str, size: str, zone: str, currency: str) -> list[tuple[str, str]]:
    """Field and fault of what a deal cannot say of itself."""
    faults = lines_faults([("name", name)])
    if size not in Engagement.Size.values:
        faults.append(("size", f"choose one of {', '.join(Engagement.Size.values)}"))
    if fault := currency_fault(currency):
        faults.append(("currency", fault))
    if fault := zone_fault(zone):
        faults.append(("zone", fault))
    return faults


def refuse_faults(faults: list[tuple[str, str]]) -> None:
    """Raises EngagementRefused where there are any."""
    if faults:
        said = "; ".join(f"{field.replace('_', ' ')}: {fault}" for field, fault in faults)
        raise EngagementRefused(said, faults)


def zone_fault(zone: str) -> str:
    """Why a zone cannot be taken; empty where it can."""
    try:
        zone_named(zone)
    except Exception:  # noqa: BLE001 - whatever the kernel says of it, the person chooses another
        return f"{zone!r} is no time zone: write it as Europe/Belgrade"
    return ""


@action(permits=may_open_engagement, records="engagement.opened")
def open_engagement(actor: Actor, organisation: Organisation, /, *, deal: Deal, at: datetime) -> Engagement:
    """A new deal with a space for both sides and one for the own; whoever opens it gets every role of its side.

    Raises OnlyASample.
    """
    if organisation.is_sample and not deal.is_sample:
        raise OnlyASample(
            f"{organisation.name} belongs to a sample: open your engagement for an organisation of your own"
        )
    key = uuid.uuid4()
    shared = open_space(
        Space.Kind.SHARED, engagement=key, writers=[organisation.pk], is_sample=deal.is_sample
    )
    internal = open_space(
        Space.Kind.INTERNAL, engagement=key, organisation=organisation.pk, writers=[organisation.pk],
        is_sample=deal.is_sample,
    )  # fmt: skip
    roles = [role.key for role in roles_of_side(deal.side) if role.key not in ("reader", "auditor")]
    opened = frozenset({shared.pk, internal.pk})
    widened = replace(
        actor,
        reach=Reach(actor.reach.reads | opened, actor.reach.writes | opened),
        capabilities={**actor.capabilities, key: capabilities_of(roles)},
    )
    engagement = begin_engagement(widened, shared, deal=deal, organisation=organisation, at=at)
    if actor.person is not None:
        Membership.objects.create(
            person_id=actor.person,
            organisation=organisation,
            engagement_id=key,
            journal_space_id=shared.pk,
            side=deal.side,
            roles=roles,
            began_at=at,
        )
        plant_digest(Person.objects.get(pk=actor.person), organisation, at=at)
    return engagement


@action(permits=may_begin_engagement, records="engagement.begun")
def begin_engagement(
    actor: Actor, space: Space, /, *, deal: Deal, organisation: Organisation, at: datetime
) -> Engagement:
    """Write the deal and its two parties into the new shared space."""
    engagement: Engagement = Engagement.objects.create(
        id=space.engagement_id,
        space=space,
        name=deal.name.strip(),
        size=deal.size,
        zone=deal.zone if deal.side == Side.PROVIDER else deal.other_zone,
        currency=deal.currency,
        is_sample=deal.is_sample,
        opened_at=at,
    )
    for side, name, zone, one in (
        (deal.side, organisation.name, deal.zone, organisation),
        (deal.other_side, deal.other_name.strip(), deal.other_zone, None),
    ):
        Party.objects.create(
            space=space,
            engagement=engagement,
            side=side,
            name=name,
            zone=zone,
            organisation=one,
            joined_at=at if one else None,
        )
    if not deal.is_sample:
        later(MAIL_HEADS, engagement, due_at=at + timedelta(days=1))
    return engagement


@action(permits=may_amend_engagement, records="engagement.amended")
def amend_engagement(
    actor: Actor,
    engagement: Engagement,
    /,
    *,
    name: str,
    size: str,
    zone: str,
    currency: str,
    signed_on: date | None,
    live_on: date | None,
    notice_on: date | None,
    ends_on: date | None,
    at: datetime,
) -> Engagement:
    """Change what the deal says of itself; the other side hears of it. Raises EngagementRefused."""
    refuse_faults(faults_of_deal(name, size, zone, currency))
    days = [("signed", signed_on), ("live", live_on), ("notice", notice_on), ("ends", ends_on)]
    known = [(word, day) for word, day in days if day is not None]
    _check_days(engagement, dict(known))
    for field, value in (
        ("name", name.strip()), ("size", size), ("zone", zone), ("currency", currency), ("signed_on", signed_on),
        ("live_on", live_on), ("notice_on", notice_on), ("ends_on", ends_on),
    ):  # fmt: skip
        setattr(engagement, field, value)
    engagement.save()
    if not engagement.is_sample:
        later(AMENDED, engagement, due_at=at, key=f"{AMENDED}:{engagement.pk}:{at.isoformat()}", actor=actor)
    return engagement


def _check_days(engagement: Engagement, days: dict[str, date]) -> None:
    """Days that can be, each pair that was changed in its order: those of the contract bind as they were signed. Raises EngagementRefused."""
    for word, day in days.items():
        if not FIRST <= day < LAST:
            said = f"write a day from {FIRST} to the year {LAST.year - 1}"
            raise EngagementRefused(f"{word}: {said}", [(f"{word}_on", said)])
    for (earlier, one), (later_, other) in itertools.combinations(days.items(), 2):
        kept = (getattr(engagement, f"{earlier}_on"), getattr(engagement, f"{later_}_on"))
        if one > other and kept != (one, other):
            said = f"{later_} on {other} lies before {earlier} on {one}"
            raise EngagementRefused(said, [(f"{later_}_on", said)])


@action(permits=may_keep_contract_days, records="engagement.days_kept")
def keep_contract_days(
    actor: Actor,
    engagement: Engagement,
    /,
    *,
    signed_on: date | None,
    notice_on: date | None,
    ends_on: date | None,
    at: datetime,
) -> Engagement:
    """Let the deal's days be those of the contract's newest summary; the other side hears of it."""
    engagement.signed_on = signed_on or engagement.signed_on
    engagement.notice_on, engagement.ends_on = notice_on, ends_on
    engagement.save(update_fields=["signed_on", "notice_on", "ends_on"])
    if not engagement.is_sample:
        later(AMENDED, engagement, due_at=at, key=f"{AMENDED}:{engagement.pk}:{at.isoformat()}", actor=actor)
    return engagement


@action(permits=may_enlarge_engagement, records="engagement.enlarged")
def enlarge_engagement(actor: Actor, engagement: Engagement, /, *, size: str, at: datetime) -> Engagement:
    """Let the deal be as large as its plan has become; a larger one stays so. Raises EngagementRefused."""
    sizes = Engagement.Size.values
    refuse_faults([] if size in sizes else [("size", f"choose one of {', '.join(sizes)}")])
    if sizes.index(size) > sizes.index(engagement.size):
        engagement.size = size
        engagement.save(update_fields=["size"])
    return engagement
