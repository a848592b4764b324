"""The operations of engagements: the deals, their sides, people and invitations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router

from handfast.engagement.actions.engagements import Deal, amend_engagement, open_engagement
from handfast.engagement.actions.first_engagement import open_first_engagement
from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.api.schemas import (
    AccessOut,
    AmendmentIn,
    DealIn,
    EngagementOut,
    InvitationIn,
    InvitationOut,
    MemberOut,
    OpenedOut,
    PartyOut,
    RolesIn,
)
from handfast.engagement.models import Engagement, Party
from handfast.engagement.queries import engagement_seen_by, engagements_seen_by, opener_of
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.people.actions.invitations import withdraw_invitation
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.models import AccessEntry, Invitation, Membership
from handfast.people.queries import (
    access_seen_by,
    alone,
    auditor_seen_by,
    invitation_seen_by,
    invitations_seen_by,
    members_seen_by,
    membership_in,
    person_of,
)

router = Router(tags=["engagements"])
ONE = "/{uuid:engagement}"
MOST_OPENED = 10_000


@router.get("/", response=list[EngagementOut])
def engagements(request: ActorRequest) -> QuerySet[Engagement]:
    return engagements_seen_by(request.actor)


@router.post("/", response={201: OpenedOut})
def open_(request: ActorRequest, given: DealIn) -> Engagement:
    """A new deal; whoever opens it gets every role of its side."""
    told = given.model_dump()
    name = told.pop("organisation_name")
    deal = Deal(**told)
    own = opener_of(request.actor)
    if own is not None:
        return open_engagement(request.actor, own, deal=deal, at=request.at)
    person = person_of(request.actor)
    return open_first_engagement(
        alone(request.actor), person, organisation_name=name, deal=deal, at=request.at
    )


@router.get(f"{ONE}/", response=EngagementOut)
def engagement_(request: ActorRequest, engagement: UUID) -> Engagement:
    return engagement_seen_by(request.actor, engagement)


@router.put(f"{ONE}/", response=EngagementOut)
def amend(request: ActorRequest, engagement: UUID, given: AmendmentIn) -> Engagement:
    """Replace what the deal says of itself."""
    found = engagement_seen_by(request.actor, engagement)
    return amend_engagement(request.actor, found, **given.model_dump(), at=request.at)


@router.get(f"{ONE}/parties/", response=list[PartyOut])
def parties(request: ActorRequest, engagement: UUID) -> list[Party]:
    return list(engagement_seen_by(request.actor, engagement).parties.all())


@router.get(f"{ONE}/people/", response=list[MemberOut])
def people(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Both sides' people."""
    engagement_seen_by(request.actor, engagement)
    return [_member(one) for one in members_seen_by(request.actor, engagement)]


@router.put(f"{ONE}/people/{{uuid:membership}}/roles", response=MemberOut)
def roles(request: ActorRequest, engagement: UUID, membership: UUID, given: RolesIn) -> dict[str, Any]:
    """Other roles for somebody of the own side."""
    found = membership_in(request.actor, engagement, membership)
    return _member(change_roles(request.actor, found, **given.model_dump(), at=request.at))


@router.post(f"{ONE}/people/{{uuid:membership}}/end", response=MemberOut)
def end(request: ActorRequest, engagement: UUID, membership: UUID) -> dict[str, Any]:
    """At once, in every session and token."""
    found = membership_in(request.actor, engagement, membership)
    return _member(end_membership(request.actor, found, at=request.at))


@router.get(f"{ONE}/people/{{uuid:membership}}/opened", response=list[AccessOut])
def opened(request: ActorRequest, engagement: UUID, membership: UUID, most: int = 1000) -> list[AccessEntry]:
    """What an auditor of the own side asked for, the latest first."""
    engagement_seen_by(request.actor, engagement)
    member = auditor_seen_by(request.actor, engagement, membership)
    return list(access_seen_by(request.actor, member)[: max(0, min(most, MOST_OPENED))])


@router.get(f"{ONE}/invitations/", response=list[InvitationOut])
def invitations(request: ActorRequest, engagement: UUID) -> QuerySet[Invitation]:
    """The open ones of the own side."""
    engagement_seen_by(request.actor, engagement)
    if not request.actor.can("manage-people", engagement):
        raise NotPermitted("invitations are shown to those who manage people")
    return invitations_seen_by(request.actor, engagement)


@router.post(f"{ONE}/invitations/", response={201: InvitationOut})
def send_invitation(request: ActorRequest, engagement: UUID, given: InvitationIn) -> Invitation:
    """By mail; the answer holds no link."""
    found = engagement_seen_by(request.actor, engagement)
    return invite_to_side(
        request.actor,
        found,
        email=given.email,
        side=given.side,
        roles=given.roles,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        at=request.at,
    )


@router.post(f"{ONE}/invitations/{{uuid:invitation}}/withdraw", response=InvitationOut)
def withdraw(request: ActorRequest, engagement: UUID, invitation: UUID) -> Invitation:
    """Its link opens nothing from now on."""
    found = invitation_seen_by(request.actor, engagement, invitation)
    return withdraw_invitation(request.actor, found, at=request.at)


def _member(one: Membership) -> dict[str, Any]:
    return {
        "id": one.pk, "person_id": one.person_id, "name": one.person.name,
        "organisation_id": one.organisation_id, "organisation": one.organisation.name, "side": one.side,
        "roles": one.roles, "began_at": one.began_at, "starts_at": one.starts_at, "ends_at": one.ends_at,
    }  # fmt: skip
