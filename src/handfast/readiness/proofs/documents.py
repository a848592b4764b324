"""Proofs over documents and deliverables that both sides see."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.evidence.models import Document, Signature
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Lack, Measured, proof
from handfast.transition.models import Deliverable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

DOCUMENT, DELIVERABLE = "evidence:document", "transition:deliverable"
SIGNED = Signature.State.SIGNED


@proof("Procedures signed", unit="share", evidence="Documents", page="evidence:documents")
def procedures_signed_share(asked: Asked) -> Measured:
    """Operating procedures whose newest version was signed by every role that was asked, over all operating procedures."""
    return _signed(asked, Document.Kind.PROCEDURE)


@proof("Service guides signed", unit="share", evidence="Documents", page="evidence:documents")
def guides_signed_share(asked: Asked) -> Measured:
    """Service guides whose newest version was signed by every role that was asked, over all service guides."""
    return _signed(asked, Document.Kind.GUIDE)


@proof("Deliverables accepted", unit="share", evidence="Deliverables", page="transition:deliverables")
def deliverables_accepted_share(asked: Asked) -> Measured:
    """Deliverables that are accepted, or deemed so, over all that are due by today and were not withdrawn."""
    rows = Deliverable.objects.filter(engagement=asked.deal, space_id=asked.deal.space_id)
    every = [
        one
        for one in rows.exclude(state=Deliverable.State.WITHDRAWN).defer("text")
        if one.due_on <= asked.today
    ]
    if not every:
        return Measured(None, "none is due yet")
    good = (Deliverable.State.ACCEPTED, Deliverable.State.DEEMED)
    left = [one for one in every if one.state_at(asked.at) not in good]
    done = len(every) - len(left)
    lacking = tuple(Lack(f"{one.name}, {one.title}", DELIVERABLE, one.pk) for one in left[:MOST_LACKING])
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", None, lacking)


def _signed(asked: Asked, kind: str) -> Measured:
    rows = Document.objects.filter(engagement=asked.deal, space_id=asked.deal.space_id, kind=kind)
    every = list(rows.defer("text").order_by("number"))
    if not every:
        return Measured(None, "none is written yet")
    signed = _newest_signed(asked, every)
    left = [one for one in every if one.pk not in signed]
    lacking = tuple(Lack(f"DOC-{one.number}, {one.title}", DOCUMENT, one.pk) for one in left[:MOST_LACKING])
    done = len(signed)
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", None, lacking)


def _newest_signed(asked: Asked, documents: Sequence[Document]) -> set[UUID]:
    """Whose newest version was asked to be signed, and by all who were asked; of a role asked again the last answer counts."""
    newest = {one.pk: one.last_number for one in documents}
    rows = Signature.objects.filter(
        engagement=asked.deal, space_id=asked.deal.space_id, document_version__document_id__in=list(newest)
    ).exclude(state=Signature.State.WITHDRAWN)
    told = rows.order_by("sign_off__asked_at").values_list(
        "document_version__document_id", "document_version__number", "side", "role", "state"
    )
    last: dict[UUID, dict[tuple[str, str], str]] = {}
    for document, number, side, role, state in told:
        if number == newest[document]:
            last.setdefault(document, {})[side, role] = state
    return {key for key, states in last.items() if set(states.values()) == {SIGNED}}
