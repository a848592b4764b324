"""End one session of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import unrecorded
from handfast.people.permissions import may_end_session

if TYPE_CHECKING:
    from allauth.usersessions.models import UserSession

    from handfast.foundation.actor import Actor


@unrecorded(
    permits=may_end_session,
    because="as signing in and out: how often somebody is here is nobody else's business",
)
def end_session(actor: Actor, session: UserSession, /) -> None:
    """Its next request is a stranger's. Raises NotSeen, NotPermitted."""
    session.end()
