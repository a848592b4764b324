"""The operations on the growth of a plan. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import (
    accept_growth,
    date_now,
    decline_growth,
    grow_plan,
    propose_growth,
    withdraw_growth,
)
from handfast.transition.api.changing import must
from handfast.transition.api.growth_schemas import (
    AnswerGrowthIn,
    DeclineGrowthIn,
    GrowIn,
    GrownOut,
    GrowthOut,
    GrowthPreviewOut,
)
from handfast.transition.models import Growth
from handfast.transition.permissions import is_alone, may_answer_growth, may_manage_plan
from handfast.transition.queries.growing import GrowthLine
from handfast.transition.queries.grown import grown_effect, grown_of
from handfast.transition.queries.plans import growth_seen_by, growths_seen_by, plan_seen_by

router = Router(tags=["transition"])
GROWTH, ONE = "/engagements/{uuid:engagement}/plan/growth", "/growths/{uuid:growth}"


@router.get(GROWTH, response=GrowthPreviewOut)
def show_growth(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """What the next larger size would make of the plan, activity by activity, and of the go-live."""
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "let the plan grow")
    grown = grown_of(plan, request.at)
    _, live = grown_effect(plan, grown)
    return {
        "from_size": grown.from_size, "to_size": grown.to_size, "counts": grown.counts, "go_lives": live,
        "lines": [_told(one) for one in grown.lines], "left_apart": grown.left_apart, "seen_as": plan.seen_as,
    }  # fmt: skip


@router.post(GROWTH, response={201: GrownOut})
def post_growth(request: ActorRequest, engagement: UUID, given: GrowIn) -> Status[dict[str, Any]]:
    """At once while the other side is not in the system; else it is proposed."""
    plan = plan_seen_by(request.actor, engagement)
    must(may_manage_plan(request.actor, plan), "let the plan grow")
    grown = grown_of(plan, request.at)
    effect, live = grown_effect(plan, grown)
    made = None
    if is_alone(plan):
        grow_plan(request.actor, plan, grown=grown, effect=effect, at=request.at, as_seen=given.as_seen)
        date_now(engagement, at=request.at)
    else:
        made = propose_growth(
            request.actor, plan, grown=grown, live=live, reason=given.reason, at=request.at, as_seen=given.as_seen
        )  # fmt: skip
    now = plan_seen_by(request.actor, engagement)
    return Status(201, {"size": now.size, "seen_as": now.seen_as, "growth": made})


@router.get(f"{GROWTH}/proposals", response=list[GrowthOut])
def list_growths(request: ActorRequest, engagement: UUID) -> list[Growth]:
    """Every growth that was proposed, the newest first."""
    return list(growths_seen_by(request.actor, plan_seen_by(request.actor, engagement)))


@router.post(f"{ONE}/acceptance", response=GrowthOut)
def post_growth_acceptance(request: ActorRequest, growth: UUID, given: AnswerGrowthIn) -> Growth:
    found = growth_seen_by(request.actor, growth)
    must(may_answer_growth(request.actor, found), "accept a growth")
    engagement = found.plan.engagement_id
    plan = plan_seen_by(request.actor, engagement)
    grown = grown_of(plan, request.at)
    effect, live = grown_effect(plan, grown)
    accept_growth(
        request.actor, found, grown=grown, live=live, effect=effect, at=request.at, as_seen=given.as_seen
    )
    date_now(engagement, at=request.at)
    return growth_seen_by(request.actor, growth)


@router.post(f"{ONE}/refusal", response=GrowthOut)
def post_growth_refusal(request: ActorRequest, growth: UUID, given: DeclineGrowthIn) -> Growth:
    return decline_growth(
        request.actor, growth_seen_by(request.actor, growth), reason=given.reason, at=request.at
    )


@router.post(f"{ONE}/withdrawal", response=GrowthOut)
def post_growth_withdrawal(request: ActorRequest, growth: UUID) -> Growth:
    return withdraw_growth(request.actor, growth_seen_by(request.actor, growth), at=request.at)


def _told(line: GrowthLine) -> dict[str, Any]:
    one = line.was or line.shown
    by = line.will.name if line.what == "becomes" and line.will is not None else ""
    return {
        "wave": line.wave, "what": line.what, "activity_id": line.was.pk if line.was is not None else None,
        "name": one.name, "by": by, "why": line.why,
    }  # fmt: skip
