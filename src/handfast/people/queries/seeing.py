"""Who is seen: people, organisations and invitations of the actor's engagements, and what is the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.db.models import Max
from django.utils.crypto import salted_hmac

from handfast.foundation.models import Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.people.models import Feed, Invitation, Membership, Organisation, Token

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor


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


def own_membership(actor: Actor, membership: UUID | None) -> Membership:
    """One of the person's own memberships that last. Raises NotSeen."""
    found = Membership.objects.filter(
        pk__in=[membership], person_id__in=[actor.person], ended_at__isnull=True
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


def feeds_of(person: UUID) -> QuerySet[Feed]:
    """A person's own calendar feeds that are not revoked, of memberships that last."""
    return (
        Feed.objects.filter(
            membership__person_id=person, revoked_at__isnull=True, membership__ended_at__isnull=True
        )
        .select_related("membership__organisation")
        .order_by("-made_at", "id")
    )


def feed_seen_by(actor: Actor, feed: UUID, *, is_by_token: bool) -> Feed:
    """One of the person's own feeds, revoked or not; a token sees that of its own membership only. Raises NotSeen."""
    rows = Feed.objects.filter(pk=feed, membership__person_id__in=[actor.person])
    if is_by_token:
        rows = rows.filter(membership__engagement_id__in=list(actor.capabilities))
    return the_one(rows)


def session_mark(session: UserSession) -> str:
    """What a session is called outside: its key would open it, its number would count everybody's."""
    return salted_hmac("handfast.people.session", session.session_key, algorithm="sha256").hexdigest()[:32]


def sessions_of(person: UUID) -> QuerySet[UserSession]:
    """A person's own sessions, the latest first."""
    rows: QuerySet[UserSession] = UserSession.objects.filter(user_id=person).order_by("-last_seen_at", "-pk")
    return rows


def session_seen_by(actor: Actor, mark: str) -> UserSession:
    """One of the person's own sessions by its mark. Raises NotSeen."""
    own = sessions_of(actor.person) if actor.person else ()
    found = next((one for one in own if session_mark(one) == mark), None)
    if found is None:
        raise NotSeen
    return found
