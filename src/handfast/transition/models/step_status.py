"""The standing of a step as somebody says it is, where the computed one misleads."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.step import Step

if TYPE_CHECKING:
    from datetime import date


class StepStatus(Spaced):
    """Both sides see it, with its reason and the path to green, beside what was computed when it was set.

    It holds to the end of `until_on` in the contract's zone, unless it is lifted or a newer one is set.
    """

    class Rag(models.TextChoices):
        GREEN = "green", "green"
        AMBER = "amber", "amber"
        RED = "red", "red"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="statuses")
    wave = models.PositiveSmallIntegerField(default=1)
    rag = models.CharField(max_length=5, choices=Rag.choices)
    computed = models.CharField(max_length=7)
    reason = models.TextField()
    path_to_green = models.TextField()
    until_on = models.DateField()
    set_at = models.DateTimeField()
    set_by_id = models.UUIDField(null=True)
    set_for_id = models.UUIDField()
    set_side = models.CharField(max_length=8)
    lifted_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "wave", "rag", "computed", "until_on", "set_for_id", "set_side", "lifted_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        verbose_name_plural = "step statuses"
        ordering = ("-set_at",)

    def __str__(self) -> str:
        return f"{self.rag} until {self.until_on}"

    def holds_on(self, on: date) -> bool:
        """Whether it stands on a day."""
        return self.lifted_at is None and on <= self.until_on
