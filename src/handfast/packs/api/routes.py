"""The operations on packs. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.packs.actions import make_pack, withdraw_pack
from handfast.packs.api.looks import router as looks
from handfast.packs.api.schemas import KindOut, PackIn, PackOut, PacksAsked, PacksOut
from handfast.packs.files.answering import download_of
from handfast.packs.kinds import KINDS, Asking
from handfast.packs.models import Pack
from handfast.packs.permissions import may_make_pack
from handfast.packs.queries.freezing import frozen, kind_named, space_for
from handfast.packs.queries.packs import pack_seen_by, packs_seen_by, share_written
from handfast.packs.renderings.forms import FORMS

router = Router(tags=["packs"])
router.add_router("", looks)
PACKS, PACK = "/engagements/{uuid:engagement}/packs", "/packs/{uuid:pack}"


@router.get("/kinds", response=list[KindOut])
def kinds(request: ActorRequest) -> list[Any]:  # noqa: ARG001 - ninja passes it by this name
    """What can be made, and by which words it is asked."""
    return list(KINDS.values())


@router.get(PACKS, response=PacksOut)
def packs(request: ActorRequest, engagement: UUID, asked: Query[PacksAsked]) -> dict[str, Any]:
    """The packs of an engagement, as far as the caller sees them, the newest first."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = packs_seen_by(request.actor, deal.pk)
    return {
        "packs": [_told(one) for one in rows[asked.offset : asked.offset + asked.limit]],
        "count": rows.count(),
    }


@router.post(PACKS, response={201: PackOut})
def post_pack(request: ActorRequest, engagement: UUID, given: PackIn) -> Status[dict[str, Any]]:
    """Freeze what is asked for as its readers see it now, and make a pack of it."""
    deal = engagement_seen_by(request.actor, engagement)
    space = space_for(request.actor, deal, given.audience)
    if not may_make_pack(request.actor, space):
        raise NotPermitted("pack made: your role does not include it")
    kind = kind_named(given.kind_key)
    found = frozen(Asking(request.actor, deal, given.of, request.at), kind, audience=given.audience)
    return Status(201, _told(make_pack(request.actor, space, frozen=found, at=request.at)))


@router.get(PACK, response=PackOut)
def show_pack(request: ActorRequest, pack: UUID) -> dict[str, Any]:
    return _told(pack_seen_by(request.actor, pack))


@router.get(f"{PACK}/files/{{pack_form}}", response=bytes)
def show_content(request: ActorRequest, pack: UUID, pack_form: str) -> HttpResponse:
    """One of its files: `json` are the frozen facts themselves."""
    found = pack_seen_by(request.actor, pack)
    return download_of(found, pack_form, is_being_written=share_written(found) is not None)


@router.post(f"{PACK}/withdrawal", response=PackOut)
def post_withdrawal(request: ActorRequest, pack: UUID) -> dict[str, Any]:
    """Take back what one made: its line stays, its files are no longer given out."""
    return _told(withdraw_pack(request.actor, pack_seen_by(request.actor, pack), at=request.at))


def _told(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.pk, "kind": pack.kind, "subject": pack.subject, "asked": pack.asked, "is_internal": pack.is_internal,
        "digest": pack.digest, "made_at": pack.made_at, "made_by_id": pack.made_by_id, "made_for_id": pack.made_for_id,
        "withdrawn_at": pack.withdrawn_at, "forms": [] if pack.withdrawn_at else list(FORMS),
    }  # fmt: skip
