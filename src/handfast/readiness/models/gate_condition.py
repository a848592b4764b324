"""What has still to be done about a gate that was passed on conditions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.readiness.models.gate_decision import GateDecision

if TYPE_CHECKING:
    from datetime import date


class GateCondition(Spaced):
    """It is part of what was signed: only that it was fulfilled is added. Late, it bites: its gate stands as not met."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(GateDecision, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    owner_id = models.UUIDField()
    due_on = models.DateField()
    fulfilled_at = models.DateTimeField(null=True)
    fulfilled_by_id = models.UUIDField(null=True)
    note = models.TextField(blank=True)

    search_fields: ClassVar[tuple[str, ...]] = ("text",)
    journal_fields: ClassVar[tuple[str, ...]] = (
        "decision_id", "number", "owner_id", "due_on", "fulfilled_at", "fulfilled_by_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "decision", "number"), name="gate_condition_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def seen_as(self) -> str:
        return "fulfilled" if self.fulfilled_at else "open"

    def is_late(self, today: date) -> bool:
        return self.fulfilled_at is None and self.due_on < today
