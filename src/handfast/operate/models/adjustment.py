"""What the parties agree about a record or a stretch of time, proposed by one side and accepted by the other."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import Agreement
from handfast.foundation.fence import Spaced


class Adjustment(Spaced):
    """`said` holds the keys that the terms language knows: kind, type, source, records, from, to, pause, reason."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "waits for an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="adjustments")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_for_id = models.UUIDField()
    proposed_side = models.CharField(max_length=8)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "said", "state", "proposed_for_id", "proposed_side", "answer",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "agreement", "number"), name="adjustment_number_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How both sides call it."""
        return f"A-{self.number}"

    @property
    def seen_as(self) -> str:
        return self.state
