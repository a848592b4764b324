"""The operations on gates and criteria. Annotations are values here: ninja reads them."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.readiness.actions import (
    add_criterion,
    add_gate,
    amend_criterion,
    amend_gate,
    decline_gate,
    drop_criterion,
    fulfil_condition,
    lay_out_gates,
    open_gate_decision,
    plan_repeat,
    sign_gate,
    take_up_criterion,
    withdraw_gate_decision,
)
from handfast.readiness.api.attesting import router as attesting
from handfast.readiness.api.relieving import router as relieving
from handfast.readiness.api.schemas import (
    AmendedCriterionIn,
    AmendedGateIn,
    CriterionIn,
    CriterionOut,
    FulfilmentIn,
    GateConditionOut,
    GateDecisionIn,
    GateDecisionOut,
    GateIn,
    GateOut,
    GateRefusalIn,
    GateSigningIn,
    GateWithCriteriaOut,
    JudgedOut,
    ProofOut,
    StillSeenIn,
)
from handfast.readiness.api.steps import router as steps
from handfast.readiness.api.telling import (
    criterion_told,
    decision_told,
    gate_told,
    judged_told,
    whole_gate_told,
)
from handfast.readiness.models import GateCondition
from handfast.readiness.permissions import may_lay_gates, may_plan_repeat
from handfast.readiness.proofs import PROOFS, Proof
from handfast.readiness.queries.gates import (
    clock_of,
    condition_seen_by,
    criterion_seen_by,
    decision_seen_by,
    gate_seen_by,
    today_in,
)
from handfast.readiness.queries.judging import judged_of
from handfast.readiness.queries.readiness import gate_standing, readiness_of
from handfast.readiness.queries.repeating import repeat_effect
from handfast.readiness.reading.said import ConditionSaid, CriterionSaid, DecisionSaid, GateSaid
from handfast.transition.actions import date_now

router = Router(tags=["readiness"])
router.add_router("", attesting)
router.add_router("", relieving)
router.add_router("", steps)
HERE, GATE = "/engagements/{uuid:engagement}", "/gates/{uuid:gate}"
CRITERION, DECISION = "/criteria/{uuid:criterion}", "/decisions/{uuid:decision}"


@router.get(f"{HERE}/proofs", response=list[ProofOut])
def list_proofs(request: ActorRequest, engagement: UUID) -> list[Proof]:
    """The catalogue: what a criterion can ask of evidence, and what both sides mean by it."""
    engagement_seen_by(request.actor, engagement)
    return list(PROOFS.values())


@router.get(f"{HERE}/gates", response=list[GateOut])
def list_gates(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Every gate as it stands."""
    deal = engagement_seen_by(request.actor, engagement)
    return [gate_told(one) for one in readiness_of(request.actor, deal, at=request.at).gates]


@router.post(f"{HERE}/gates", response={201: list[GateOut]})
def post_gates(request: ActorRequest, engagement: UUID) -> Status[list[dict[str, Any]]]:
    """Lay out the default gates over the steps of the plan, once."""
    deal = engagement_seen_by(request.actor, engagement)
    lay_out_gates(request.actor, deal, at=request.at)
    return Status(201, [gate_told(one) for one in readiness_of(request.actor, deal, at=request.at).gates])


@router.post(f"{HERE}/gates/more", response={201: GateOut})
def post_gate(request: ActorRequest, engagement: UUID, given: GateIn) -> Status[dict[str, Any]]:
    """One gate more, after the others."""
    deal = engagement_seen_by(request.actor, engagement)
    made = add_gate(request.actor, deal, said=_gate_said(given), at=request.at)
    return Status(201, gate_told(gate_standing(made, at=request.at)))


@router.put(GATE, response=GateOut)
def put_gate(request: ActorRequest, gate: UUID, given: AmendedGateIn) -> dict[str, Any]:
    """Let it be over other steps, or others sign it."""
    found = gate_seen_by(request.actor, gate)
    made = amend_gate(request.actor, found, said=_gate_said(given), at=request.at, as_seen=given.as_seen)
    return gate_told(gate_standing(made, at=request.at))


@router.get(GATE, response=GateWithCriteriaOut)
def show_gate(request: ActorRequest, gate: UUID) -> dict[str, Any]:
    """A gate with its criteria as they stand now."""
    return whole_gate_told(gate_standing(gate_seen_by(request.actor, gate), at=request.at))


@router.post(f"{GATE}/criteria", response={201: CriterionOut})
def post_criterion(request: ActorRequest, gate: UUID, given: CriterionIn) -> Status[dict[str, Any]]:
    """Ask one thing more of a gate."""
    found = gate_seen_by(request.actor, gate)
    if not may_lay_gates(request.actor, found.engagement):
        raise NotPermitted("criterion added: your role does not include it")
    made = add_criterion(request.actor, found.engagement, gate=found, said=_said(given), at=request.at)
    return Status(201, criterion_told(made))


