"""What was asked to be signed, by whom, and where a document stands by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.evidence.models import Document, Signature, SignOff
from handfast.evidence.permissions import signable_by
from handfast.evidence.reading.asked import sides_of
from handfast.evidence.refusals import SignOffStands
from handfast.foundation.models import Space
from handfast.foundation.sight import the_one
from handfast.people.models import Membership
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.evidence.models import DocumentVersion
    from handfast.foundation.actor import Actor

# The kinds of rows in the outbox that a later room does.
ASKED = "evidence.sign_off_asked"
ANSWERED = "evidence.signature_answered"
STATE = Signature.State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands: how many of its roles signed, wait and declined."""

    number: int
    signed: int = 0
    waiting: int = 0
    declined: int = 0

    @property
    def asked(self) -> int:
        return self.signed + self.waiting + self.declined

    @property
    def is_signed(self) -> bool:
        """Whether all who were asked have signed."""
        return self.signed > 0 and self.signed == self.asked


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a document stands: its newest version, and the newest one that all who were asked have signed."""

    newest: Standing
    signed_number: int = 0

    @property
    def is_outdated(self) -> bool:
        """Whether what was signed is no longer the newest."""
        return 0 < self.signed_number < self.newest.number


def signatures_seen_by(actor: Actor, document: UUID) -> QuerySet[Signature]:
    """All that was asked of a document, of the newest version first, the earliest asked first."""
    rows = Signature.objects.filter(document_version__document_id=document, space_id__in=actor.reach.reads)
    rows = rows.select_related("sign_off", "document_version").defer("document_version__text")
    return rows.order_by("-document_version__number", "sign_off__asked_at", "side", "role", "id")


def signature_seen_by(actor: Actor, signature: UUID) -> Signature:
    """One of them with the text that is signed. Raises NotSeen."""
    rows = Signature.objects.filter(pk=signature, space_id__in=actor.reach.reads)
    found: Signature = the_one(
        rows.select_related(
            "sign_off", "document_version__document__engagement", "document_version__file", "space"
        )
    )
    return found


def sign_off_seen_by(actor: Actor, sign_off: UUID) -> SignOff:
    """One request. Raises NotSeen."""
    rows = SignOff.objects.filter(pk=sign_off, space_id__in=actor.reach.reads)
    found: SignOff = the_one(rows.select_related("document_version__document__engagement"))
    return found


def waiting_signatures(actor: Actor, engagements: Sequence[UUID]) -> QuerySet[Signature]:
    """What waits for the actor's own signature, the nearest day first."""
    rows = Signature.objects.filter(
        signable_by(actor), space_id__in=actor.reach.writes, engagement_id__in=list(engagements), state=STATE.WAITING
    )  # fmt: skip
    return rows.order_by("sign_off__due_on", "sign_off__asked_at", "side", "role", "id")


def to_sign(actor: Actor, engagement: UUID) -> QuerySet[Signature]:
    """The same in one engagement, with what it is about."""
    rows = waiting_signatures(actor, [engagement])
    related = rows.select_related("sign_off", "document_version__document__engagement")
    return related.defer("document_version__text", "document_version__document__text")


def standings_of(actor: Actor, documents: Iterable[Document]) -> dict[UUID, Signing]:
    """Where each of these documents stands, in one question; of a role that was asked again its last answer counts."""
    known = {one.pk: one for one in documents}
    rows = Signature.objects.filter(
        document_version__document_id__in=list(known), space_id__in=actor.reach.reads
    ).exclude(state=STATE.WITHDRAWN)
    told = rows.order_by("sign_off__asked_at").values_list(
        "document_version__document_id", "document_version__number", "side", "role", "state"
    )
    last: dict[UUID, dict[int, dict[tuple[str, str], str]]] = defaultdict(lambda: defaultdict(dict))
    for document, number, side, role, state in told:
        last[document][number][side, role] = state
    return {key: _signing(one.last_number, last[key]) for key, one in known.items()}


def _signing(newest: int, versions: dict[int, dict[tuple[str, str], str]]) -> Signing:
    known = {number: _standing(number, list(roles.values())) for number, roles in versions.items()}
    signed = max((number for number, one in known.items() if one.is_signed), default=0)
    return Signing(known.get(newest, Standing(newest)), signed)


def _standing(number: int, states: list[str]) -> Standing:
    return Standing(
        number, states.count(STATE.SIGNED), states.count(STATE.WAITING), states.count(STATE.DECLINED)
    )


def sides_that_see(version: DocumentVersion) -> tuple[str, ...]:
    """Of what one side keeps for itself that side; else both."""
    if version.space.kind != Space.Kind.INTERNAL:
        return sides_of(None)
    member = Membership.objects.filter(
        engagement_id__in=[version.space.engagement_id], organisation_id__in=[version.space.organisation_id]
    ).first()
    return sides_of(member.side if member else None)


def check_asked_once(version: DocumentVersion, roles: Iterable[tuple[str, str]]) -> None:
    """Refuse a role that waits or has signed already. Raises SignOffStands."""
    stands = set(
        Signature.objects.filter(
            document_version=version, state__in=(STATE.WAITING, STATE.SIGNED)
        ).values_list("side", "role")
    )
    if twice := [ROLES[role].name for side, role in roles if (side, role) in stands]:
        raise SignOffStands(
            f"{', '.join(twice)}: asked already for version {version.number}, and stands once"
        )


def signing_ids(actor: Actor, document: UUID) -> list[UUID]:
    """The requests and signatures of a document, whose lines of the journal belong to its history."""
    rows = Signature.objects.filter(document_version__document_id=document, space_id__in=actor.reach.reads)
    found = rows.values_list("pk", "sign_off_id")
    return list({one for pair in found for one in pair})
