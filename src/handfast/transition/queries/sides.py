"""Which side somebody acts for in a plan, and what that side moves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.transition.permissions import is_alone, may_amend_activity
from handfast.transition.refusals import NeedsAcceptance

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.effects import Effect


def side_of(actor: Actor, plan: Plan) -> str:
    """The actor's side; empty for somebody of neither."""
    mine = party_of(plan.engagement, actor.organisation)
    return mine.side if mine is not None else ""


def is_internal(activity: Activity) -> bool:
    """Whether it is one side's own business."""
    return activity.space_id != activity.plan.space_id


def leads_alone(actor: Actor, activity: Activity) -> bool:
    """Whether the actor's side leads an activity, without the other."""
    plan = activity.plan
    return is_internal(activity) or is_alone(plan) or activity.lead in (side_of(actor, plan), "either")


def moves_alone(actor: Actor, plan: Plan, effect: Effect) -> bool:
    """Whether what moves is nothing that the other side must accept."""
    return is_alone(plan) or not effect.needs_acceptance(side_of(actor, plan))


def is_moved_alone(actor: Actor, activity: Activity, effect: Effect, *, lead: str = "") -> bool:
    """Whether the actor makes a change at once; otherwise it is proposed. `lead` is who leads it afterwards."""
    if not may_amend_activity(actor, activity):
        return False
    is_kept = lead in ("", "either", side_of(actor, activity.plan)) or is_alone(activity.plan)
    is_free = is_kept and leads_alone(actor, activity) and moves_alone(actor, activity.plan, effect)
    return is_internal(activity) or is_free


def check_moves_alone(actor: Actor, activity: Activity, effect: Effect) -> None:
    """What is internal is its side's own business. What is shared may move nothing that the other side must accept.

    Raises NeedsAcceptance.
    """
    if is_internal(activity):
        return
    if not leads_alone(actor, activity) or not moves_alone(actor, activity.plan, effect):
        raise NeedsAcceptance("this moves what the other side must accept: propose it, with the reason")
