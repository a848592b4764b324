"""Invite several people together: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.actions import action
from handfast.journeys.queries.inviting import people_looked_at
from handfast.journeys.refusals import NobodyToInvite, PeopleRefused
from handfast.people.permissions import may_invite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.journeys.inviting.rows import PersonRow
    from handfast.people.models import Invitation


@action(permits=may_invite, records="invitations.sent")
def invite_people(
    actor: Actor, space: Space, /, *, rows: Sequence[PersonRow], at: datetime
) -> list[Invitation]:
    """Invite whoever is new out of the side's own space, each by an invitation that the journal tells of by itself.

    The space is locked, so that of two who send the same sheet at once one invites; of a sheet that is sent again nobody
    is invited twice. Raises PeopleRefused with every fault, NobodyToInvite.
    """
    deal = engagement_seen_by(
        actor, cast("UUID", space.engagement_id)
    )  # an own space of a deal, as may_invite asks
    looked = people_looked_at(actor, deal, rows, at=at)
    faults = [(one.row.number, name, fault) for one in looked for name, fault in one.row.faults]
    if faults:
        said = "; ".join(f"row {number}, {name}: {fault}" for number, name, fault in faults)
        raise PeopleRefused(
            f"nobody is invited: {said}", [(f"rows.{number}.{name}", fault) for number, name, fault in faults]
        )
    fresh = [one.row for one in looked if one.outcome == "new"]
    if not fresh:
        raise NobodyToInvite("everybody in these rows is here or invited already")
    return [
        invite_to_side(actor, deal, email=one.email, side=one.side, roles=one.roles, at=at) for one in fresh
    ]
