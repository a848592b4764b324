"""End a membership, and change its roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing
from handfast.people.models import Feed, Membership, Token
from handfast.people.permissions import may_manage_membership
from handfast.people.refusals import LastManager, MembershipEnded, RoleUnknown
from handfast.people.roles import capabilities_of, roles_of_side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.foundation.actor import Actor

MANAGES = "manage-people"


@action(permits=may_manage_membership, records="membership.changed")
def change_roles(
    actor: Actor, membership: Membership, /, *, roles: Sequence[str], at: datetime
) -> Membership:
    """Give other roles. Raises MembershipEnded, RoleUnknown, LastManager."""
    _check_lasts(membership)
    known = {role.key for role in roles_of_side(membership.side)}
    if not roles or set(roles) - known:
        said = f"choose one or more of: {', '.join(sorted(known))}"
        raise RoleUnknown(said, [("roles", said)])
    if MANAGES not in capabilities_of(roles):
        _check_not_last(membership)
    membership.roles = list(roles)
    membership.save(update_fields=["roles"])
    return membership


@action(permits=may_manage_membership, records="membership.ended")
def end_membership(actor: Actor, membership: Membership, /, *, at: datetime) -> Membership:
    """End it at once: the next request of its sessions and tokens reaches nothing of the engagement.

    What waits in the outbox for this person and organisation is taken out. Raises MembershipEnded, LastManager.
    """
    _check_lasts(membership)
    _check_not_last(membership)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    Token.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=at)
    Feed.objects.filter(membership=membership, revoked_at__isnull=True).update(revoked_at=at)
    Outgoing.objects.filter(
        person_id=membership.person_id, organisation_id=membership.organisation_id, done_at__isnull=True
    ).delete()
    return membership


def _check_lasts(membership: Membership) -> None:
    if membership.ended_at is not None:
        raise MembershipEnded("this membership has ended already")


def _check_not_last(membership: Membership) -> None:
    others = Membership.objects.filter(
        engagement_id=membership.engagement_id,
        organisation_id=membership.organisation_id,
        ended_at__isnull=True,
    ).exclude(pk=membership.pk)
    others = others.select_for_update()
    if not any(MANAGES in capabilities_of(one.roles) for one in others):
        raise LastManager("nobody else manages the people of your side here: give somebody that role first")
