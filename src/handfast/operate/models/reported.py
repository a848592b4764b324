"""What one side reports and attests for a month, because no log shows it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import Agreement
from handfast.foundation.fence import Spaced


class ReportedValue(Spaced):
    """A value of a measure for a month, or the month's charges; never changed, only followed by a later one or withdrawn.

    `said` holds what the terms language knows of a value: share, number, or numerator with n; of charges: number.
    `file_name` and `file_sha256` name what the value rests on; the file itself stays with whoever reports.
    """

    class Kind(models.TextChoices):
        VALUE = "value", "value of a measure"
        CHARGES = "charges", "charges of the month"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reported_values")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.VALUE)
    measure = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=7)
    said = models.JSONField()
    attested_by = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    reported_at = models.DateTimeField()
    reported_by_id = models.UUIDField(null=True)
    reported_for_id = models.UUIDField()
    reported_side = models.CharField(max_length=8)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "kind", "measure", "period", "said", "file_sha256", "reported_for_id", "reported_side", "withdrawn_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("reported_at", "id")
        indexes = (models.Index(fields=("space", "agreement", "period"), name="reported_by_month"),)

    def __str__(self) -> str:
        return f"{self.measure or self.kind} of {self.period}"

    @property
    def subject(self) -> tuple[str, str, str]:
        """What a later report of the same replaces."""
        return self.kind, self.measure, self.period
