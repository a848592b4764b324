"""The operations on how a plan stands: whose work it is, what is late, how each step is. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.web.doors import ActorRequest
from handfast.kernel.quantity import rounded
from handfast.transition.actions import lift_rag, override_rag
from handfast.transition.api.standing_schemas import SaidIn, SaidOut, StatusOut, WorkOut
from handfast.transition.models import StepStatus
from handfast.transition.queries.plans import plan_seen_by, rows_of, step_seen_by, step_status_seen_by
from handfast.transition.queries.sides import is_internal
from handfast.transition.queries.standing import StepStanding, standing_of
from handfast.transition.queries.told import today_in
from handfast.transition.queries.working import Work, waiting_for, work_of

router = Router(tags=["transition"])
STATUS = "/engagements/{uuid:engagement}/status"


@router.get("/work", response=WorkOut)
def my_work(request: ActorRequest) -> dict[str, Any]:
    """What is the caller's over all engagements and begins within two weeks, and what waits for their answer."""
    waiting = waiting_for(request.actor)
    found = work_of(request.actor, at=request.at)
    return {
        "activities": [_work(one) for one in found],
        "changes": list(waiting.changes),
        "baselines": [one.engagement_id for one in waiting.baselines],
        "freezes": list(waiting.freezes),
        "growths": list(waiting.growths),
    }


@router.get(STATUS, response=StatusOut)
def show_status(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """As of today in the contract's zone; the same for both sides, nothing internal is in it."""
    plan = plan_seen_by(request.actor, engagement)
    found = standing_of(rows_of(plan), on=today_in(plan, request.at))
    return {
        "on": found.on,
        "steps": [_step(one) for one in found.steps],
        "slips": [
            {"activity_id": one.activity.pk, "name": one.activity.name, "kind": one.activity.kind}
            | {"agreed_on": one.agreed_on, "ends_on": one.ends_on, "later_days": one.later_days}
            for one in found.slips
        ],
        "late": [
            {"activity_id": one.activity.pk, "name": one.activity.name, "due_on": one.due_on}
            | {"late_days": one.days, "waits_for": one.waits_for, "why": one.why}
            | {"waits_for_activity_id": one.before.pk if one.before else None}
            for one in found.late
        ],
    }


@router.post(f"{STATUS}/steps/{{uuid:step}}", response={201: SaidOut})
def post_override(request: ActorRequest, engagement: UUID, step: UUID, given: SaidIn) -> Status[StepStatus]:
    """Say another colour than the computed one, until a day."""
    found = step_seen_by(request.actor, engagement, step)
    return Status(201, override_rag(request.actor, found, **given.dict(), at=request.at))


@router.post(f"{STATUS}/said/{{uuid:step_status}}/lifting", response=SaidOut)
def post_lifting(request: ActorRequest, engagement: UUID, step_status: UUID) -> StepStatus:
    """Let the computed colour stand again."""
    found = step_status_seen_by(request.actor, engagement, step_status)
    return lift_rag(request.actor, found, at=request.at)


def _step(one: StepStanding) -> dict[str, Any]:
    facts = one.facts
    return {
        "id": one.step.pk, "key": one.step.key, "name": one.step.name, "wave": one.wave, "rag": one.colour,
        "computed": one.computed.colour, "because": one.computed.because, "agreed_on": one.agreed_on,
        "ends_on": one.ends_on, "later_days": facts.later_days,
        "float_days": str(rounded(facts.float_days, 2, "down")), "overdue": facts.overdue,
        "activities": one.activities, "done": one.done, "said": one.said,
    }  # fmt: skip


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
