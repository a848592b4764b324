"""The operations on saved views. Annotations are values here: ninja reads them."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.actor import Actor
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.actions import amend_view, bring_back_view, remove_view, save_view
from handfast.governance.api.schemas import AmendedViewIn, ViewIn, ViewOut
from handfast.governance.models import SavedView
from handfast.governance.permissions import may_change_view, may_save_view
from handfast.governance.queries.asked import asked_of
from handfast.governance.queries.entries import register_named, register_seen_by
from handfast.governance.queries.views import ViewSaid, read_view, view_seen_by, views_seen_by
from handfast.governance.registers import Register
from handfast.people.queries import own_space_of

router = Router(tags=["governance"])
VIEWS = "/engagements/{uuid:engagement}/registers/{register_key}/views"
VIEW = "/views/{uuid:view}"


@router.get(VIEWS, response=list[ViewOut])
def views(request: ActorRequest, engagement: UUID, register_key: str) -> list[dict[str, Any]]:
    """The caller's own views of a register, and those that others of the side share with them."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    return [_told(request.actor, one) for one in views_seen_by(request.actor, deal, kept)]


@router.post(VIEWS, response={201: ViewOut})
def post_view(
    request: ActorRequest, engagement: UUID, register_key: str, given: ViewIn
) -> Status[dict[str, Any]]:
    """Save a view; the other side never sees it."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    space = own_space_of(request.actor, deal.pk)
    if not may_save_view(request.actor, space):
        raise NotPermitted("saved view saved: your role does not include it")
    made = save_view(request.actor, space, register=kept, said=_said(kept, given), at=request.at)
    return Status(201, _told(request.actor, made))


@router.put(VIEW, response=ViewOut)
def put_view(request: ActorRequest, view: UUID, given: AmendedViewIn) -> dict[str, Any]:
    """Let a view of one's own be what is sent."""
    found = view_seen_by(request.actor, view)
    if not may_change_view(request.actor, found):
        raise NotPermitted("saved view amended: that is for whoever saved it")
    said = _said(register_named(found.register), given)
    return _told(
        request.actor, amend_view(request.actor, found, said=said, at=request.at, as_seen=given.as_seen)
    )


@router.post(f"{VIEW}/removal", response={204: None})
def post_removal(request: ActorRequest, view: UUID) -> Status[None]:
    """Remove it; for ten seconds it can be brought back."""
    remove_view(request.actor, view_seen_by(request.actor, view), at=request.at)
    return Status(204, None)


@router.post(f"{VIEW}/return", response=ViewOut)
def post_return(request: ActorRequest, view: UUID) -> dict[str, Any]:
    """Bring back what one has removed."""
    found = view_seen_by(request.actor, view)
    return _told(request.actor, bring_back_view(request.actor, found, at=request.at))


def _said(kept: Register, given: ViewIn) -> ViewSaid:
    return ViewSaid(given.name, asked_of(kept, given.asked.dict()), given.shared_with)


def _told(actor: Actor, kept: SavedView) -> dict[str, Any]:
    view = read_view(kept, register_named(kept.register))
    return {
        "id": kept.pk, "register_key": kept.register, "name": kept.name,
        "asked": asdict(view.asked) if view.asked else None, "why": view.why, "shared_with": kept.shared_with,
        "person_id": kept.person_id, "is_own": kept.person_id == actor.person, "seen_as": kept.seen_as,
    }  # fmt: skip
