"""The operation that takes rows of a spreadsheet. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router

from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import add_own_rows, date_now, save_sheet
from handfast.transition.api.changing import must
from handfast.transition.api.sheet_schemas import SheetIn, SheetOut
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.plans import plan_seen_by
from handfast.transition.queries.sheets import read_sheet
from handfast.transition.reading.tables import read_pasted

router = Router(tags=["transition"])


@router.post("/engagements/{uuid:engagement}/activities/sheet", response=SheetOut)
def post_sheet(request: ActorRequest, engagement: UUID, given: SheetIn) -> dict[str, Any]:
    """What comes of each row of a table as CSV; with `is_preview` nothing is changed.

    Rows that are refused stay out; everything else is saved together.
    """
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "bring rows in")
    read = read_sheet(request.actor, plan, read_pasted(given.rows), is_internal=given.is_internal)
    if not given.is_preview:
        if given.is_internal:
            add_own_rows(request.actor, read.space, plan=plan, addition=read.addition, at=request.at)
        else:
            save_sheet(
                request.actor, plan, together=read.together, addition=read.addition, effect=read.effect,
                reason=given.reason, at=request.at, as_seen=given.as_seen,
            )  # fmt: skip
        date_now(engagement, at=request.at)
    lines = [
        {
            "row": one.number, "name": one.name, "outcome": one.outcome, "why": one.why, "is_stale": one.is_stale,
            "starts_on": one.starts_on, "ends_on": one.ends_on,
            "differences": [
                {"head": each.head, "before": each.before, "after": each.after} for each in one.differences
            ],
            "faults": [{"head": head, "said": said} for head, said in one.faults],
        }
        for one in read.lines
    ]  # fmt: skip
    return {"said": read.said, "lines": lines}
