"""The operation that changes many activities together. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router

from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import change_together, date_now
from handfast.transition.api.changing import must
from handfast.transition.api.moving_schemas import BulkIn, BulkOut
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.bulk import Wanted, chosen_in, together_of
from handfast.transition.queries.plans import plan_seen_by, rows_of

router = Router(tags=["transition"])


@router.post("/engagements/{uuid:engagement}/activities/together", response=BulkOut)
def post_together(request: ActorRequest, engagement: UUID, given: BulkIn) -> dict[str, Any]:
    """What comes of it, activity by activity; with `is_preview` nothing is changed."""
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "change activities together")
    rows = rows_of(plan)
    wanted = Wanted(given.lead or "", given.owner_id, given.days, given.is_removed)
    together = together_of(
        request.actor, rows, chosen_in(rows, [str(one) for one in given.activity_ids]), wanted
    )
    if not given.is_preview:
        change_together(
            request.actor, plan, together=together, reason=given.reason, at=request.at, as_seen=given.as_seen
        )
        date_now(engagement, at=request.at)
    lines = [
        {"activity_id": one.activity.pk, "outcome": one.outcome, "why": one.why} for one in together.lines
    ]
    return {"said": together.said, "lines": lines}
