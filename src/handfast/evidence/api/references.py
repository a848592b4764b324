"""The operations on addresses elsewhere. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import add_reference, remove_reference
from handfast.evidence.api.schemas import ReferenceOut
from handfast.evidence.files.kept import looked_through_if_any, place_for
from handfast.evidence.models import Reference
from handfast.evidence.permissions import may_add_reference
from handfast.evidence.queries.references import reference_seen_by, references_seen_by
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.reading.addressed import ReferenceSaid
from handfast.foundation.files.receiving import receiving
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest

router = Router(tags=["evidence"])
REFERENCES = "/engagements/{uuid:engagement}/{about}/{uuid:item}/references"
# The body is read by our own handler, as OpenAPI says it.
BODY = {
    "type": "object",
    "required": ["name", "address"],
    "properties": {
        "name": {"type": "string"},
        "address": {"type": "string", "format": "uri"},
        "file": {"type": "string", "format": "binary"},
        "audience": {"type": "string", "enum": ["own", "shared"], "default": "own"},
    },
}
TAKES = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": BODY}}}}


@router.get(REFERENCES, response=list[ReferenceOut])
def references(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> list[dict[str, Any]]:
    """The addresses elsewhere that stand beside a thing, as far as the caller sees them."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    return [_told(one) for one in references_seen_by(request.actor, thing)]


@router.post(REFERENCES, response={201: ReferenceOut}, openapi_extra=TAKES)
def post_reference(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> Status[dict[str, Any]]:
    """Put an address beside a thing; `file` is a copy of what stands there today. The address is never opened."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_add_reference(request.actor, thing.space):
        raise NotPermitted("reference added: your role does not include it")
    with receiving(request, thing.space.pk, place_for(1)) as one:
        said = ReferenceSaid(request.POST.get("name", ""), request.POST.get("address", ""))
        space = space_for(request.actor, thing, request.POST.get("audience", "own"))
        with looked_through_if_any(one.files, space.pk) as frozen:
            made = add_reference(request.actor, space, thing=thing, said=said, frozen=frozen, at=request.at)
    return Status(201, _told(made))


@router.post("/references/{uuid:reference}/removal", response={204: None})
def post_reference_removal(request: ActorRequest, reference: UUID) -> Status[None]:
    """Take an address away; its copy stays among the files."""
    remove_reference(request.actor, reference_seen_by(request.actor, reference), at=request.at)
    return Status(204, None)


def _told(one: Reference) -> dict[str, Any]:
    return {
        "id": one.pk, "about": one.about_kind, "about_id": one.about_id, "is_internal": one.is_internal, "name": one.name,
        "address": one.address, "frozen_id": one.frozen_id, "frozen_sha256": one.frozen.sha256 if one.frozen else "",
        "frozen_at": one.frozen.attached_at if one.frozen else None, "added_at": one.added_at, "added_by_id": one.added_by_id,
    }  # fmt: skip
