"""A step of bringing in a running deal that somebody leaves out, and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class SkippedStep(Spaced):
    """In the space that both sides see. Whether a step is done is never kept: only that it is not needed here, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="skipped_steps")
    step = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    skipped_at = models.DateTimeField()
    skipped_by_id = models.UUIDField(null=True)
    taken_up_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("step", "taken_up_at")

    class Meta(Spaced.Meta):
        ordering = ("skipped_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "engagement", "step"),
                condition=models.Q(taken_up_at__isnull=True),
                name="step_skipped_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step}, left out"
