"""Signatures in words: who was asked, who signed, and what the reader can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import names_of_sides
from handfast.evidence.models import Signature
from handfast.evidence.permissions import may_withdraw_sign_off
from handfast.evidence.queries.signing import signatures_seen_by, waiting_signatures
from handfast.foundation.web.instants import both_zones
from handfast.people.queries import GONE, members_seen_by, names_seen_by
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document
    from handfast.foundation.actor import Actor

STATE = Signature.State
GLYPHS = {STATE.WAITING: "open", STATE.SIGNED: "met", STATE.DECLINED: "missed", STATE.WITHDRAWN: "no-data"}


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One role that was asked, in words. `holders` are those who could sign while it waits."""

    signature: Signature
    number: int
    party: str
    role: str
    glyph: str
    who: str
    when: str
    due_on: date | None
    holders: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of which something still waits, that the reader can withdraw."""

    id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """All that was asked of a document, of the newest version first."""

    rows: Sequence[SignatureRow]
    withdrawable: Sequence[Asked]

    def of(self, number: int) -> list[SignatureRow]:
        """Those of one version."""
        return [one for one in self.rows if one.number == number]


def signatures_of(actor: Actor, deal: Engagement, document: Document) -> Signatures:
    """In words, as the reader sees them."""
    found = list(signatures_seen_by(actor, document.pk))
    if not found:
        return Signatures((), ())
    rows = _rows(actor, deal, found)
    waits = {one.sign_off_id: one for one in found if one.state == STATE.WAITING}
    asked = []
    for key, one in waits.items():
        one.document_version.document = document
        one.sign_off.document_version = one.document_version
        if one.space_id in actor.reach.writes and may_withdraw_sign_off(actor, one.sign_off):
            asked.append(Asked(key, one.document_version.number))
    return Signatures(rows, asked)


def _rows(actor: Actor, deal: Engagement, found: Sequence[Signature]) -> list[SignatureRow]:
    parties = names_of_sides(deal)
    zones = [one.zone for one in deal.parties.all()]
    members = list(members_seen_by(actor, deal.pk))
    names = {one.person_id: one.person.name for one in members}
    names |= names_seen_by(actor, {one.answered_by_id for one in found} - names.keys())
    mine = set(waiting_signatures(actor, [deal.pk]).values_list("pk", flat=True))
    return [
        SignatureRow(
            one, one.document_version.number, parties.get(one.side, ""), role_name(one.role), GLYPHS[STATE(one.state)],
            names.get(one.answered_by_id, GONE) if one.answered_by_id else "",
            both_zones(one.answered_at, zones) if one.answered_at else "", one.sign_off.due_on,
            ", ".join(who.person.name for who in members if who.side == one.side and one.role in who.roles), one.pk in mine,
        )
        for one in found
    ]  # fmt: skip


def role_name(key: str) -> str:
    """The role as people call it."""
    return ROLES[key].name if key in ROLES else key
