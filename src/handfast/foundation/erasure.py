"""What an entry of the journal says can be erased; that it was, is an entry of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.foundation.spaces import engagement_of

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Contents


def may_erase_contents(actor: Actor, contents: Contents) -> bool:
    """Whoever keeps the people of the engagement answers for their data too."""
    return actor.can("manage-people", engagement_of(contents.space_id))


@action(permits=may_erase_contents, records="contents.erased")
def erase_contents(actor: Actor, contents: Contents, /, *, reason: str, at: datetime) -> Contents:  # noqa: ARG001 - actor, reason and at are what every verb is given
    """Forget salt and payload of one entry. The chain still verifies, and says *erased*."""
    if not contents.salt:
        raise Conflict("this entry was erased before: there is nothing left to forget")
    contents.salt = contents.payload = contents.action = ""
    contents.subject_id = contents.person_id = contents.organisation_id = None
    contents.save()
    return contents
