"""What every answer to a proposal of the contract holds to: its reason, who gave it, and when one side may act alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from handfast.contract.models import AgreedMilestone, TermsVersion
from handfast.contract.queries.parties import sides_of
from handfast.contract.refusals import DeclinedWithoutReason, OtherSideAnswers
from handfast.foundation.refusals import FieldsRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

LONGEST_REASON = 4_000
Proposal = TypeVar("Proposal", AgreedMilestone, TermsVersion)


def checked_reason(reason: str) -> str:
    """Why it is declined. Raises DeclinedWithoutReason, FieldsRefused."""
    said = reason.strip()
    if not said:
        raise DeclinedWithoutReason("declining needs its reason", [("reason", "say what should be changed")])
    if len(said) > LONGEST_REASON or "\x00" in said:
        raise FieldsRefused(
            "the reason cannot be kept", [("reason", f"plain text, at most {LONGEST_REASON:,} characters")]
        )
    return said


def check_alone(actor: Actor, engagement: UUID) -> None:
    """One side acts alone only while nobody of the other one is in the system. Raises OtherSideAnswers."""
    sides = sides_of(engagement)
    other = sides.other_side(actor.organisation)
    if sides.is_in_the_system(other):
        raise OtherSideAnswers(f"{sides.names.get(other, other)} is here and can answer: wait for it")


def answered(actor: Actor, proposal: Proposal, state: str, at: datetime) -> Proposal:
    """Keep the answer, and whose it is."""
    proposal.state = state
    proposal.answered_at = at
    proposal.answered_by_id, proposal.answered_for_id = actor.person, actor.organisation
    proposal.save(update_fields=["state", "reason", "answered_at", "answered_by_id", "answered_for_id"])
    return proposal
