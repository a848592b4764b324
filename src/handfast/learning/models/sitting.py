"""A test as one trainee takes it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.topic import TopicPart
from handfast.learning.models.trainee import Trainee


class Sitting(Spaced):
    """`asked` are the ids of its questions in their order; `answers` the chosen places by question, once it is handed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="sittings")
    part = models.ForeignKey(TopicPart, on_delete=models.PROTECT, related_name="sittings")
    asked = models.JSONField()
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "trainee_id",
        "part_id",
        "started_at",
        "ends_at",
        "closed_at",
    )

    class Meta(Spaced.Meta):
        ordering = ("started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "trainee", "part"), condition=models.Q(closed_at__isnull=True),
                name="sitting_once_at_a_time",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.trainee_id}: {self.part_id}"
