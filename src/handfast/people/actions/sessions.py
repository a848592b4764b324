"""End one session of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handfast.foundation.refusals import NotPermitted

if TYPE_CHECKING:
    from allauth.usersessions.models import UserSession

    from handfast.foundation.actor import Actor


def end_session(actor: Actor, session: UserSession) -> None:
    """Its next request is a stranger's. Raises NotPermitted.

    As signing in and out, it is told in no journal: how often somebody is here is nobody else's business.
    """
    if session.user_id != actor.person:
        raise NotPermitted("a session is ended by whoever signed in")
    with transaction.atomic():
        session.end()
