"""Invite to a side of an engagement: the own one, or the other one while nobody of it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of, party_on
from handfast.engagement.refusals import EngagementRefused, SideTaken
from handfast.foundation.refusals import NotPermitted
from handfast.people.actions.invitations import invite
from handfast.people.models import Organisation, Side
from handfast.people.permissions import may_invite
from handfast.people.queries import internal_space_of, side_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.people.models import Invitation


def invite_to_side(
    actor: Actor,
    engagement: Engagement,
    *,
    email: str,
    side: str,
    roles: Sequence[str],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    at: datetime,
) -> Invitation:
    """One action, `invite`, with what the engagement knows of its sides. Raises SideTaken, NotPermitted, RoleUnknown."""
    mine = party_of(engagement, actor.organisation)
    if mine is None or mine.organisation_id is None:
        raise NotPermitted("invitations come from one of the two sides")
    space = internal_space_of(mine.organisation_id, engagement.pk)
    if not may_invite(actor, space):  # asked before anything is told of the other side
        raise NotPermitted("invitation sent: your role does not include it")
    if side not in Side.values:
        raise EngagementRefused("choose client or provider", [("side", "choose client or provider")])
    if is_taken(engagement, mine.side, side):
        raise SideTaken(f"the {side_word(actor, side)}'s side is in already, and invites its own people")
    own = Organisation.objects.get(pk=mine.organisation_id) if side == mine.side else None
    return invite(
        actor, space, shared_space=engagement.space_id,
        email=email, side=side, roles=roles, organisation=own, starts_at=starts_at, ends_at=ends_at, at=at,
    )  # fmt: skip


def is_taken(engagement: Engagement, mine: str, side: str) -> bool:
    """Nobody lets people into the organisation of the other side."""
    return side != mine and party_on(engagement, side).organisation_id is not None
