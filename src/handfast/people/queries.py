"""What is asked of people: who acts, and who is seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db.models import Max
from django.utils.crypto import salted_hmac

from handfast.foundation.actor import Actor
from handfast.foundation.models import Audience, Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import Reach
from handfast.people.models import Invitation, Membership, Organisation, Person, Token
from handfast.people.refusals import InvitationSpent
from handfast.people.roles import SEE, capabilities_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

LINK_SPENT = "this link was used, was withdrawn or has expired: ask for a new one"


def secret_digest(secret: str) -> str:
    """SHA-256 of the secret of a link or a token: what is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


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
        Membership.objects.filter(person_id=person, ended_at__isnull=True)
        .select_related("organisation")
        .order_by("began_at", "id")
    )


def actor_of(person: Person, organisation: UUID | None, memberships: Iterable[Membership]) -> Actor:
    """The person acting for one organisation, with what its memberships reach right now.

    Spaces are written in engagements where a role does more than see; an organisation's home by whoever
    manages people somewhere for it.
    """
    mine = [one for one in memberships if one.organisation_id == organisation]
    capabilities = {one.engagement_id: capabilities_of(one.roles) for one in mine}
    if organisation is None or not mine:
        return Actor(person.pk, organisation)
    found = Audience.objects.filter(organisation_id=organisation).values_list(
        "space_id", "is_writing", "space__engagement_id"
    )
    reads, writes = set(), set()
    writes_somewhere = any(words - SEE for words in capabilities.values())
    for space, is_writing, engagement in found:
        if engagement is not None and engagement not in capabilities:
            continue
        reads.add(space)
        may_write = writes_somewhere if engagement is None else bool(capabilities[engagement] - SEE)
        if is_writing and may_write:
            writes.add(space)
    return Actor(person.pk, organisation, Reach(frozenset(reads), frozenset(writes)), capabilities)


def actor_for(person: Person, organisation: UUID | None = None) -> Actor:
    """The person acting for the organisation, or for the first they belong to."""
    mine = memberships_in_force(person.pk)
    if organisation is None and mine:
        organisation = mine[0].organisation_id
    return actor_of(person, organisation, mine)


def token_in_force(secret: str, at: datetime) -> Token | None:
    """The token with this secret, while it and its membership last and its person may sign in."""
    return (
        Token.objects.filter(
            digest=secret_digest(secret),
            revoked_at__isnull=True,
            expires_at__gt=at,
            membership__ended_at__isnull=True,
            membership__person__is_active=True,
        )
        .select_related("membership__person", "membership__organisation")
        .first()
    )


def members_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Membership]:
    """Both sides' people of an engagement that the actor is in, and nobody of any other."""
    if engagement not in actor.capabilities:
        return Membership.objects.none()
    return (
        Membership.objects.filter(engagement_id=engagement, ended_at__isnull=True)
        .select_related("person", "organisation")
        .order_by("side", "person__name", "id")
    )


def last_seen_of(actor: Actor, members: Iterable[Membership]) -> dict[UUID, datetime]:
    """When the persons of the actor's own side were last here; of the other side's nothing is told."""
    own = {
        one.person_id: one.person.last_login for one in members if one.organisation_id == actor.organisation
    }
    rows = UserSession.objects.filter(user_id__in=own).values_list("user_id").annotate(Max("last_seen_at"))
    told = [*own.items(), *rows]
    seen: dict[UUID, datetime] = {}
    for person, at in told:
        if at is not None:
            seen[person] = max(at, seen.get(person, at))
    return seen


def membership_seen_by(actor: Actor, membership: UUID) -> Membership:
    """One membership of an engagement that the actor is in. Raises NotSeen."""
    found = Membership.objects.filter(pk=membership, engagement_id__in=list(actor.capabilities)).first()
    if found is None:
        raise NotSeen
    return found


def membership_in(actor: Actor, engagement: UUID, membership: UUID) -> Membership:
    """One membership of this engagement that lasts. Raises NotSeen."""
    found = members_seen_by(actor, engagement).filter(pk=membership).first()
    if found is None:
        raise NotSeen
    return found


def names_seen_by(actor: Actor, persons: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those persons who are or were in one of the actor's engagements."""
    wanted = {one for one in persons if one is not None}
    rows = Membership.objects.filter(person_id__in=wanted, engagement_id__in=list(actor.capabilities))
    return dict(rows.values_list("person_id", "person__name"))


def organisations_seen_by(actor: Actor) -> QuerySet[Organisation]:
    """The actor's own, and those that share an engagement with it."""
    seen = Membership.objects.filter(engagement_id__in=list(actor.capabilities)).values("organisation_id")
    return Organisation.objects.filter(pk__in=seen) | Organisation.objects.filter(pk__in=[actor.organisation])


def invitations_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Invitation]:
    """The open invitations of the actor's own side."""
    return Invitation.objects.filter(
        engagement_id=engagement,
        used_at__isnull=True,
        withdrawn_at__isnull=True,
        inviting_organisation_id__in=[actor.organisation],
    ).select_related("organisation")


def invitation_seen_by(actor: Actor, engagement: UUID, invitation: UUID) -> Invitation:
    """One open invitation of the actor's own side. Raises NotSeen."""
    found = invitations_seen_by(actor, engagement).filter(pk=invitation).first()
    if found is None or engagement not in actor.capabilities:
        raise NotSeen
    return found


def token_seen_by(actor: Actor, token: UUID) -> Token:
    """One of the person's own tokens. Raises NotSeen."""
    found = Token.objects.filter(pk=token, membership__person_id__in=[actor.person]).first()
    if found is None or actor.person is None:
        raise NotSeen
    return found


def own_membership(actor: Actor, membership: UUID) -> Membership:
    """One of the person's own memberships that last. Raises NotSeen."""
    found = Membership.objects.filter(
        pk=membership, person_id__in=[actor.person], ended_at__isnull=True
    ).first()
    if found is None or actor.person is None:
        raise NotSeen
    return found


def tokens_of(person: UUID) -> QuerySet[Token]:
    """A person's own tokens that are not revoked."""
    return (
        Token.objects.filter(membership__person_id=person, revoked_at__isnull=True)
        .select_related("membership__organisation")
        .order_by("-issued_at")
    )


def internal_space_of(organisation: UUID, engagement: UUID) -> Space:
    """The own space of an organisation in an engagement. Raises NotSeen."""
    found = Space.objects.filter(
        kind=Space.Kind.INTERNAL, engagement_id=engagement, organisation_id=organisation
    ).first()
    if found is None:
        raise NotSeen
    return found


def own_space_of(actor: Actor, engagement: UUID) -> Space:
    """The own space of the actor's side in an engagement that it is in. Raises NotSeen."""
    if actor.organisation is None or engagement not in actor.capabilities:
        raise NotSeen
    return internal_space_of(actor.organisation, engagement)
