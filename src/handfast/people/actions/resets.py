"""Ask for the link to a new password."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.foundation.models import Outgoing

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.people.models import Person

MAIL_RESET = "people.mail_reset"  # the kind of its row in the outbox


def ask_for_reset(person: Person | None, *, at: datetime) -> None:
    """Plant the row; also one for nobody, so that the answer takes as long whoever signs in with the address.

    Whoever asks is a stranger to the house, and nothing of the person is changed: it is told in no journal.
    """
    row = Outgoing(kind=MAIL_RESET, subject_id=person.pk if person else uuid.uuid4(), due_at=at)
    row.space_id, row.key = row.pk, f"{MAIL_RESET}:{row.pk}"
    row.save(force_insert=True)
