"""The operations on deliverables. Annotations are values here: ninja reads them."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import (
    accept_deliverable,
    agree_to_silence,
    amend_deliverable,
    bring_back_deliverable,
    plan_deliverable,
    reject_deliverable,
    submit_deliverable,
    withdraw_deliverable,
)
from handfast.transition.api.deliverable_schemas import (
    AcceptIn,
    AmendedDeliverableIn,
    DeliverableIn,
    DeliverableOut,
    DeliverableWithRounds,
    HandInIn,
    RejectIn,
)
from handfast.transition.api.schemas import SeenIn
from handfast.transition.models import Deliverable
from handfast.transition.permissions import may_plan_deliverable
from handfast.transition.queries.deliverables import (
    clock_of,
    deliverable_seen_by,
    deliverables_seen_by,
    rounds_of,
    standing_of,
)
from handfast.transition.reading.deliverables import Condition, DeliverableSaid

router = Router(tags=["transition"])
ALL, ONE = "/engagements/{uuid:engagement}/deliverables", "/deliverables/{uuid:deliverable}"


@router.get(ALL, response=list[DeliverableOut])
def list_deliverables(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """All of an engagement, by their days."""
    deal = engagement_seen_by(request.actor, engagement)
    clock = clock_of(deal, request.at)
    return [standing_of(one, clock) for one in deliverables_seen_by(request.actor, deal.pk)]


@router.post(ALL, response={201: DeliverableOut})
def post_deliverable(request: ActorRequest, engagement: UUID, given: DeliverableIn) -> Status[dict[str, Any]]:
    """Plan a deliverable; where the side that hands it in says that silence counts, the other has to agree."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_plan_deliverable(request.actor, deal):
        raise NotPermitted("deliverable planned: your role does not include it")
    return Status(
        201, _told(plan_deliverable(request.actor, deal, said=_said(given), at=request.at), request.at)
    )


@router.get(ONE, response=DeliverableWithRounds)
def show_deliverable(request: ActorRequest, deliverable: UUID) -> dict[str, Any]:
    found = deliverable_seen_by(request.actor, deliverable)
    return _told(found, request.at) | {"rounds": rounds_of(found)}


@router.put(ONE, response=DeliverableOut)
def put_deliverable(request: ActorRequest, deliverable: UUID, given: AmendedDeliverableIn) -> dict[str, Any]:
    """Let what is not under review say what is sent."""
    found = deliverable_seen_by(request.actor, deliverable)
    made = amend_deliverable(request.actor, found, said=_said(given), at=request.at, as_seen=given.as_seen)
    return _told(made, request.at)


@router.post(f"{ONE}/silence-agreement", response=DeliverableOut)
def post_silence(request: ActorRequest, deliverable: UUID, given: SeenIn) -> dict[str, Any]:
    """The reviewing side agrees that no answer in time is an acceptance."""
    found = deliverable_seen_by(request.actor, deliverable)
    return _told(agree_to_silence(request.actor, found, at=request.at, as_seen=given.as_seen), request.at)


@router.post(f"{ONE}/submission", response=DeliverableOut)
def post_submission(request: ActorRequest, deliverable: UUID, given: HandInIn) -> dict[str, Any]:
    """Hand it in: the reviewer's clock starts."""
    found = deliverable_seen_by(request.actor, deliverable)
    made = submit_deliverable(request.actor, found, note=given.note, at=request.at, as_seen=given.as_seen)
    return _told(made, request.at)


@router.post(f"{ONE}/acceptance", response=DeliverableOut)
def post_acceptance_of(request: ActorRequest, deliverable: UUID, given: AcceptIn) -> dict[str, Any]:
    found = deliverable_seen_by(request.actor, deliverable)
    conditions = [Condition(one.text, one.due_on, one.owner_id) for one in given.conditions]
    made = accept_deliverable(
        request.actor, found, conditions=conditions, at=request.at, as_seen=given.as_seen
    )
    return _told(made, request.at)


@router.post(f"{ONE}/rejection", response=DeliverableOut)
def post_rejection(request: ActorRequest, deliverable: UUID, given: RejectIn) -> dict[str, Any]:
    found = deliverable_seen_by(request.actor, deliverable)
    made = reject_deliverable(
        request.actor, found, reasons=given.reasons, at=request.at, as_seen=given.as_seen
    )
    return _told(made, request.at)


@router.post(f"{ONE}/withdrawal", response=DeliverableOut)
def post_withdrawal_of(request: ActorRequest, deliverable: UUID, given: SeenIn) -> dict[str, Any]:
    found = deliverable_seen_by(request.actor, deliverable)
    return _told(withdraw_deliverable(request.actor, found, at=request.at, as_seen=given.as_seen), request.at)


@router.post(f"{ONE}/return", response=DeliverableOut)
def post_return_of(request: ActorRequest, deliverable: UUID, given: SeenIn) -> dict[str, Any]:
    """Bring back what was withdrawn."""
    found = deliverable_seen_by(request.actor, deliverable)
    return _told(
        bring_back_deliverable(request.actor, found, at=request.at, as_seen=given.as_seen), request.at
    )


def _said(given: DeliverableIn) -> DeliverableSaid:
    return DeliverableSaid(**{one.name: getattr(given, one.name) for one in fields(DeliverableSaid)})


def _told(one: Deliverable, at: datetime) -> dict[str, Any]:
    return standing_of(one, clock_of(one.engagement, at))
