"""A decision of a gate: what was proposed, over which frozen evidence."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.readiness.models.gate import Gate

if TYPE_CHECKING:
    from datetime import datetime


class GateDecision(Spaced):
    """`snapshot` is the canonical text of the evidence as it stood at `opened_at`, `sha256` its digest: both sign that.

    `repeat_on` is when a no-go is tried again. `declined_…` says who did not sign, and why.
    """

    class Outcome(models.TextChoices):
        GO = "go", "Go"
        CONDITIONAL = "conditional", "Go with conditions"
        NO_GO = "no-go", "No-go"

    class State(models.TextChoices):
        SIGNING = "signing", "being signed"
        DECIDED = "decided", "decided"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    note = models.TextField(blank=True)
    repeat_on = models.DateField(null=True)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SIGNING)
    opened_at = models.DateTimeField()
    opened_by_id = models.UUIDField()
    opened_for_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    declined_by_id = models.UUIDField(null=True)
    declined_for_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "gate_id", "number", "outcome", "repeat_on", "sha256", "state", "opened_for_id", "declined_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "gate", "number"), name="gate_decision_number_once"),
            models.UniqueConstraint(
                fields=("space", "gate"), condition=models.Q(state="signing"), name="gate_decision_once_at_a_time"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"decision {self.number}"

    @property
    def answered_at(self) -> datetime | None:
        """When it was decided, declined or withdrawn."""
        return self.ended_at

    @property
    def seen_as(self) -> str:
        return f"{self.sha256}:{self.state}"
