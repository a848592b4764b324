"""What a test asks."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.topic import Topic


class Question(Spaced):
    """Of the bank of a topic. `choices` are its answers in their order, `right` the places of those that are right.

    With several right answers all of them, and none else, must be chosen. A question that was asked is never reworded: it is
    dropped and another one takes its place, so that what somebody answered stays readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    choices = models.JSONField()
    right = models.JSONField()
    because = models.TextField(blank=True)
    is_dropped = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("topic_id", "number", "is_dropped")

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "topic", "number"), name="question_number_once"),
        )

    def __str__(self) -> str:
        return f"question {self.number}"

    @property
    def has_several(self) -> bool:
        return len(self.right) > 1

    @property
    def seen_as(self) -> str:
        return "dropped" if self.is_dropped else "asked"
