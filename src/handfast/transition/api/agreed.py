"""The operations on what the contract fixes of the plan. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import date_now, take_in_agreed
from handfast.transition.api.agreed_schemas import AgreedOut, TakeInIn
from handfast.transition.models import Plan
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.agreed import Untaken, untaken_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.promised import Promised, promised_in
from handfast.transition.refusals import ActivityRefused

router = Router(tags=["transition"])
AGREED = "/engagements/{uuid:engagement}/plan/agreed"


@router.get(AGREED, response=AgreedOut)
def show_agreed(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """What the contract fixes, how the plan lies to it, and what is not taken in yet."""
    return _told(plan_seen_by(request.actor, engagement))


@router.post(AGREED, response=AgreedOut)
def post_agreed(request: ActorRequest, engagement: UUID, given: TakeInIn) -> dict[str, Any]:
    """Tie agreed milestones to milestones of the plan, or to new ones."""
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("change the plan: your role does not include it")
    chosen = {one.milestone_id: one.activity_id for one in given.taken}
    if len(chosen) < len(given.taken):
        said = "name each agreed milestone once"
        raise ActivityRefused("an agreed milestone is named twice", [("taken", said)])
    take_in_agreed(request.actor, plan, chosen=chosen, at=request.at, as_seen=given.as_seen)
    date_now(engagement, at=request.at)
    return _told(plan_seen_by(request.actor, engagement))


def _told(plan: Plan) -> dict[str, Any]:
    return {
        "in_plan": [_promised(one) for one in promised_in(rows_of(plan))],
        "not_in_plan": [_untaken(one) for one in untaken_of(plan)],
        "seen_as": plan.seen_as,
    }


def _promised(one: Promised) -> dict[str, Any]:
    said = one.milestone
    return {
        "activity_id": one.activity.pk, "milestone_id": said.pk, "number": said.number, "agreed_on": said.due_on,
        "payment": said.payment, "currency": said.currency, "ends_on": one.ends_on, "later_days": one.later_days,
        "is_reached": one.is_reached, "is_late": one.is_late, "is_in_force": said.is_in_force, "said": one.said,
    }  # fmt: skip


def _untaken(one: Untaken) -> dict[str, Any]:
    said = one.milestone
    return {
        "milestone_id": said.pk, "number": said.number, "name": said.name, "agreed_on": said.due_on,
        "step_key": said.step_key, "former_id": one.former.pk if one.former else None,
        "suggested_id": one.suggested.pk if one.suggested else None,
    }  # fmt: skip
