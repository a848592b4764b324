"""That a trainee proved a topic, by the rules of the day."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.learning.models.topic import Topic
from handfast.learning.models.trainee import Trainee

HELD = ("lapsed_at", "valid_until", "certified_on")


class Certificate(Spaced):
    """Valid from `certified_on` through `valid_until`, for ever where that is None, unless it lapsed.

    `result_ids` are the results that it rests on, each used once.
    What was earned is not earned anew when the parts of the topic change. After it lapsed the practical cases are
    shown again, or everything where the topic has none; after its last day everything is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="certificates")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="certificates")
    certified_on = models.DateField()
    valid_until = models.DateField(null=True)
    result_ids = models.JSONField()
    made_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)
    lapsed_because = models.TextField(blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "trainee_id", "topic_id", "certified_on", "valid_until", "lapsed_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("certified_on", "made_at")
        # Each holds all that is asked whether a certificate holds: the table itself is not read for 50,000 of them.
        indexes = (
            models.Index(fields=("space", "topic", "trainee", *HELD), name="certificate_of_topic"),
            models.Index(fields=("space", "trainee", "topic", *HELD), name="certificate_of_trainee"),
        )

    def __str__(self) -> str:
        return f"{self.trainee_id}: {self.topic_id}"

    @property
    def seen_as(self) -> str:
        return "lapsed" if self.lapsed_at else "held"
