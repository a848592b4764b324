"""A line of a statement that the other side does not accept."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.operate.models.statement import Statement


class Dispute(Spaced):
    """One level of one revision, with the reason; open until it is withdrawn or a later revision answers it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="disputes")
    level = models.CharField(max_length=100)
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by_id = models.UUIDField(null=True)
    raised_for_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("level", "reason", "raised_for_id", "withdrawn_at")

    class Meta(Spaced.Meta):
        ordering = ("raised_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "statement", "level"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="dispute_open_once_a_line",
            ),
        )

    def __str__(self) -> str:
        return f"dispute of {self.level}"
