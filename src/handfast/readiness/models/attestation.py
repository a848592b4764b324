"""A person's word on whether a criterion holds."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.people.models import Side
from handfast.readiness.models.criterion import Criterion


class Attestation(Spaced):
    """The last one counts. It never changes: another one takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="attestations")
    holds = models.BooleanField()
    note = models.TextField()
    side = models.CharField(max_length=8, choices=Side.choices)
    attested_at = models.DateTimeField()
    attested_by_id = models.UUIDField()
    attested_for_id = models.UUIDField()

    journal_fields: ClassVar[tuple[str, ...]] = ("criterion_id", "holds", "side", "attested_for_id")

    class Meta(Spaced.Meta):
        ordering = ("-attested_at", "id")

    def __str__(self) -> str:
        return f"attestation {self.pk}"
