"""End a membership, and change its roles."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing, Space
from handfast.people.actions.invitations import check_span, withdraw_invitation
from handfast.people.models import Feed, Invitation, Membership, Token, lasting
from handfast.people.permissions import may_manage_membership
from handfast.people.refusals import LastManager, MembershipEnded, RoleUnknown
from handfast.people.roles import capabilities_of, roles_of_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.foundation.actor import Actor

MANAGES = "manage-people"
NOTED_EVERY = timedelta(minutes=5)


@action(permits=may_manage_membership, records="membership.changed")
def change_roles(
    actor: Actor, membership: Membership, /, *, roles: Sequence[str], at: datetime
) -> Membership:
    """Give other roles; open invitations by which the former ones would come back are withdrawn.

    Raises MembershipEnded, RoleUnknown, LastManager, SpanRefused.
    """
    _check_lasts(membership)
    known = {role.key for role in roles_of_side(membership.side)}
    if not roles or set(roles) - known:
        said = f"choose one or more of: {', '.join(sorted(known))}"
        raise RoleUnknown(said, [("roles", said)])
    if MANAGES not in capabilities_of(roles):
        _check_not_last(membership)
    else:
        check_span(membership.starts_at, membership.ends_at, membership.began_at, is_managing=True)
    membership.roles = list(roles)
    membership.save(update_fields=["roles"])
    _withdraw_ways_back(actor, membership, is_managing=MANAGES in capabilities_of(roles), at=at)
    return membership


@action(permits=may_manage_membership, records="membership.ended")
def end_membership(actor: Actor, membership: Membership, /, *, at: datetime) -> Membership:
    """End it at once: the next request of its sessions and tokens reaches nothing of the engagement.

    What waits in the outbox for this membership is taken out, and every open link that leads back is withdrawn.
    Raises MembershipEnded, LastManager.
    """
    _check_lasts(membership)
    _check_not_last(membership)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    Token.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=at)
    Feed.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=at)
    here = Space.objects.filter(engagement_id=membership.engagement_id).values("pk")
    Outgoing.objects.filter(
        person_id=membership.person_id,
        organisation_id=membership.organisation_id,
        space_id__in=here,
        done_at__isnull=True,
    ).delete()
    _withdraw_ways_back(actor, membership, is_managing=False, at=at)
    return membership


def note_visit(member: Membership, at: datetime) -> None:
    """Keep when the person last looked in, to some minutes: one conditional UPDATE where they have passed, else nothing.

    Nobody decides it, so it is no action and stands in no journal.
    """
    stale = at - NOTED_EVERY
    if member.last_seen_at is not None and member.last_seen_at > stale:
        return
    rows = Membership.objects.filter(Q(last_seen_at__isnull=True) | Q(last_seen_at__lte=stale), pk=member.pk)
    rows.update(last_seen_at=at)


def _withdraw_ways_back(actor: Actor, membership: Membership, *, is_managing: bool, at: datetime) -> None:
    """Open invitations to the person's address; and those they sent, to whatever address, once they may send none."""
    ways = Q(email__iexact=membership.person.email)
    if not is_managing:
        ways |= Q(invited_by_id=membership.person_id)
    rows = Invitation.objects.select_for_update().filter(
        ways,
        engagement_id=membership.engagement_id,
        inviting_organisation_id=membership.organisation_id,
        used_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    for one in rows:
        withdraw_invitation(actor, one, at=at)


def _check_lasts(membership: Membership) -> None:
    if membership.ended_at is not None:
        raise MembershipEnded("this membership has ended already")


def _check_not_last(membership: Membership) -> None:
    others = Membership.objects.filter(
        lasting(),
        engagement_id=membership.engagement_id,
        organisation_id=membership.organisation_id,
        ends_at__isnull=True,
        person__is_active=True,
    ).exclude(pk=membership.pk)
    others = others.select_for_update()
    if not any(MANAGES in capabilities_of(one.roles) for one in others):
        raise LastManager("nobody else manages the people of your side here: give somebody that role first")
