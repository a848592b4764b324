"""Entries as they are seen: both sides' and the own one's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import F, Max, Q

from handfast.engagement.queries import party_of
from handfast.foundation.models import Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.governance.models import RegisterEntry
from handfast.governance.registers import REGISTERS
from handfast.kernel.worktime.zones import zone_named
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.registers import Register

NUMBER = re.compile(r"([A-Za-z]{1,4})-(own-)?([0-9]{1,9})")


def register_named(key: str) -> Register:
    """A register by the word in an address. Raises NotSeen."""
    if key not in REGISTERS:
        raise NotSeen
    return REGISTERS[key]


def register_seen_by(actor: Actor, deal: Engagement, key: str) -> Register:
    """The same, unless it is the other side's own. Raises NotSeen."""
    found = register_named(key)
    if not is_register_of(actor, deal, found):
        raise NotSeen
    return found


def is_register_of(actor: Actor, deal: Engagement, register: Register) -> bool:
    """Whether the actor's side keeps it: of one side's own the other sees nothing, not even that it is empty."""
    if not register.side:
        return True
    mine = party_of(deal, actor.organisation)
    return mine is not None and mine.side == register.side


def entries_seen_by(actor: Actor, engagement: UUID, register: Register) -> QuerySet[RegisterEntry]:
    """All of a register that the actor reads, the newest first."""
    rows = RegisterEntry.objects.filter(engagement_id=engagement, register=register.key)
    return rows.filter(space_id__in=actor.reach.reads).select_related("engagement")


def entry_seen_by(actor: Actor, item: UUID) -> RegisterEntry:
    """One entry of any register. Raises NotSeen."""
    rows = RegisterEntry.objects.filter(pk=item, space_id__in=actor.reach.reads)
    found: RegisterEntry = the_one(rows.select_related("engagement", "space"))
    return found


def numbered(text: str) -> Q:
    """`I-12` is the entry of that number, `I-own-3` one that the own side keeps for itself; of no entry where it is none."""
    told = NUMBER.fullmatch(text)
    register = next((one.key for one in REGISTERS.values() if told and one.prefix == told[1].upper()), None)
    if told is None or register is None:
        return Q(pk__in=())
    is_shared = Q(space_id=F("engagement__space_id"))
    return Q(register=register, number=int(told[3])) & (~is_shared if told[2] else is_shared)


def owned_and_due(actor: Actor, engagements: Sequence[UUID], *, before: date) -> QuerySet[RegisterEntry]:
    """What the actor owns by name, is not done, and is late or due before a day."""
    return RegisterEntry.objects.filter(
        space_id__in=actor.reach.reads,
        engagement_id__in=engagements,
        owner_id=actor.person,
        owner_id__isnull=False,
        is_done=False,
        due_on__lt=before,
    )


def space_to_write_in(actor: Actor, deal: Engagement, *, is_internal: bool) -> Space:
    """The own side's space, or the one that both share. Raises NotSeen."""
    if is_internal:
        return own_space_of(actor, deal.pk)
    found: Space = the_one(Space.objects.filter(pk=deal.space_id, pk__in=actor.reach.reads))
    return found


def today_in(deal: Engagement, at: datetime) -> date:
    """The day by which an entry is late, in the contract's zone; a sample stays at the day of its newest entry."""
    return todays_in([deal], at)[deal.pk]


def todays_in(deals: Sequence[Engagement], at: datetime) -> dict[UUID, date]:
    """The same of several, in one question for all samples: their newest shared entry tells both sides one day."""
    newest: dict[UUID, datetime] = {}
    if samples := [one.space_id for one in deals if one.is_sample]:
        rows = RegisterEntry.objects.filter(space_id__in=samples).order_by()
        newest = dict(rows.values_list("space_id").annotate(newest=Max("created_at")))
    return {
        one.pk: min(at, newest.get(one.space_id, at)).astimezone(zone_named(one.zone)).date() for one in deals
    }
