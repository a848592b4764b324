"""Open a decision of a gate over frozen evidence, sign it, decline it, withdraw it; fulfil a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.people.models import Membership, lasting
from handfast.readiness.models import Gate, GateCondition, GateDecision, GateSignature
from handfast.readiness.permissions import (
    may_fulfil_condition,
    may_open_gate_decision,
    may_sign_gate,
    may_withdraw_gate_decision,
    signing_role,
)
from handfast.readiness.queries.freezing import frozen_gate
from handfast.readiness.queries.gates import today_in
from handfast.readiness.queries.readiness import gate_standing
from handfast.readiness.reading.said import checked_decision, checked_fulfilment, checked_reason
from handfast.readiness.reading.snapshot import digest_of
from handfast.readiness.refusals import EvidenceChanged, GateDecided, GateDecisionRefused, GateNotReady

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.readiness.queries.judging import Judged
    from handfast.readiness.reading.said import ConditionSaid, DecisionSaid

State, Outcome = GateDecision.State, GateDecision.Outcome
GATE_OPENED, GATE_DECIDED = "readiness.gate_opened", "readiness.gate_decided"
GATE_SIGNED_BY_MAIL = "readiness.gate_signed_by_mail"
MOST_NAMED = 3


@action(permits=may_open_gate_decision, records="gate_decision.opened")
def open_gate_decision(
    actor: Actor, gate: Gate, /, *, said: DecisionSaid, at: datetime, as_seen: str | None = None
) -> GateDecision:
    """Freeze the evidence of a gate and propose what is decided over it; both sides sign that.

    Raises GateDecisionRefused, GateNotReady where something blocks and it is no no-go, GateDecided, Conflict.
    """
    if gate.state == Gate.State.SIGNING or gate.is_passed:
        raise GateDecided(f"“{gate.name}” is {gate.get_state_display()}: there is nothing to open")
    checked = checked_decision(said, today_in(gate.engagement, at))
    _check_owners(checked.conditions, gate.engagement_id)
    standing = gate_standing(gate, at=at)
    if checked.outcome != Outcome.NO_GO and not standing.is_ready:
        raise GateNotReady(_shut(gate, standing.blocking))
    snapshot = frozen_gate(standing, checked, at=at)
    last = GateDecision.objects.filter(gate=gate).order_by("number").last()
    made: GateDecision = GateDecision.objects.create(
        space_id=gate.space_id, gate=gate, number=last.number + 1 if last else 1, outcome=checked.outcome,
        note=checked.note, repeat_on=checked.repeat_on, snapshot=snapshot, sha256=digest_of(snapshot),
        opened_at=at, opened_by_id=actor.person, opened_for_id=actor.organisation,
    )  # fmt: skip
    GateCondition.objects.bulk_create(
        GateCondition(
            space_id=gate.space_id, decision=made, number=number, text=one.text, owner_id=one.owner_id,
            due_on=one.due_on,
        )
        for number, one in enumerate(checked.conditions, 1)
    )  # fmt: skip
    _stand(gate, Gate.State.SIGNING, actor, at)
    later(GATE_OPENED, made, due_at=at, actor=actor)
    return made


@action(permits=may_sign_gate, records="gate_decision.signed")
def sign_gate(
    actor: Actor, decision: GateDecision, /, *, sha256: str, at: datetime, is_by_mail: bool = False
) -> GateDecision:
    """Sign the frozen evidence with this digest for the own side; signed by both sides it is decided.

    Where one side is not in the system yet, the other's signature decides. The decision is locked: of two people of a side
    who sign in the same second the second finds it signed. Raises GateDecided, GateDecisionRefused, EvidenceChanged.
    """
    gate = decision.gate
    _check_signing(decision)
    if sha256 != decision.sha256:
        fault = "the evidence that is signed has another digest: read it again"
        raise GateDecisionRefused(f"nothing is signed: sha256: {fault}", [("sha256", fault)])
    mine = party_of(gate.engagement, actor.organisation)
    side = mine.side if mine else ""
    signed = set(GateSignature.objects.filter(decision=decision).values_list("side", flat=True))
    if side in signed:
        raise GateDecided("somebody of your side has signed this already")
    if decision.outcome != Outcome.NO_GO:
        _check_still(gate, at)
    made: GateSignature = GateSignature.objects.create(
        space_id=decision.space_id, decision=decision, side=side, role=signing_role(actor, gate) or "",
        sha256=sha256, is_by_mail=is_by_mail, signed_at=at, signed_by_id=actor.person, signed_for_id=actor.organisation,
    )  # fmt: skip
    if is_by_mail:
        later(GATE_SIGNED_BY_MAIL, made, due_at=at, actor=actor)
    here = {one.side for one in gate.engagement.parties.all() if one.organisation_id is not None}
    if here <= signed | {side}:
        decision.state, decision.ended_at = State.DECIDED, at
        decision.save(update_fields=["state", "ended_at"])
        _stand(gate, decision.outcome, actor, at)
        later(GATE_DECIDED, decision, due_at=at, actor=actor)
    return decision


@action(permits=may_sign_gate, records="gate_decision.declined")
def decline_gate(actor: Actor, decision: GateDecision, /, *, reason: str, at: datetime) -> GateDecision:
    """Say why the own side does not sign; the gate is open again. Raises GateDecided, GateDecisionRefused."""
    _check_signing(decision)
    decision.reason = checked_reason(reason)
    decision.state, decision.ended_at = State.DECLINED, at
    decision.declined_by_id, decision.declined_for_id = actor.person, actor.organisation
    decision.save()
    _stand(decision.gate, Gate.State.OPEN, actor, at)
    later(GATE_DECIDED, decision, due_at=at, actor=actor)
    return decision


@action(permits=may_withdraw_gate_decision, records="gate_decision.withdrawn")
def withdraw_gate_decision(actor: Actor, decision: GateDecision, /, *, at: datetime) -> GateDecision:
    """Take back what is being signed, for instance to freeze newer evidence. Raises GateDecided."""
    _check_signing(decision)
    decision.state, decision.ended_at = State.WITHDRAWN, at
    decision.save(update_fields=["state", "ended_at"])
    _stand(decision.gate, Gate.State.OPEN, actor, at)
    return decision


@action(permits=may_fulfil_condition, records="gate_condition.fulfilled")
def fulfil_condition(
    actor: Actor, condition: GateCondition, /, *, note: str, at: datetime, as_seen: str | None = None
) -> GateCondition:
    """Say what was done about a condition. Raises GateDecided where it was fulfilled, GateDecisionRefused, Conflict."""
    if condition.fulfilled_at is not None or condition.decision.state != State.DECIDED:
        raise GateDecided("this condition is fulfilled already, or its decision does not hold")
    condition.note = checked_fulfilment(note)
    condition.fulfilled_at, condition.fulfilled_by_id = at, actor.person
    condition.save(update_fields=["note", "fulfilled_at", "fulfilled_by_id"])
    return condition


def _check_signing(decision: GateDecision) -> None:
    if decision.state != State.SIGNING:
        raise GateDecided(f"this decision is {decision.get_state_display()}: look at the gate again")


def _check_still(gate: Gate, at: datetime) -> None:
    """What is signed as ready is ready at that moment. Raises EvidenceChanged."""
    standing = gate_standing(gate, at=at)
    if not standing.is_ready:
        raise EvidenceChanged(
            f"{_shut(gate, standing.blocking)}; what was frozen is no longer so: withdraw it and open it anew"
        )


def _shut(gate: Gate, blocking: Sequence[Judged]) -> str:
    if not blocking:
        return f"“{gate.name}” asks for nothing: add a criterion first"
    named = ", ".join(one.criterion.name for one in blocking[:MOST_NAMED])
    more = len(blocking) - MOST_NAMED
    return f"“{gate.name}” is shut by {named}{f' and {more} more' if more > 0 else ''}: neither met nor waived by both"


def _check_owners(conditions: Sequence[ConditionSaid], engagement: UUID) -> None:
    wanted = {one.owner_id for one in conditions}
    rows = Membership.objects.filter(lasting(), engagement_id=engagement, person_id__in=wanted)
    if wanted - set(rows.values_list("person_id", flat=True)):
        fault = "the owner of each is one of the engagement's people"
        raise GateDecisionRefused(
            f"nothing is opened for signing: conditions: {fault}", [("conditions", fault)]
        )


def _stand(gate: Gate, state: str, actor: Actor, at: datetime) -> None:
    gate.state, gate.changed_at, gate.changed_by_id = state, at, actor.person
    gate.version += 1
    gate.save(update_fields=["state", "version", "changed_at", "changed_by_id"])
