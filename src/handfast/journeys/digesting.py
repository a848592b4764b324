"""The daily mail: made in the reader's morning from what they may see then; in words without a name or a text of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from handfast.engagement.queries import engagements_seen_by
from handfast.foundation.models import Space
from handfast.foundation.outbox import SENDING, handles
from handfast.foundation.post import send_mail
from handfast.governance.registers import REGISTERS
from handfast.journeys.actions import begin_digest, close_digest
from handfast.journeys.frame import address
from handfast.journeys.queries.digests import tidings_of
from handfast.journeys.queries.readers import read_as
from handfast.journeys.telling import is_mailed_at_once, said_of
from handfast.people.actions.mailing import MAIL_DIGEST, plant_digest
from handfast.people.queries import local_day, memberships_in_force, morning_of

if TYPE_CHECKING:
    from collections import Counter

    from handfast.foundation.actor import Actor
    from handfast.foundation.outbox import Task
    from handfast.journeys.models import Digest
    from handfast.journeys.queries.digests import Tidings
    from handfast.people.models import Membership

WORDS = {
    "changed": ("{n} {things} that you own: new or changed", ""),
    "overdue": ("{n} {things} that you own: overdue since yesterday's mail", "&overdue=1"),
    "comments": ("{n} new {what} about {kind}s that you own, wrote or spoke about", ""),
    "files": ("{n} new {what} beside {kind}s that you own, wrote or spoke about", ""),
}


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of a mail and its link."""

    said: str
    link: str


@handles(MAIL_DIGEST, SENDING)
def mail_digest(task: Task) -> None:
    """Plant tomorrow's first, so that nothing that fails below ends the chain; then send today's, where it is time.

    A row that comes before the person's hour, since they chose another, leaves it to the one that it planted.
    """
    mine = [
        one for one in memberships_in_force(task.subject) if one.organisation_id == task.row.organisation_id
    ]
    if not mine:
        return
    member, now = mine[0], task.now()
    plant_digest(member.person, member.organisation, at=now)
    on = local_day(member.person, now)
    if now < morning_of(member.person, on):
        return
    home = Space.objects.get(pk=task.row.space_id)
    digest = begin_digest(task.actor, home, person=member.person_id, on=on, at=now)
    if digest is None:
        return
    if member.person.is_active and member.person.digest_hour is not None:
        _send(member, digest)
    close_digest(task.actor, digest, at=now)


def _send(member: Membership, digest: Digest) -> None:
    """Nothing, where there is nothing to say."""
    person = member.person
    with read_as(member) as actor:
        deals = list(engagements_seen_by(actor))
        found = tidings_of(actor, digest, deals, lambda kind: is_mailed_at_once(kind, person))
    if not found:
        return
    names = {one.pk: one.name for one in deals}
    parts = [
        (names[key], [_line(actor, one, found[one]) for one in found if one.engagement == key])
        for key in sorted({one.engagement for one in found}, key=lambda key: names[key])
    ]
    link = settings.HANDFAST_ADDRESS + address("people:mail")
    told = {"name": person.name, "organisation": member.organisation.name, "parts": parts, "link": link}
    send_mail(
        person.email,
        f"{_things(found)} for {member.organisation.name} since the last daily mail",
        render_to_string("journeys/mail/digest.txt", told),
        key=f"{MAIL_DIGEST}:{person.pk}:{member.organisation_id}:{digest.told_on}",
        settings_link=link,
    )


def _things(found: Counter[Tidings]) -> str:
    count = found.total()
    return f"{count} thing{'' if count == 1 else 's'}"


def _line(actor: Actor, one: Tidings, count: int) -> DigestLine:
    """`3 issues that you own: new or changed`, and the list of them."""
    if one.what not in WORDS:
        times = f" ({count} times)" if count > 1 else ""
        return DigestLine(
            f"{said_of(one.what)}{times}", settings.HANDFAST_ADDRESS + address("journeys:notices")
        )
    said, asked = WORDS[one.what]
    kept = REGISTERS.get(one.register)
    kind = kept.singular if kept else one.register
    what = one.what if count > 1 else one.what.removesuffix("s")
    things = kind if count == 1 else f"{kind}s"
    where = address("journeys:overview", one.engagement)
    if kept:
        own = f"?owner={actor.person}{asked}" if one.what in ("changed", "overdue") else ""
        where = address("governance:entries", one.engagement, kept.key) + own
    return DigestLine(
        said.format(n=count, things=things, kind=kind, what=what), settings.HANDFAST_ADDRESS + where
    )
