"""The operations of agreed milestones."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Status

from handfast.contract.actions import (
    agree_milestone,
    decline_milestone,
    propose_milestone,
    put_milestone_in_force,
    withdraw_milestone,
)
from handfast.contract.api.milestone_schemas import (
    MilestoneDeclinedIn,
    MilestoneIn,
    MilestoneOut,
    MilestoneSeenIn,
)
from handfast.contract.models import AgreedMilestone
from handfast.contract.permissions import may_propose_milestone
from handfast.contract.queries import milestone_seen_by, milestones_seen_by
from handfast.contract.reading.milestones import MilestoneSaid, payment_of
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["contract"])
ALL = "/engagements/{uuid:engagement}/milestones"
ONE = "/milestones/{uuid:milestone}"


@router.get(ALL, response=list[MilestoneOut])
def list_milestones(request: ActorRequest, engagement: UUID) -> list[AgreedMilestone]:
    """All that were ever proposed, by their days."""
    engagement_seen_by(request.actor, engagement)
    return list(milestones_seen_by(request.actor, engagement))


@router.post(ALL, response={201: MilestoneOut})
def post_milestone(request: ActorRequest, engagement: UUID, given: MilestoneIn) -> Status[AgreedMilestone]:
    """Propose a milestone, or another in the place of an agreed one."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_propose_milestone(request.actor, deal):
        raise NotPermitted("milestone proposed: your role does not include it")
    said = MilestoneSaid(given.name, given.due_on, payment_of(given.payment), given.clause, given.step_key)
    replaces = milestone_seen_by(request.actor, given.replaces) if given.replaces else None
    made = propose_milestone(request.actor, deal, said=said, replaces=replaces, at=request.at)
    return Status(201, made)


@router.get(ONE, response=MilestoneOut)
def show_milestone(request: ActorRequest, milestone: UUID) -> AgreedMilestone:
    return milestone_seen_by(request.actor, milestone)


@router.post(f"{ONE}/agreement", response=MilestoneOut)
def post_milestone_consent(request: ActorRequest, milestone: UUID, given: MilestoneSeenIn) -> AgreedMilestone:
    found = milestone_seen_by(request.actor, milestone)
    return agree_milestone(request.actor, found, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/refusal", response=MilestoneOut)
def post_milestone_refusal(
    request: ActorRequest, milestone: UUID, given: MilestoneDeclinedIn
) -> AgreedMilestone:
    found = milestone_seen_by(request.actor, milestone)
    return decline_milestone(request.actor, found, reason=given.reason, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/withdrawal", response=MilestoneOut)
def post_milestone_withdrawal(
    request: ActorRequest, milestone: UUID, given: MilestoneSeenIn
) -> AgreedMilestone:
    found = milestone_seen_by(request.actor, milestone)
    return withdraw_milestone(request.actor, found, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/in-force-alone", response=MilestoneOut)
def post_milestone_alone(request: ActorRequest, milestone: UUID, given: MilestoneSeenIn) -> AgreedMilestone:
    found = milestone_seen_by(request.actor, milestone)
    return put_milestone_in_force(request.actor, found, at=request.at, as_seen=given.as_seen)
