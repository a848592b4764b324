"""The operations on what is handed over while somebody is away. Annotations are values here: ninja reads them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Field, Router, Schema, Status

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest
from handfast.people.actions.delegating import end_delegation, hand_over
from handfast.people.models import Delegation
from handfast.people.queries import own_space_of
from handfast.people.queries.delegating import colleagues_of, delegation_seen_by, delegations_of

router = Router(tags=["people"])


class DelegationIn(Schema):
    """To which membership of a colleague, which words (none: all), from the first day away to the first day back."""

    to: UUID
    words: list[str] = Field(default_factory=list)
    starts_on: date
    ends_on: date


class DelegationOut(Schema):
    """Who stands in for whom: memberships, words, days and instants."""

    id: UUID
    membership_id: UUID
    delegate_id: UUID
    words: list[str]
    starts_on: date
    ends_on: date
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None


@router.get("/delegations", response=list[DelegationOut])
def list_delegations(request: ActorRequest) -> QuerySet[Delegation]:
    """What I have handed over, and what I hold for others."""
    return delegations_of(request.actor)


@router.post("/delegations", response={201: DelegationOut})
def post_delegation(request: ActorRequest, given: DelegationIn) -> Status[Delegation]:
    """Hand over. Only a session may: a token that leaked must not lend what it opens."""
    if getattr(request, "token", None) is not None:
        raise NotPermitted("a token hands nothing over: sign in")
    to = next((one for one in colleagues_of(request.actor) if one.pk == given.to), None)
    if to is None:
        raise NotSeen
    space = own_space_of(request.actor, to.engagement_id)
    said: dict[str, Any] = {"words": given.words, "starts_on": given.starts_on, "ends_on": given.ends_on}
    return Status(201, hand_over(request.actor, space, to=to.pk, **said, at=request.at))


@router.post("/delegations/{uuid:delegation}/end", response=DelegationOut)
def post_delegation_end(request: ActorRequest, delegation: UUID) -> Delegation:
    found = delegation_seen_by(request.actor, delegation)
    return end_delegation(request.actor, found, at=request.at)
