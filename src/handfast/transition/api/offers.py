"""One side's own plan, by the API. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.files.receiving import receiving
from handfast.foundation.files.staged import path_of
from handfast.foundation.web.doors import ActorRequest
from handfast.people.queries import own_space_of
from handfast.transition.actions import date_now, map_phases, offer_plan, take_over
from handfast.transition.api.offer_schemas import BesideOut, OfferedOut, PhasesIn, TakeIn
from handfast.transition.models import OfferedPlan
from handfast.transition.queries.additions import wanted_of
from handfast.transition.queries.offering import content_at, mapping_before, read_for, side_that_offers
from handfast.transition.queries.offers import Beside, beside, offer_seen_by, offers_seen_by
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sides import side_of

router = Router(tags=["transition"])
OFFERS, OFFER = "/engagements/{uuid:engagement}/plan/offered", "/offered/{uuid:offered}"
FILE = {"type": "string", "format": "binary"}
BODY = {
    "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": FILE}}}
}


@router.get(OFFERS, response=list[OfferedOut])
def list_offers(request: ActorRequest, engagement: UUID) -> list[OfferedPlan]:
    """What the own side sent in, the newest first."""
    return list(offers_seen_by(request.actor, plan_seen_by(request.actor, engagement)))


@router.post(
    OFFERS, response={201: OfferedOut}, openapi_extra={"requestBody": {"required": True, "content": BODY}}
)
def post_offer(request: ActorRequest, engagement: UUID) -> Status[OfferedPlan]:
    """Send the own plan in: Microsoft Project XML, XLSX or CSV."""
    plan = plan_seen_by(request.actor, engagement)
    side = side_that_offers(request.actor, plan)
    space = own_space_of(request.actor, engagement)
    with receiving(request, space.pk) as one:
        request.POST  # noqa: B018 - reads the body, so that the file is there
        staged = one.staged
        content = content_at(path_of(space.pk, staged.name), staged.file_name, staged.size_bytes)
    read = read_for(rows_of(plan), side, content, staged.file_name)
    made = offer_plan(
        request.actor, space, plan=plan, file_name=staged.file_name, content=content, read=read,
        mapping=mapping_before(request.actor, plan, read.plan), at=request.at,
    )  # fmt: skip
    return Status(201, made)


@router.get(OFFER, response=BesideOut)
def show_offer(request: ActorRequest, offered: UUID) -> dict[str, Any]:
    """A version beside the plan."""
    return _told(request, offer_seen_by(request.actor, offered))


@router.put(f"{OFFER}/mapping", response=BesideOut)
def put_mapping(request: ActorRequest, offered: UUID, given: PhasesIn) -> dict[str, Any]:
    """Which step each phase stands for; "" leaves it out."""
    found = offer_seen_by(request.actor, offered)
    map_phases(request.actor, found, mapping=given.steps, at=request.at, as_seen=given.as_seen)
    return _told(request, offer_seen_by(request.actor, offered))


@router.post(f"{OFFER}/takeover", response=BesideOut)
def post_takeover(request: ActorRequest, offered: UUID, given: TakeIn) -> dict[str, Any]:
    """Take activities over by their ids in the file, all of them or none."""
    found = offer_seen_by(request.actor, offered)
    addition, effect = wanted_of(request.actor, found, given.wanted, is_internal=given.is_internal)
    take_over(request.actor, found, addition=addition, effect=effect, at=request.at, as_seen=given.as_seen)
    date_now(found.plan.engagement_id, at=request.at)
    return _told(request, offer_seen_by(request.actor, offered))


def _told(request: ActorRequest, found: OfferedPlan) -> dict[str, Any]:
    rows = rows_of(plan_seen_by(request.actor, found.plan.engagement_id))
    told: Beside = beside(found, rows, side_of(request.actor, rows.plan))  # type: ignore[arg-type]  # whoever sees one is of a side
    return {
        "offered": found,
        "phases": told.phases,
        "lacking": [
            {
                "step_key": step.key,
                **{name: getattr(one, name) for name in ("id", "name", "starts_on", "ends_on", "taken")},
            }
            for step in told.steps
            for one in step.only_theirs
        ],
        "in_both": [
            {"activity_id": one.ours.activity.pk, "id": one.theirs.id, "later_days": one.later_days}
            for step in told.steps
            for one in step.both
        ],
        "only_in_the_plan": [one.activity.pk for step in told.steps for one in step.only_ours],
        "remarks": [*found.remarks, *told.remarks],
    }
