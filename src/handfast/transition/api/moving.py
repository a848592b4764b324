"""The operations that tell what a change would move, and that take one back. Annotations are values: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import date_now, undo_change
from handfast.transition.api.changing import changes_in, must
from handfast.transition.api.moving_schemas import EffectOut, LastChangeOut
from handfast.transition.api.schemas import ChangesIn
from handfast.transition.models import LastChange
from handfast.transition.permissions import may_propose_change
from handfast.transition.queries.effects import amended, effect_of
from handfast.transition.queries.plans import (
    activity_seen_by,
    last_change_seen_by,
    last_changes_seen_by,
    plan_seen_by,
)
from handfast.transition.queries.sides import is_internal, is_moved_alone

router = Router(tags=["transition"])


@router.post("/activities/{uuid:activity}/effect", response=EffectOut)
def post_effect(request: ActorRequest, activity: UUID, given: ChangesIn) -> dict[str, Any]:
    """What new values would move, and whether they must be proposed; nothing is changed."""
    found = activity_seen_by(request.actor, activity)
    must(is_internal(found) or may_propose_change(request.actor, found), "change the plan")
    effect = effect_of(found.plan.engagement_id, amended(found.pk, changes_in(found, given)))
    is_proposed = not is_moved_alone(request.actor, found, effect, lead=given.lead or "")
    return {"version": effect.version, "is_proposed": is_proposed, "moves": effect.moves, "own": effect.own}


@router.get("/engagements/{uuid:engagement}/last-changes", response=list[LastChangeOut])
def list_last_changes(request: ActorRequest, engagement: UUID) -> list[LastChange]:
    """Your own: one of the shared plan, one of your side's own business, as far as there are."""
    return list(last_changes_seen_by(request.actor, plan_seen_by(request.actor, engagement)))


@router.post("/last-changes/{uuid:last}/undoing", response={204: None})
def post_undoing(request: ActorRequest, last: UUID) -> Status[None]:
    """Take it back."""
    found = last_change_seen_by(request.actor, last)
    engagement = found.plan.engagement_id
    undo_change(request.actor, found, at=request.at)
    date_now(engagement, at=request.at)
    return Status(204, None)
