"""What stands at the gates of a deal: criteria, words, waivers and decisions, every text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import entered
from handfast.readiness.actions import (
    add_criterion,
    add_gate,
    approve_waiver,
    ask_waiver,
    attest,
    decline_gate,
    decline_waiver,
    drop_criterion,
    fulfil_condition,
    lay_out_gates,
    note_standings,
    open_gate_decision,
    sign_gate,
)
from handfast.readiness.models import GateCondition, GateDecision
from handfast.readiness.reading.said import (
    ConditionSaid,
    CriterionSaid,
    DecisionSaid,
    GateSaid,
    WaiverSaid,
)

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.readiness.models import Criterion, Gate, Waiver

FAR = date(2099, 7, 1)


def gated(deal: Deal) -> None:
    """The gates of the plan, and two by hand that whoever manages the plan signs: one was decided on a condition, one waits."""
    client, at = deal.actor("client"), datetime.now(UTC)
    lay_out_gates(client, deal.engagement, at=at)
    decided, waiting = (_gate(deal, word, at) for word in ("decided", "waiting"))
    _decided(deal, decided, at)
    for number in (1, 2):
        one = _criterion(deal, waiting, f"waiting {number}", at)
        attest(client, one, holds=True, note=f"Because {deal.said('word', str(number))}", at=at)
    asked, other = (_criterion(deal, decided, f"waived {number}", at) for number in (1, 2))
    declined = _waiver(deal, other, "declined", at)
    decline_waiver(deal.actor("provider"), declined, answer=f"Not so {deal.said('waiver answer')}", at=at)
    free = add_criterion(
        client, deal.engagement, gate=decided, at=at, said=CriterionSaid(f"Free {deal.said('free')}", is_blocking=False)
    )  # fmt: skip
    drop_criterion(client, free, at=at)
    no = _opened(deal, waiting, "first", at)
    decline_gate(deal.actor("provider"), no, reason=f"Not yet {deal.said('gate refusal')}", at=at)
    note_standings(worker_in(waiting.space_id), waiting, at=at)
    deal.shared |= {
        "criterion": str(asked.pk),
        "waiver": str(_waiver(deal, asked, "asked", at).pk),
        "gate": str(waiting.pk),
        "decision": str(_opened(deal, waiting, "second", at).pk),
    }
    with entered(client.reach):
        deal.shared["condition"] = str(GateCondition.objects.get(decision__gate=decided, number=1).pk)


def _gate(deal: Deal, word: str, at: datetime) -> Gate:
    said = GateSaid(f"Gate {deal.said('gate', word)}")
    return add_gate(deal.actor("client"), deal.engagement, said=said, at=at)


def _criterion(deal: Deal, gate: Gate, word: str, at: datetime) -> Criterion:
    said = CriterionSaid(f"Asked {deal.said('criterion', word)}")
    return add_criterion(deal.actor("client"), deal.engagement, gate=gate, said=said, at=at)


def _waiver(deal: Deal, criterion: Criterion, word: str, at: datetime) -> Waiver:
    told = (f"{name} {deal.said('waiver', name, word)}" for name in ("Reason", "Risk", "Until"))
    said = WaiverSaid(*told, FAR)  # type: ignore[misc]  # three texts and a day
    return ask_waiver(deal.actor("client"), criterion, said=said, at=at)


def _opened(deal: Deal, gate: Gate, word: str, at: datetime) -> GateDecision:
    said = DecisionSaid("no-go", f"Told {deal.said('gate note', word)}", repeat_on=FAR)
    with entered(deal.actor("client").reach):
        gate.refresh_from_db()
    return open_gate_decision(deal.actor("client"), gate, said=said, at=at)


def _decided(deal: Deal, gate: Gate, at: datetime) -> None:
    """On a condition, after what kept it shut was let go by both."""
    one = _criterion(deal, gate, "let go", at)
    approve_waiver(deal.actor("provider"), _waiver(deal, one, "approved", at), at=at)
    owner = deal.people["provider"].pk
    conditions = tuple(
        ConditionSaid(f"Mend {deal.said('gate condition', word)}", owner, FAR) for word in ("left", "done")
    )
    said = DecisionSaid("conditional", f"Told {deal.said('gate note', 'decided')}", conditions)
    made = open_gate_decision(deal.actor("client"), gate, said=said, at=at)
    for side in ("client", "provider"):
        made = sign_gate(deal.actor(side), made, sha256=made.sha256, at=at)
    assert made.state == GateDecision.State.DECIDED
    with entered(deal.actor("provider").reach):
        done = GateCondition.objects.get(decision=made, number=2)
    fulfil_condition(deal.actor("provider"), done, note=f"Done {deal.said('gate fulfilment')}", at=at)
