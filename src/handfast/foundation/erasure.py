"""What an entry of the journal says can be erased; that it was, is an entry of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.journal import ERASED
from handfast.foundation.refusals import Conflict, FieldsRefused
from handfast.foundation.spaces import engagement_of

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Contents


LONGEST_REASON = 200


class ErasureUnexplained(FieldsRefused):
    """An erasing without its reason, or with one that does not fit in a line."""

    code = "erasure-unexplained"


def may_erase_contents(actor: Actor, contents: Contents) -> bool:
    """Whoever keeps the people of the engagement answers for their data too. What tells of an erasing stays."""
    return contents.action != ERASED and actor.can("manage-people", engagement_of(contents.space_id))


@action(permits=may_erase_contents, records=ERASED)
def erase_contents(actor: Actor, contents: Contents, /, *, reason: str, at: datetime) -> Contents:  # noqa: ARG001 - actor and at are what every verb is given
    """Forget salt and payload of one entry; the reason stands in the entry that tells of it.

    The chain still verifies, and says *erased*. Raises Conflict, ErasureUnexplained.
    """
    if not contents.salt:
        raise Conflict("this entry was erased before: there is nothing left to forget")
    contents.erased_because = _checked(reason)
    contents.salt = contents.payload = contents.action = ""
    contents.subject_id = contents.person_id = contents.organisation_id = None
    contents.save()
    return contents


def _checked(reason: str) -> str:
    told = reason.strip()
    if not told or len(told) > LONGEST_REASON:
        said = f"say in up to {LONGEST_REASON} letters why it is erased"
        raise ErasureUnexplained(said, [("reason", said)])
    return told
