"""What a criterion was, from when on: its history, written where it changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.readiness.models.criterion import Criterion


class CriterionStanding(Spaced):
    """The last one holds. `measured` is what was counted, None where there was nothing to count, `said` in words."""

    class Standing(models.TextChoices):
        MET = "met", "Met"
        AT_RISK = "at-risk", "Not met, not blocking"
        NOT_MET = "not-met", "Not met"
        WAIVED = "waived", "Waived"
        STALE = "stale", "Stale"
        OPEN = "open", "Open"
        NO_DATA = "no-data", "No data"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="standings")
    standing = models.CharField(max_length=7, choices=Standing.choices)
    measured = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    said = models.CharField(max_length=200, blank=True)
    since_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = ("criterion_id", "standing", "measured", "since_at")

    class Meta(Spaced.Meta):
        ordering = ("-since_at", "id")

    def __str__(self) -> str:
        return f"{self.standing} since {self.since_at:%Y-%m-%d}"
