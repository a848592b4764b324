"""How far somebody's daily mail has told them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced


class Digest(Spaced):
    """One for each person and organisation, in the organisation's home; it holds no word of what was told.

    `told_on` is the person's day of the last mail, which tells what happened after `since_at` and up to `upto_at`.
    Until it is `closed_at` that mail may be sent again, as the same one; later ones begin where it ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(editable=False)
    told_on = models.DateField()
    since_at = models.DateTimeField()
    upto_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("told_on", "since_at", "upto_at", "closed_at")

    class Meta(Spaced.Meta):
        constraints = (models.UniqueConstraint(fields=("space", "person_id"), name="digest_once_a_person"),)

    def __str__(self) -> str:
        return f"digest of {self.told_on} for {self.person_id}"
