"""The next try of a no-go in the plan: the activity that it moves, and what that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.readiness.models import GateDecision
from handfast.readiness.refusals import GateDecided
from handfast.transition.models import Activity
from handfast.transition.queries.effects import amended, effect_of

if TYPE_CHECKING:
    from datetime import date

    from handfast.transition.queries.effects import Effect

Outcome, State = GateDecision.Outcome, GateDecision.State


def is_repeatable(decision: GateDecision) -> bool:
    """Whether it is a no-go that both signed, that still stands, and whose gate has a place in the plan."""
    is_no = decision.state == State.DECIDED and decision.outcome == Outcome.NO_GO
    return is_no and decision.gate.state == Outcome.NO_GO and decision.gate.activity_id is not None


def activity_of_gate(decision: GateDecision) -> Activity:
    """What dates the gate in the plan. Raises GateDecided where there is no next try to plan."""
    gate = decision.gate
    rows = Activity.objects.filter(pk=gate.activity_id, space_id=gate.space_id, removed_at__isnull=True)
    found: Activity | None = (
        rows.select_related("plan__engagement").first() if is_repeatable(decision) else None
    )
    if found is None:
        raise GateDecided(
            "only a no-go that still stands, of a gate with a place in the plan, has a next try to plan"
        )
    return found


def repeat_changes(decision: GateDecision) -> dict[str, date | None]:
    """The values that the activity gets."""
    return {"not_before_on": decision.repeat_on}


def repeat_effect(decision: GateDecision) -> Effect:
    """What the next try moves; before the verb, since it is a schedule of its own. Raises GateDecided."""
    activity = activity_of_gate(decision)
    return effect_of(decision.gate.engagement_id, amended(activity.pk, repeat_changes(decision)))
