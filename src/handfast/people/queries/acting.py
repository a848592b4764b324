"""Who acts: by a session, a token, a calendar feed or the link of an invitation, and with which reach."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from handfast.foundation.actor import Actor
from handfast.foundation.models import Audience, Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import Reach
from handfast.people.models import Feed, Invitation, Membership, Organisation, Person, Token, lasting, proven
from handfast.people.queries.delegating import is_standing_in, stand_ins_of
from handfast.people.refusals import InvitationSpent
from handfast.people.roles import SEE, capabilities_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

SECRET_BYTES = 20
LINK_SPENT = "this link was used, was withdrawn or has expired: ask for a new one"


def secret_digest(secret: str) -> str:
    """SHA-256 of the secret of a link or a token: what is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def letters_made(purpose: str, row: UUID) -> str:
    """160 bits as 32 letters of one case, made of the installation's own key and an id: whatever it opens, it is kept nowhere.

    Mail servers change the case of addresses, and cut long ones.
    """
    made = salted_hmac(f"handfast.{purpose}", str(row), algorithm="sha256").digest()
    return b32encode(made[:SECRET_BYTES]).decode().lower()


def link_secret(invitation: UUID) -> str:
    """The secret of an invitation's link: made again from its id whenever it is mailed, so that it is kept nowhere."""
    return salted_hmac("handfast.people.invitation", str(invitation), algorithm="sha256").hexdigest()


def invitation_by(secret: str, at: datetime) -> Invitation:
    """The invitation whose link holds this secret, while it lasts. Raises InvitationSpent."""
    found = Invitation.objects.filter(
        digest=secret_digest(secret), used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).first()
    if found is None:
        raise InvitationSpent(LINK_SPENT)
    return found


def bearer_of(invitation: Invitation) -> Actor:
    """Whoever holds the link: nobody by name, with a reach of the two spaces that accepting it writes."""
    both = frozenset({invitation.journal_space_id, invitation.shared_space_id})
    return Actor(None, None, Reach(both, both))


def person_at(email: str) -> Person | None:
    """The person who signs in with this address."""
    return Person.objects.filter(email__iexact=email).first()


def person_known(person: UUID | None) -> Person | None:
    """Who it is; nobody, where there is no id."""
    return Person.objects.filter(pk__in=[person]).first()


def organisation_of(actor: Actor) -> Organisation | None:
    """For whom the actor acts; None while they belong to nobody."""
    return Organisation.objects.filter(pk__in=[actor.organisation]).first()


def person_of(actor: Actor) -> Person:
    """Who acts. Raises NotSeen for the worker, which is nobody."""
    found = person_known(actor.person)
    if found is None:
        raise NotSeen
    return found


def memberships_in_force(person: UUID) -> list[Membership]:
    """What a person is now, oldest first."""
    return list(
        Membership.objects.filter(lasting(), person_id=person)
        .annotate(is_standing_in=is_standing_in())
        .select_related("organisation")
        .order_by("began_at", "id")
    )


def first_membership_of(actor: Actor) -> Membership | None:
    """The oldest membership in force for which the actor acts; a token reaches its own only."""
    if actor.person is None:
        return None
    mine = (
        one
        for one in memberships_in_force(actor.person)
        if one.organisation_id == actor.organisation and one.engagement_id in actor.capabilities
    )
    return next(mine, None)


def own_first_membership(actor: Actor) -> Membership:
    """The same, where there has to be one. Raises NotSeen."""
    found = first_membership_of(actor)
    if found is None:
        raise NotSeen
    return found


def actor_of(
    person: Person,
    organisation: UUID | None,
    memberships: Iterable[Membership],
    *,
    at: datetime | None = None,
) -> Actor:
    """The person acting for one organisation, with what its memberships reach right now.

    Spaces are written in engagements where a role does more than see; an organisation's home by whoever
    manages people somewhere for it. At an instant it holds what colleagues have handed over, too.
    """
    mine = [one for one in memberships if one.organisation_id == organisation]
    capabilities = {one.engagement_id: capabilities_of(one.roles) for one in mine}
    if organisation is None or not mine:
        return Actor(person.pk, organisation)
    own, stand_ins = capabilities, stand_ins_of(mine, at) if at else ()
    for one in stand_ins:
        capabilities = capabilities | {one.engagement: capabilities[one.engagement] | one.words}
    found = Audience.objects.filter(organisation_id=organisation).values_list(
        "space_id", "is_writing", "space__engagement_id"
    )
    reads, writes = set(), set()
    writes_somewhere = any(words - SEE for words in own.values())
    for space, is_writing, engagement in found:
        if engagement is not None and engagement not in capabilities:
            continue
        reads.add(space)
        may_write = writes_somewhere if engagement is None else bool(capabilities[engagement] - SEE)
        if is_writing and may_write:
            writes.add(space)
    reach = Reach(frozenset(reads), frozenset(writes))
    return Actor(person.pk, organisation, reach, capabilities, own, stand_ins)


def as_both_see(actor: Actor, engagement: UUID) -> Actor:
    """The same person shown one engagement as both sides see it: for nobody, without what a side keeps, with nothing to do."""
    shared = Space.objects.filter(
        pk__in=actor.reach.reads, engagement_id=engagement, kind=Space.Kind.SHARED
    ).values_list("pk", flat=True)
    return Actor(actor.person, None, Reach(frozenset(shared)), {engagement: SEE})


def alone(actor: Actor) -> Actor:
    """The same person acting for nobody: what they begin for themselves is told without whom else they act for."""
    return Actor(actor.person, None)


def actor_for(person: Person, organisation: UUID | None = None) -> Actor:
    """The person acting for the organisation, or for the first they belong to."""
    mine = memberships_in_force(person.pk)
    if organisation is None and mine:
        organisation = mine[0].organisation_id
    return actor_of(person, organisation, mine)


def token_in_force(secret: str, at: datetime) -> Token | None:
    """The token with this secret, while it and its membership last and its person may sign in, as is asked of them."""
    return (
        Token.objects.filter(
            lasting("membership__"),
            proven("membership__"),
            digest=secret_digest(secret),
            revoked_at__isnull=True,
            expires_at__gt=at,
            membership__person__is_active=True,
        )
        .select_related("membership__person", "membership__organisation")
        .first()
    )


def feed_in_force(secret: str) -> Feed | None:
    """The feed with this secret, while it and its membership last and its person may sign in, as is asked of them."""
    return (
        Feed.objects.filter(
            lasting("membership__"),
            proven("membership__"),
            digest=secret_digest(secret),
            revoked_at__isnull=True,
            membership__person__is_active=True,
        )
        .select_related("membership__person", "membership__organisation")
        .first()
    )
