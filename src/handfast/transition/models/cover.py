"""How a day that is a holiday of one side is covered once the service is live."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Party
from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Cover(Spaced):
    """One for a holiday of a side; one side proposes it, the other agrees. Proposed anew, it is to be agreed anew."""

    class How(models.TextChoices):
        OTHER = "other", "the other side covers"
        ON_CALL = "on_call", "on call"
        REDUCED = "reduced", "reduced service"
        CLOSED = "closed", "no service"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="covers")
    side = models.CharField(max_length=8, choices=Party.side.field.choices)
    on = models.DateField()
    how = models.CharField(max_length=7, choices=How.choices)
    note = models.CharField(max_length=300, blank=True)
    proposed_for_id = models.UUIDField()
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("side", "on", "how", "proposed_for_id", "agreed_at")

    class Meta(Spaced.Meta):
        ordering = ("on", "side")
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "side", "on"), name="cover_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.side} on {self.on}: {self.how}"
