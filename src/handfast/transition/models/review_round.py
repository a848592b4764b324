"""One time that a deliverable was handed in, and what became of its review."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.deliverable import Deliverable


class ReviewRound(Spaced):
    """Beside its deliverable, numbered from 1.

    `contents` are the files that both saw beside the deliverable when it was handed in: pairs of id and SHA-256.
    `reckoning` says why the review ends at `ends_at`, frozen: the calendar, the days that count, the holidays that do
    not. `conditions` are texts with a day and who owns it, `reasons` are texts.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "under review"
        ACCEPTED = "accepted", "accepted"
        CONDITIONAL = "conditional", "accepted with conditions"
        REJECTED = "rejected", "rejected"
        DEEMED = "deemed", "deemed accepted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    contents = models.JSONField(default=list)
    submitted_at = models.DateTimeField()
    submitted_by_id = models.UUIDField(null=True)
    submitted_for_id = models.UUIDField()
    ends_at = models.DateTimeField()
    reckoning = models.JSONField(default=dict)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, default=Outcome.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)
    reasons = models.JSONField(default=list)
    conditions = models.JSONField(default=list)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number",
        "contents",
        "ends_at",
        "outcome",
        "answered_for_id",
    )

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "deliverable", "number"), name="review_round_once"),
        )

    def __str__(self) -> str:
        return f"round {self.number}"
