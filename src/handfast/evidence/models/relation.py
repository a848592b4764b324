"""Two things of the deal that belong together."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Relation(Spaced):
    """A link between two things, kept once and shown on both; `one` is the lesser by kind and id, `other` the greater.

    It holds no names: each reader sees the two as they are called now, and sees the link only where they see both.
    Between what both sides see it may be one side's own; where one end is one side's own, it always is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    one_kind = models.CharField(max_length=20)
    one_id = models.UUIDField()
    other_kind = models.CharField(max_length=20)
    other_id = models.UUIDField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()

    journal_fields: ClassVar[tuple[str, ...]] = ("one_kind", "one_id", "other_kind", "other_id")

    class Meta(Spaced.Meta):
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "one_kind", "one_id", "other_kind", "other_id"), name="relation_once"
            ),
        )
        indexes = (
            models.Index(fields=("one_id", "made_at"), name="relation_of_one"),
            models.Index(fields=("other_id", "made_at"), name="relation_of_other"),
        )

    def __str__(self) -> str:
        return f"relation {self.pk}"

    @property
    def is_internal(self) -> bool:
        """Whether one side alone sees it."""
        return self.space_id != self.engagement.space_id
