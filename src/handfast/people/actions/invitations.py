"""Invite somebody, and take it back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import later
from handfast.people.actions.persons import checked_address
from handfast.people.models import Invitation, Organisation
from handfast.people.permissions import may_invite, may_withdraw_invitation
from handfast.people.queries import link_secret, secret_digest
from handfast.people.refusals import InvitationSpent, RoleUnknown, SpanRefused
from handfast.people.roles import capabilities_of, roles_of_side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

LASTS = timedelta(days=14)
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_SPAN = timedelta(days=731)
MAIL_INVITATION = "people.mail_invitation"  # the kind of its row in the outbox


@action(permits=may_invite, records="invitation.sent")
def invite(
    actor: Actor,
    space: Space,
    /,
    *,
    shared_space: UUID,
    email: str,
    side: str,
    roles: Sequence[str],
    organisation: Organisation | None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    at: datetime,
) -> Invitation:
    """Invite an address to a side of the engagement, out of the inviting side's own space.

    With `ends_at` the membership ends by itself. Raises RoleUnknown, SpanRefused, FieldsRefused.
    """
    known = {role.key for role in roles_of_side(side)}
    if not roles or set(roles) - known:
        said = f"choose one or more of: {', '.join(sorted(known))}"
        raise RoleUnknown(said, [("roles", said)])
    check_span(starts_at, ends_at, at, is_managing="manage-people" in capabilities_of(roles))
    key = uuid.uuid4()
    invitation = Invitation.objects.create(
        id=key,
        journal_space_id=space.pk,
        shared_space_id=shared_space,
        inviting_organisation_id=cast("UUID", actor.organisation),  # may_invite has compared it
        email=checked_address(email),
        organisation=organisation,
        engagement_id=cast("UUID", space.engagement_id),
        side=side,
        roles=list(roles),
        starts_at=starts_at,
        ends_at=ends_at,
        digest=secret_digest(link_secret(key)),
        invited_at=at,
        invited_by_id=actor.person,
        expires_at=at + LASTS,
    )
    later(MAIL_INVITATION, invitation, due_at=at, actor=actor)  # type: ignore[arg-type]  # it has the id and the space that the row needs
    return invitation


def check_span(
    starts_at: datetime | None, ends_at: datetime | None, at: datetime, *, is_managing: bool
) -> None:
    """From when until when a membership is to last, where it is for a time. Raises SpanRefused."""
    said = ""
    if any(one is not None and not FIRST_YEAR <= one.year < LAST_YEAR for one in (starts_at, ends_at)):
        said = f"write days from the year {FIRST_YEAR} to {LAST_YEAR - 1}"
    elif ends_at is not None and is_managing:
        said = "whoever manages people stays until somebody ends it: give another role for a time"
    elif starts_at is not None and ends_at is None:
        said = "what begins on a day also ends on one: say both, or neither"
    elif ends_at is not None and not max(at, starts_at or at) < ends_at <= at + LONGEST_SPAN:
        said = "choose an end after the beginning, and within two years"
    if said:
        raise SpanRefused(said, [("ends_at", said)])


@action(permits=may_withdraw_invitation, records="invitation.withdrawn")
def withdraw_invitation(actor: Actor, invitation: Invitation, /, *, at: datetime) -> Invitation:
    """Its link is spent from now on. Raises InvitationSpent."""
    if invitation.used_at is not None or invitation.withdrawn_at is not None:
        raise InvitationSpent("this invitation was used or withdrawn before")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    Outgoing.objects.filter(kind=MAIL_INVITATION, subject_id=invitation.pk, done_at__isnull=True).delete()
    return invitation
