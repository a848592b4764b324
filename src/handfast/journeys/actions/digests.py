"""Begin the daily mail of a person's day, and close it once it is sent or there is nothing to say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.actions import unrecorded
from handfast.journeys.models import Digest
from handfast.journeys.permissions import may_close_digest, may_give_notice

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

FIRST = timedelta(days=1)  # how far back the first one tells
WHY = "when somebody is mailed is nobody else's business, and an entry a day for everybody would bury the journal"


@unrecorded(permits=may_give_notice, because=WHY)
def begin_digest(actor: Actor, space: Space, /, *, person: UUID, on: date, at: datetime) -> Digest | None:
    """What is to be told on this day; None where it was told already. The space's lock lets one worker at a time.

    One that was begun and not closed, since its worker was killed or no mail could be sent, is told again: on its own
    day as the same mail, later together with what came since.
    """
    known = {"told_on": on, "since_at": at - FIRST, "upto_at": at}
    digest: Digest
    digest, is_new = Digest.objects.get_or_create(space=space, person_id=person, defaults=known)
    if is_new or (digest.told_on == on and digest.closed_at is None):
        return digest
    if digest.told_on >= on:
        return None
    if digest.closed_at is not None:
        digest.since_at = digest.upto_at
    digest.told_on, digest.upto_at, digest.closed_at = on, at, None
    digest.save(update_fields=["told_on", "since_at", "upto_at", "closed_at"])
    return digest


@unrecorded(permits=may_close_digest, because=WHY)
def close_digest(actor: Actor, digest: Digest, /, *, at: datetime) -> Digest:
    """It is told: the next one begins where it ended."""
    digest.closed_at = at
    digest.save(update_fields=["closed_at"])
    return digest
