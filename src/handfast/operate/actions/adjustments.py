"""Propose an adjustment, and answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.operate.models import Adjustment
from handfast.operate.permissions import (
    may_answer_adjustment,
    may_propose_adjustment,
    may_withdraw_adjustment,
)
from handfast.operate.queries.adjusting import refuse_own_keys
from handfast.operate.refusals import AdjustmentAnswered, ReasonMissing

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor

State = Adjustment.State


@action(permits=may_propose_adjustment, records="adjustment.proposed")
def propose_adjustment(
    actor: Actor, agreement: Agreement, /, *, side: str, said: dict[str, Any], at: datetime
) -> Adjustment:
    """Propose what `said` says; it was parsed under the terms before (`queries.adjusting`)."""
    refuse_own_keys(said)
    last = Adjustment.objects.filter(agreement=agreement).order_by("number").last()
    adjustment: Adjustment = Adjustment.objects.create(
        space_id=agreement.space_id,
        agreement=agreement,
        number=last.number + 1 if last else 1,
        said=said,
        proposed_at=at,
        proposed_by_id=actor.person,
        proposed_for_id=actor.organisation,
        proposed_side=side,
    )
    later("operate.adjustment_proposed", adjustment, due_at=at, actor=actor)
    return adjustment


@action(permits=may_answer_adjustment, records="adjustment.accepted")
def accept_adjustment(actor: Actor, adjustment: Adjustment, /, *, at: datetime) -> Adjustment:
    """Accept it: from now on it changes what is computed; agreed months stay as they are."""
    later("operate.adjustment_accepted", adjustment, due_at=at, actor=actor)
    return _answered(actor, adjustment, State.ACCEPTED, "", at)


@action(permits=may_answer_adjustment, records="adjustment.declined")
def decline_adjustment(actor: Actor, adjustment: Adjustment, /, *, reason: str, at: datetime) -> Adjustment:
    """Decline it, with the reason. Raises ReasonMissing, AdjustmentAnswered."""
    if not reason.strip():
        raise ReasonMissing("declining needs its reason", [("reason", "say why it is not accepted")])
    later("operate.adjustment_declined", adjustment, due_at=at, actor=actor)
    return _answered(actor, adjustment, State.DECLINED, reason.strip(), at)


@action(permits=may_withdraw_adjustment, records="adjustment.withdrawn")
def withdraw_adjustment(actor: Actor, adjustment: Adjustment, /, *, at: datetime) -> Adjustment:
    """Take back what was proposed and not answered."""
    return _answered(actor, adjustment, State.WITHDRAWN, "", at)


def _answered(actor: Actor, adjustment: Adjustment, state: str, answer: str, at: datetime) -> Adjustment:
    if adjustment.state != State.PROPOSED:
        raise AdjustmentAnswered(
            f"{adjustment.name} is {adjustment.get_state_display()}: it is answered once"
        )
    adjustment.state, adjustment.answer = state, answer
    adjustment.answered_at, adjustment.answered_by_id = at, actor.person
    adjustment.save(update_fields=["state", "answer", "answered_at", "answered_by_id"])
    return adjustment
