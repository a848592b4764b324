"""A gate as it is frozen for signing: every criterion with what it needs, what was measured, and by whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.readiness.reading.snapshot import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from handfast.readiness.models import Gate
    from handfast.readiness.queries.judging import Judged
    from handfast.readiness.queries.readiness import GateStanding
    from handfast.readiness.reading.said import DecisionSaid


def frozen_gate(standing: GateStanding, said: DecisionSaid, *, at: datetime) -> str:
    """The text that both sides sign."""
    gate = standing.gate
    decision = {
        "outcome": said.outcome,
        "note": said.note,
        "opened_at": at.isoformat(),
        "repeat_on": _day(said.repeat_on),
        "conditions": [
            {"text": one.text, "owner": str(one.owner_id), "due_on": one.due_on.isoformat()}
            for one in said.conditions
        ],
        "releases": _releases(gate) if said.outcome != "no-go" else None,
    }
    told = {"number": gate.number, "name": gate.name, "steps": list(gate.step_keys)}
    return snapshot_of(told, decision, list(_criteria(standing.judged)))


def _criteria(judged: Iterable[Judged]) -> Iterable[dict[str, Any]]:
    for one in judged:
        kept, word, waiver = one.criterion, one.attestation, one.waiver
        yield {
            "number": kept.number,
            "text": kept.text,
            "step": kept.step_key,
            "proof": kept.proof,
            "compare": kept.compare,
            "needs": f"{kept.needs:f}",
            "unit": kept.unit,
            "blocking": kept.is_blocking,
            "standing": one.standing,
            "measured": None if one.measured is None else f"{one.measured}",
            "said": one.said,
            "evidence_at": one.as_of_at.isoformat() if one.as_of_at else None,
            "attested_by": str(word.attested_by_id) if word else None,
            "waiver": waiver.name if waiver and one.standing == "waived" else None,
        }


def _releases(gate: Gate) -> dict[str, str] | None:
    """What the contract pays once the gate is passed."""
    agreed = gate.agreed
    if agreed is None or agreed.payment is None or not agreed.is_in_force:
        return None
    return {
        "milestone": str(agreed.number),
        "payment": f"{agreed.payment:f}",
        "currency": agreed.currency,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
