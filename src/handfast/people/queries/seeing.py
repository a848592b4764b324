"""Who is seen: people, organisations and invitations of the actor's engagements, and what is the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.utils.crypto import salted_hmac

from handfast.foundation.models import Space
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.sight import the_one
from handfast.people.models import AccessEntry, Feed, Invitation, Membership, Organisation, Token, lasting
from handfast.people.permissions import may_manage_membership

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
        Membership.objects.filter(lasting(with_later=True), engagement_id=engagement)
        .select_related("person", "organisation")
        .order_by("side", "person__name", "id")
    )


def own_roles(actor: Actor, engagement: UUID) -> frozenset[str]:
    """What the actor is in an engagement, for the organisation that they act for."""
    mine = Membership.objects.filter(
        lasting(),
        engagement_id=engagement,
        person_id__in=[actor.person],
        organisation_id__in=[actor.organisation],
    )
    return frozenset(role for roles in mine.values_list("roles", flat=True) for role in roles)


def last_seen_of(actor: Actor, members: Iterable[Membership]) -> dict[UUID, datetime]:
    """When the persons of the actor's own side last looked into the engagement; of the other side's nothing is told.

    It is kept with the membership: for whom else somebody works, and when, is nobody's business here.
    """
    own = (one for one in members if one.organisation_id == actor.organisation)
    return {one.person_id: one.last_seen_at for one in own if one.last_seen_at is not None}


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


GONE = "somebody who is not here any more"  # for whom there is no name


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
    """One of the person's own tokens of the organisation that they act for. Raises NotSeen."""
    return the_one(Token.objects.filter(pk=token, membership__in=_own(actor)))


def own_membership(actor: Actor, membership: UUID | None) -> Membership:
    """One of the person's own that last, of the organisation that they act for. Raises NotSeen.

    What is done with it stands in its engagement's journal, with the organisation acted for: that of another one would
    tell both sides there with whom else the person works.
    """
    return the_one(_own(actor).filter(lasting(), pk__in=[membership]))


def _own(actor: Actor) -> QuerySet[Membership]:
    """What the person is or was for the organisation that they act for; of a program, nothing."""
    return Membership.objects.filter(
        person_id__in=[actor.person], person_id__isnull=False, organisation_id__in=[actor.organisation]
    )


def tokens_of(actor: Actor) -> QuerySet[Token]:
    """A person's own tokens that are not revoked, of the organisation that they act for."""
    return (
        Token.objects.filter(membership__in=_own(actor), revoked_at__isnull=True)
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


def home_space_of(actor: Actor) -> Space:
    """Where the organisation that the actor acts for keeps what is its own and of no engagement. Raises NotSeen."""
    found: Space = the_one(
        Space.objects.filter(
            organisation_id__in=[actor.organisation], engagement_id__isnull=True, pk__in=actor.reach.reads
        )
    )
    return found


def feeds_of(actor: Actor) -> QuerySet[Feed]:
    """A person's own calendar feeds that are not revoked, of memberships that last and that the actor acts in.

    A token acts in one engagement: it does not tell where else its person works.
    """
    return (
        Feed.objects.filter(
            lasting("membership__"),
            membership__in=_own(actor),
            membership__engagement_id__in=list(actor.capabilities),
            revoked_at__isnull=True,
        )
        .select_related("membership__organisation")
        .order_by("-made_at", "id")
    )


def feed_seen_by(actor: Actor, feed: UUID, *, is_by_token: bool) -> Feed:
    """One of the person's own feeds, revoked or not; a token sees that of its own membership only. Raises NotSeen."""
    rows = Feed.objects.filter(pk=feed, membership__in=_own(actor))
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


def access_seen_by(actor: Actor, member: Membership) -> QuerySet[AccessEntry]:
    """What an auditor opened, the latest first: told to the auditor, and to whoever manages people on that side.

    Shown as both sides see it, one acts for nobody and is told nothing.

    Raises NotPermitted.
    """
    is_own = member.person_id == actor.person and member.organisation_id == actor.organisation
    if not (is_own or may_manage_membership(actor, member)):
        raise NotPermitted("what an auditor opened is told to those who manage people on their side")
    return AccessEntry.objects.filter(membership=member).order_by("-at", "id")


def auditor_seen_by(actor: Actor, engagement: UUID, membership: UUID) -> Membership:
    """Somebody who audits or audited in this engagement, also after their time has ended. Raises NotSeen."""
    member = membership_seen_by(actor, membership)
    if member.engagement_id != engagement:
        raise NotSeen
    return member


def audits_ended(actor: Actor, engagement: UUID) -> list[Membership]:
    """The own side's auditors whose time is over, the latest first, for whoever manages people."""
    if not actor.can("manage-people", engagement):
        return []
    rows = Membership.objects.filter(engagement_id=engagement, organisation_id__in=[actor.organisation])
    rows = rows.exclude(pk__in=Membership.objects.filter(lasting(with_later=True)).values("pk"))
    ended = rows.select_related("person", "organisation").order_by("-ends_at", "-ended_at", "id")
    return [one for one in ended if "auditor" in one.roles]
