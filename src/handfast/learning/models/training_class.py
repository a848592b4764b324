"""People who learn together, and what they learn."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.learning.models.topic import Topic
from handfast.people.models import Side


class TrainingClass(Spaced):
    """In the space that both sides see. `side` is whose people learn; the other side reads scores where `shows_scores`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="classes")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    shows_scores = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "side", "starts_on", "ends_on", "shows_scores", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="class_number_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"CL-{self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)


class ClassTopic(Spaced):
    """That a class must hold a topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="assigned")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="assigned")

    journal_fields: ClassVar[tuple[str, ...]] = ("training_class_id", "topic_id")

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "training_class", "topic"), name="class_topic_once"),
        )

    def __str__(self) -> str:
        return f"{self.training_class_id}: {self.topic_id}"
