"""The operations on links between things. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import relate_things, remove_relation
from handfast.evidence.api.schemas import RelationIn, RelationOut
from handfast.evidence.permissions import may_relate
from handfast.evidence.queries.relations import Related, related_to, relation_seen_by, thing_meant
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
RELATIONS = "/engagements/{uuid:engagement}/{about}/{uuid:item}/relations"


@router.get(RELATIONS, response=list[RelationOut])
def relations(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> list[dict[str, Any]]:
    """What a thing is linked with, as far as the caller sees both ends."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    return [_told(one) for one in related_to(request.actor, thing)]


@router.post(RELATIONS, response={201: RelationOut})
def post_relation(
    request: ActorRequest, engagement: UUID, about: str, item: UUID, given: RelationIn
) -> Status[dict[str, Any]]:
    """Link a thing with another one, for whoever sees both or for the own side alone."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_relate(request.actor, thing.space):
        raise NotPermitted("relation made: your role does not include it")
    to = thing_meant(request.actor, thing, given.thing)
    space = space_for(request.actor, to if to.is_internal else thing, given.audience)
    made = relate_things(request.actor, space, thing=thing, to=to, at=request.at)
    return Status(201, _told(Related(made, to)))


@router.post("/relations/{uuid:relation}/removal", response={204: None})
def post_removal(request: ActorRequest, relation: UUID) -> Status[None]:
    """Take a link away; both things stay as they are."""
    remove_relation(request.actor, relation_seen_by(request.actor, relation), at=request.at)
    return Status(204, None)


def _told(one: Related) -> dict[str, Any]:
    return {
        "id": one.relation.pk, "about": one.thing.kind, "about_id": one.thing.id, "name": one.thing.name,
        "is_internal": one.relation.is_internal, "made_at": one.relation.made_at, "made_by_id": one.relation.made_by_id,
    }  # fmt: skip
