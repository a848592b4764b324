"""What a person changed last, as it was before: so that it can be taken back for a moment."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class LastChange(Spaced):
    """One for a person in a space; the next one takes its place.

    `activities` is [{"id", "version", "values"}]: the version that the change made, and the values before it.
    `links_out` and `links_in` are the links that it took out, as they were, and the ids of those that it made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    made_at = models.DateTimeField()
    plan_version = models.PositiveIntegerField()
    activities = models.JSONField(default=list)
    links_out = models.JSONField(default=list)
    links_in = models.JSONField(default=list)

    journal_fields: ClassVar[tuple[str, ...]] = ("made_at", "activity_ids")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "person_id"), name="last_change_once_a_person"),
        )

    def __str__(self) -> str:
        return f"change of {self.made_at:%Y-%m-%d %H:%M:%S}"

    @property
    def activity_ids(self) -> list[str]:
        """Which activities it changed; the journal names them and not their values."""
        return [str(one["id"]) for one in self.activities]