@router.get(CRITERION, response=JudgedOut)
def show_criterion(request: ActorRequest, criterion: UUID) -> dict[str, Any]:
    """A criterion as it stands now, with what is missing."""
    found = criterion_seen_by(request.actor, criterion)
    deal = found.engagement
    (judged,) = judged_of(deal, [found], at=clock_of(deal, request.at), today=today_in(deal, request.at))
    return judged_told(judged)


@router.put(CRITERION, response=CriterionOut)
def put_criterion(request: ActorRequest, criterion: UUID, given: AmendedCriterionIn) -> dict[str, Any]:
    """Let it say what is sent."""
    found = criterion_seen_by(request.actor, criterion)
    made = amend_criterion(request.actor, found, said=_said(given), at=request.at, as_seen=given.as_seen)
    return criterion_told(made)


@router.post(f"{CRITERION}/drop", response=CriterionOut)
def post_drop(request: ActorRequest, criterion: UUID, given: StillSeenIn) -> dict[str, Any]:
    """It is asked no longer; one that blocks is waived instead."""
    found = criterion_seen_by(request.actor, criterion)
    return criterion_told(drop_criterion(request.actor, found, at=request.at, as_seen=given.as_seen))


@router.post(f"{CRITERION}/return", response=CriterionOut)
def post_criterion_return(request: ActorRequest, criterion: UUID, given: StillSeenIn) -> dict[str, Any]:
    """It is asked again."""
    found = criterion_seen_by(request.actor, criterion)
    return criterion_told(take_up_criterion(request.actor, found, at=request.at, as_seen=given.as_seen))


@router.post(f"{GATE}/decisions", response={201: GateDecisionOut})
def post_gate_decision(request: ActorRequest, gate: UUID, given: GateDecisionIn) -> Status[dict[str, Any]]:
    """Freeze the evidence of a gate and propose what is decided over it."""
    conditions = tuple(ConditionSaid(one.text, one.owner_id, one.due_on) for one in given.conditions)
    said = DecisionSaid(given.outcome, given.note, conditions, given.repeat_on)
    found = gate_seen_by(request.actor, gate)
    made = open_gate_decision(request.actor, found, said=said, at=request.at, as_seen=given.as_seen)
    return Status(201, decision_told(made))


@router.get(f"{DECISION}/snapshot")
def show_snapshot(request: ActorRequest, decision: UUID) -> HttpResponse:
    """The frozen evidence, letter by letter: its SHA-256 is what is signed."""
    found = decision_seen_by(request.actor, decision)
    return HttpResponse(found.snapshot, content_type="application/json; charset=utf-8")


@router.post(f"{DECISION}/signature", response=GateDecisionOut)
def post_gate_signature(request: ActorRequest, decision: UUID, given: GateSigningIn) -> dict[str, Any]:
    """Sign the frozen evidence for the own side."""
    found = decision_seen_by(request.actor, decision)
    return decision_told(sign_gate(request.actor, found, sha256=given.sha256, at=request.at))


@router.post(f"{DECISION}/refusal", response=GateDecisionOut)
def post_gate_refusal(request: ActorRequest, decision: UUID, given: GateRefusalIn) -> dict[str, Any]:
    """Say why the own side does not sign."""
    found = decision_seen_by(request.actor, decision)
    return decision_told(decline_gate(request.actor, found, reason=given.reason, at=request.at))


@router.post(f"{DECISION}/withdrawal", response=GateDecisionOut)
def post_gate_withdrawal(request: ActorRequest, decision: UUID) -> dict[str, Any]:
    """Take back what is being signed."""
    found = decision_seen_by(request.actor, decision)
    return decision_told(withdraw_gate_decision(request.actor, found, at=request.at))


@router.post(f"{DECISION}/repeat", response=GateDecisionOut)
def post_gate_repeat(request: ActorRequest, decision: UUID) -> dict[str, Any]:
    """Put the next try of a no-go into the plan, or propose it to the other side where it moves that too."""
    found = decision_seen_by(request.actor, decision)
    if not may_plan_repeat(request.actor, found):
        raise NotPermitted("gate decision planned: your role does not manage the plan")
    made = plan_repeat(request.actor, found, effect=repeat_effect(found), at=request.at)
    date_now(made.gate.engagement_id, at=request.at)
    return decision_told(made)


@router.post("/conditions/{uuid:condition}/fulfilment", response=GateConditionOut)
def post_fulfilment(request: ActorRequest, condition: UUID, given: FulfilmentIn) -> GateCondition:
    """Say what was done about a condition."""
    found = condition_seen_by(request.actor, condition)
    return fulfil_condition(request.actor, found, note=given.note, at=request.at, as_seen=given.as_seen)


def _gate_said(given: GateIn) -> GateSaid:
    roles = (tuple(given.client_roles), tuple(given.provider_roles))
    return GateSaid(given.name, tuple(given.step_keys), *roles, given.agreed_id)


def _said(given: CriterionIn) -> CriterionSaid:
    return CriterionSaid(**{one.name: getattr(given, one.name) for one in fields(CriterionSaid)})
