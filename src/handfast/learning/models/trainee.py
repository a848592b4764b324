"""Somebody who learns, by the number that their own side gave them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.training_class import TrainingClass


class Trainee(Spaced):
    """A staff number, never a name (decision 18). Whoever left is asked nothing more; what they proved stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="trainees")
    label = models.CharField(max_length=60)
    left_on = models.DateField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("training_class_id", "left_on")

    class Meta(Spaced.Meta):
        ordering = ("label",)
        constraints = (
            models.UniqueConstraint(fields=("space", "training_class", "label"), name="trainee_label_once"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def seen_as(self) -> str:
        return self.left_on.isoformat() if self.left_on else "here"
