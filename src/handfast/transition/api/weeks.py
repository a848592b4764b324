"""The operations on the weekly status. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import ask_for_weeks, remark_on_week, stop_weeks
from handfast.transition.api.standing_schemas import ReaderOut, RemarkedOut, RemarkIn, WeekLineOut, WeekOut
from handfast.transition.models import StatusReader, WeeklyStatus
from handfast.transition.queries.plans import plan_seen_by
from handfast.transition.queries.weekly_words import sentence_of_week
from handfast.transition.queries.weeks import own_reader, week_seen_by, weeks_seen_by

router = Router(tags=["transition"])
WEEKS = "/engagements/{uuid:engagement}/weeks"
MOST = 200


@router.get(WEEKS, response=list[WeekLineOut])
def list_weeks(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """The frozen weeks, the latest first."""
    engagement_seen_by(request.actor, engagement)
    return [
        {"id": one.pk, "ends_on": one.ends_on, "said": sentence_of_week(one.body), "digest": one.digest}
        for one in weeks_seen_by(request.actor, engagement)[:MOST]
    ]


@router.get(f"{WEEKS}/{{uuid:week}}", response=WeekOut)
def show_week(request: ActorRequest, engagement: UUID, week: UUID) -> WeeklyStatus:
    """One frozen week; `digest` is the SHA-256 of `body` as canonical JSON (RFC 8785)."""
    engagement_seen_by(request.actor, engagement)
    return week_seen_by(request.actor, engagement, week)


@router.post(f"{WEEKS}/remark", response=RemarkedOut)
def post_remark(request: ActorRequest, engagement: UUID, given: RemarkIn) -> WeeklyStatus:
    """The own side's remark on the week that is not frozen yet; empty takes it back."""
    plan = plan_seen_by(request.actor, engagement)
    return remark_on_week(request.actor, plan, text=given.text, at=request.at)


@router.post(f"{WEEKS}/readers", response={201: ReaderOut})
def post_reader(request: ActorRequest, engagement: UUID) -> Status[StatusReader]:
    """Get each week's status by mail."""
    plan = plan_seen_by(request.actor, engagement)
    return Status(201, ask_for_weeks(request.actor, plan, at=request.at))


@router.post(f"{WEEKS}/readers/removal", response={204: None})
def post_reader_removal(request: ActorRequest, engagement: UUID) -> Status[None]:
    """Get it no more."""
    found = own_reader(request.actor, plan_seen_by(request.actor, engagement))
    stop_weeks(request.actor, found, at=request.at)
    return Status(204, None)
