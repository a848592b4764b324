"""The operations of people: who I am, my tokens and calendar feeds, and the words of my organisation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router, Status

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest
from handfast.people.actions.companies import require_company
from handfast.people.actions.erasing import erase_person
from handfast.people.actions.feeds import make_feed, revoke_feed
from handfast.people.actions.mailing import choose_mail
from handfast.people.actions.organisations import choose_words
from handfast.people.actions.persons import change_details
from handfast.people.actions.tokens import issue_token, new_secret, revoke_token
from handfast.people.api.delegations import router as delegations
from handfast.people.api.schemas import (
    DetailsIn,
    FeedIn,
    FeedOut,
    ForgettingIn,
    IssuedOut,
    MadeOut,
    MailChosen,
    MeOut,
    OrganisationOut,
    SignInIn,
    TokenIn,
    TokenOut,
    WordsIn,
)
from handfast.people.models import Feed, Membership, Organisation, Person, Token
from handfast.people.queries import (
    feed_address,
    feed_seen_by,
    feeds_of,
    memberships_in_force,
    organisation_of,
    own_first_membership,
    own_membership,
    person_of,
    secret_digest,
    token_seen_by,
    tokens_of,
)

router = Router(tags=["people"])
router.add_router("", delegations)


@router.get("/me", response=MeOut)
def me(request: ActorRequest) -> dict[str, Any]:
    """Who acts, for which organisation, and all that the person is; a token shows its own membership only."""
    person = person_of(request.actor)
    mine = [one for one in memberships_in_force(person.pk) if _is_reached(request, one)]
    return {
        "id": person.pk, "name": person.name, "email": person.email, "zone": person.zone, "language": person.language,
        "organisation_id": request.actor.organisation, "memberships": [_membership(one) for one in mine],
    }  # fmt: skip


@router.put("/me", response=MeOut)
def change_me(request: ActorRequest, given: DetailsIn) -> dict[str, Any]:
    """Own name, zone and language."""
    change_details(request.actor, person_of(request.actor), **given.dict(), at=request.at)
    return me(request)


@router.post("/me/erasure", response={204: None})
def post_erasure(request: ActorRequest, given: ForgettingIn) -> Status[None]:
    """Erase my name, my address and every way in, once I belong nowhere. Only a session may: a token is no person."""
    if "Authorization" in request.headers:
        raise NotPermitted("a token erases nobody: sign in")
    erase_person(request.actor, person_of(request.actor), typed=given.email)
    return Status(204, None)


@router.get("/me/mail", response=MailChosen)
def mail(request: ActorRequest) -> Person:
    """What is mailed to me, and when."""
    return person_of(request.actor)


@router.put("/me/mail", response=MailChosen)
def change_mail(request: ActorRequest, given: MailChosen) -> Person:
    """Choose it anew; what is not mailed at once stands in the daily mail."""
    return choose_mail(
        request.actor, own_first_membership(request.actor), **given.model_dump(), at=request.at
    )


@router.get("/tokens", response=list[TokenOut])
def tokens(request: ActorRequest) -> QuerySet[Token]:
    """One's own that are not revoked."""
    return tokens_of(request.actor)


@router.post("/tokens", response={201: IssuedOut})
def issue(request: ActorRequest, given: TokenIn) -> dict[str, Any]:
    """A new token. Only a session may: a token that leaked must not outlive itself."""
    if _is_token(request):
        raise NotPermitted("a token issues no tokens: sign in")
    secret = new_secret()
    token = issue_token(
        request.actor, own_membership(request.actor, given.membership_id), name=given.name, secret=secret,
        digest=secret_digest(secret), expires_at=given.expires_at, at=request.at,
    )  # fmt: skip
    return {**TokenOut.from_orm(token).model_dump(), "secret": secret}


@router.post("/tokens/{uuid:token}/revoke", response=TokenOut)
def revoke(request: ActorRequest, token: UUID) -> Token:
    """It opens nothing from now on."""
    found = token_seen_by(request.actor, token)
    if found.membership.engagement_id not in request.actor.capabilities and _is_token(request):
        raise NotSeen
    return revoke_token(request.actor, found, at=request.at)


@router.get("/feeds", response=list[FeedOut])
def feeds(request: ActorRequest) -> QuerySet[Feed]:
    """One's own calendar feeds that are not revoked."""
    return feeds_of(request.actor)


@router.post("/feeds", response={201: MadeOut})
def make(request: ActorRequest, given: FeedIn) -> dict[str, Any]:
    """A calendar feed for a membership; the one before it ends. Only a session may, as with tokens."""
    if _is_token(request):
        raise NotPermitted("a token makes no calendar feeds: sign in")
    secret = new_secret()
    member = own_membership(request.actor, given.membership_id)
    feed = make_feed(request.actor, member, holds=given.holds, digest=secret_digest(secret), at=request.at)
    return {**FeedOut.from_orm(feed).model_dump(), "address": feed_address(secret)}


@router.post("/feeds/{uuid:feed}/revoke", response=FeedOut)
def revoke_feed_(request: ActorRequest, feed: UUID) -> Feed:
    """Its address shows nothing from now on."""
    found = feed_seen_by(request.actor, feed, is_by_token=_is_token(request))
    return revoke_feed(request.actor, found, at=request.at)


@router.get("/organisation", response=OrganisationOut)
def organisation(request: ActorRequest) -> Organisation:
    """For whom the caller acts, with its own words for the two sides."""
    own = organisation_of(request.actor)
    if own is None:
        raise NotSeen
    return own


@router.put("/organisation/words", response=OrganisationOut)
def words(request: ActorRequest, given: WordsIn) -> Organisation:
    """What everybody of the organisation reads for client and provider from now on."""
    return choose_words(request.actor, organisation(request), **given.model_dump(), at=request.at)


@router.put("/organisation/sign-in", response=OrganisationOut)
def sign_in(request: ActorRequest, given: SignInIn) -> Organisation:
    """By whose sign-in alone everybody of the organisation enters; tokens stay."""
    return require_company(request.actor, organisation(request), issuer=given.issuer, at=request.at)


def _is_token(request: ActorRequest) -> bool:
    return "Authorization" in request.headers


def _is_reached(request: ActorRequest, member: Membership) -> bool:
    return not _is_token(request) or (
        member.organisation_id == request.actor.organisation
        and member.engagement_id in request.actor.capabilities
    )


def _membership(one: Membership) -> dict[str, Any]:
    return {
        "id": one.pk, "engagement_id": one.engagement_id, "organisation_id": one.organisation_id,
        "organisation": one.organisation.name, "side": one.side, "roles": one.roles, "began_at": one.began_at,
    }  # fmt: skip
