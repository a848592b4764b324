"""Add a gate by hand, and amend one: over which steps, who signs, and which payment hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import AgreedMilestone
from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.readiness.models import Gate
from handfast.readiness.permissions import may_keep_gate, may_lay_gates
from handfast.readiness.queries.laying import JUDGE_GATE, place_in_plan, steps_of_plan
from handfast.readiness.reading.said import checked_gate
from handfast.readiness.refusals import GateDecided, GateRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.readiness.reading.said import GateSaid

COLUMNS = ("name", "step_keys", "client_roles", "provider_roles", "activity_id", "agreed")


@action(permits=may_lay_gates, records="gate.added")
def add_gate(actor: Actor, engagement: Engagement, /, *, said: GateSaid, at: datetime) -> Gate:
    """One gate more, after the others; the engagement is locked, so that numbers run in turn. Raises GateRefused."""
    last = Gate.objects.filter(engagement=engagement).order_by("number").last()
    made = Gate(
        space_id=engagement.space_id, engagement=engagement, number=last.number + 1 if last else 1,
        created_at=at, changed_at=at, changed_by_id=actor.person,
    )  # fmt: skip
    _say(made, said)
    made.save(force_insert=True)
    later(JUDGE_GATE, made, due_at=at)
    return made


@action(permits=may_keep_gate, records="gate.amended")
def amend_gate(
    actor: Actor, gate: Gate, /, *, said: GateSaid, at: datetime, as_seen: str | None = None
) -> Gate:
    """Let it be over other steps, or others sign it, while nothing of it is being signed. Raises GateRefused, GateDecided, Conflict."""
    if gate.state == Gate.State.SIGNING:
        raise GateDecided(f"“{gate.name}” is being signed: withdraw the decision first")
    _say(gate, said)
    gate.version += 1
    gate.changed_at, gate.changed_by_id = at, actor.person
    gate.save(update_fields=[*COLUMNS, "version", "changed_at", "changed_by_id"])
    return gate


def _say(gate: Gate, said: GateSaid) -> None:
    checked = checked_gate(said, steps_of_plan(gate.engagement))
    gate.name, gate.step_keys = checked.name, list(checked.step_keys)
    gate.client_roles, gate.provider_roles = list(checked.client_roles), list(checked.provider_roles)
    gate.activity_id = place_in_plan(gate.engagement, checked.step_keys)
    gate.agreed = _agreed(gate, checked.agreed_id)


def _agreed(gate: Gate, wanted: UUID | None) -> AgreedMilestone | None:
    if wanted is None:
        return None
    rows = AgreedMilestone.objects.filter(pk=wanted, engagement_id=gate.engagement_id)
    found: AgreedMilestone | None = rows.first()
    if found is None or not found.is_in_force:
        fault = "choose a milestone of the contract that is in force"
        raise GateRefused(f"the gate is not kept: agreed_id: {fault}", [("agreed_id", fault)])
    return found
