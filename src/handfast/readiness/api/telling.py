"""Gates and criteria as the operations tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.readiness.queries.gates import decisions_of

if TYPE_CHECKING:
    from handfast.readiness.models import Criterion, GateDecision
    from handfast.readiness.queries.judging import Judged
    from handfast.readiness.queries.readiness import GateStanding

NAMES = (
    "gate_id", "number", "name", "text", "step_key", "proof", "compare", "needs", "unit", "is_blocking", "attests_side",
    "attests_role", "owner_id", "due_on", "expected_on", "fresh_days", "dropped_at", "seen_as",
)  # fmt: skip


def criterion_told(one: Criterion) -> dict[str, Any]:
    return {name: getattr(one, name) for name in NAMES} | {"id": one.pk}


def judged_told(one: Judged) -> dict[str, Any]:
    if one.waiver is not None:
        one.waiver.criterion = one.criterion
    return criterion_told(one.criterion) | {
        "standing": one.standing,
        "measured": None if one.measured is None else str(one.measured),
        "said": one.said,
        "evidence_at": one.as_of_at,
        "lacking": [{"said": each.said, "id": each.id} for each in one.lacking],
        "waiver": one.waiver,
    }


def gate_told(standing: GateStanding) -> dict[str, Any]:
    gate = standing.gate
    names = ("number", "name", "step_keys", "client_roles", "provider_roles", "state", "seen_as")
    return {name: getattr(gate, name) for name in names} | {
        "id": gate.pk,
        "is_ready": standing.is_ready,
        "blocking": len(standing.blocking),
    }


def whole_gate_told(standing: GateStanding) -> dict[str, Any]:
    return gate_told(standing) | {
        "criteria": [judged_told(one) for one in standing.judged],
        "decisions": [decision_told(one) for one in decisions_of(standing.gate)],
    }


def decision_told(one: GateDecision) -> dict[str, Any]:
    names = (
        "number", "outcome", "note", "repeat_on", "sha256", "state", "opened_at", "ended_at", "reason",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk,
        "signatures": list(one.signatures.all()),
        "conditions": list(one.conditions.all()),
    }
