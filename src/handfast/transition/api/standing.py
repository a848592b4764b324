"""The operations on how a plan stands: whose work it is. Annotations are values here: ninja reads them."""

from typing import Any

from ninja import Router

from handfast.foundation.web.doors import ActorRequest
from handfast.transition.api.standing_schemas import WorkOut
from handfast.transition.queries.sides import is_internal
from handfast.transition.queries.working import AHEAD, Work, waiting_for, work_of

router = Router(tags=["transition"])


@router.get("/work", response=WorkOut)
def my_work(request: ActorRequest) -> dict[str, Any]:
    """What is the caller's over all engagements and begins within two weeks, and what waits for their answer."""
    waiting = waiting_for(request.actor)
    found = work_of(request.actor, until=request.at + AHEAD)
    return {
        "activities": [_work(one) for one in found],
        "changes": list(waiting.changes),
        "baselines": [one.engagement_id for one in waiting.baselines],
    }


def _work(one: Work) -> dict[str, Any]:
    activity = one.activity
    told = {
        name: getattr(activity, name) for name in ("id", "name", "kind", "lead", "started_on", "remaining")
    }
    return told | {
        "engagement_id": activity.plan.engagement_id,
        "is_internal": is_internal(activity),
        "whose": one.whose,
        "agreed_ends_at": activity.baseline_ends_at,
        "dates": one.dates,
        "seen_as": activity.seen_as,
    }
