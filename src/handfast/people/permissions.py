"""Who may invite, end and change memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.models import lasting

if TYPE_CHECKING:
    from allauth.usersessions.models import UserSession

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.people.models import (
        CompanyAccount,
        Delegation,
        Feed,
        Invitation,
        Membership,
        Organisation,
        Person,
        Token,
    )


def may_invite(actor: Actor, space: Space) -> bool:
    """Whoever manages people in the engagement, out of their side's own space."""
    return space.organisation_id == actor.organisation and actor.can("manage-people", space.engagement_id)


def may_withdraw_invitation(actor: Actor, invitation: Invitation) -> bool:
    """Whoever may invite, for their own side."""
    return invitation.inviting_organisation_id == actor.organisation and actor.can(
        "manage-people", invitation.engagement_id
    )


def may_manage_membership(actor: Actor, membership: Membership) -> bool:
    """Whoever manages people, for their own organisation only."""
    return membership.organisation_id == actor.organisation and actor.can(
        "manage-people", membership.engagement_id
    )


def may_change_own_details(actor: Actor, membership: Membership) -> bool:
    """Everybody themselves, while they belong somewhere."""
    return membership.person_id == actor.person and membership.ended_at is None


def may_issue_token(actor: Actor, membership: Membership) -> bool:
    """Everybody for themselves."""
    return membership.person_id == actor.person and membership.ended_at is None


def may_revoke_token(actor: Actor, token: Token) -> bool:
    """Everybody their own, and whoever manages people those of their organisation."""
    member = token.membership
    return member.person_id == actor.person or may_manage_membership(actor, member)


def may_change_person(actor: Actor, person: Person) -> bool:
    """Everybody themselves."""
    return actor.person == person.pk


def may_change_alone(actor: Actor, person: Person) -> bool:
    """Whoever belongs nowhere, themselves."""
    return actor.person == person.pk and not person.memberships.filter(lasting(with_later=True)).exists()


def may_end_session(actor: Actor, session: UserSession) -> bool:
    """Everybody their own."""
    return actor.person is not None and session.user_id == actor.person


def may_make_feed(actor: Actor, membership: Membership) -> bool:
    """Everybody for themselves."""
    return membership.person_id == actor.person and membership.ended_at is None


def may_revoke_feed(actor: Actor, feed: Feed) -> bool:
    """Everybody their own, also after they left."""
    return feed.membership.person_id == actor.person


def may_unlink(actor: Actor, account: CompanyAccount) -> bool:
    """Everybody their own."""
    return actor.person == account.person_id


def may_choose_words(actor: Actor, organisation: Organisation) -> bool:
    """Whoever manages people for the organisation, in any of its engagements."""
    return actor.organisation == organisation.pk and any(
        actor.can("manage-people", engagement) for engagement in actor.capabilities
    )


def may_hand_over(actor: Actor, space: Space) -> bool:
    """Everybody what they may do themselves, in their side's own space of an engagement."""
    is_own = space.organisation_id is not None and space.organisation_id == actor.organisation
    return is_own and space.engagement_id is not None and actor.person is not None


def may_end_delegation(actor: Actor, delegation: Delegation) -> bool:
    """Whoever handed it over, and whoever manages people of the organisation."""
    member = delegation.membership
    return member.person_id == actor.person or may_manage_membership(actor, member)
