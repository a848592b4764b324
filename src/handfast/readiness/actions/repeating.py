"""Put the next try of a no-go, which both sides signed, into the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.readiness.permissions import may_plan_repeat
from handfast.readiness.queries.repeating import activity_of_gate, repeat_changes
from handfast.transition.actions import amend_activity, propose_change
from handfast.transition.queries.sides import is_moved_alone

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.readiness.models import GateDecision
    from handfast.transition.queries.effects import Effect


@action(permits=may_plan_repeat, records="gate_decision.planned")
def plan_repeat(actor: Actor, decision: GateDecision, /, *, effect: Effect, at: datetime) -> GateDecision:
    """Let the gate's activity begin no earlier than the next try; what moves the other side too is proposed to it.

    `effect` is what that moves. Raises GateDecided where there is no next try to plan, and what a change of the plan raises.
    """
    activity, changes = activity_of_gate(decision), repeat_changes(decision)
    if is_moved_alone(actor, activity, effect):
        amend_activity(actor, activity, changes=changes, effect=effect, at=at)
    else:
        reason = f"The next try of “{decision.gate.name}”, as both sides signed it."
        propose_change(actor, activity, changes=changes, effect=effect, reason=reason, at=at)
    return decision
