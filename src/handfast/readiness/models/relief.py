"""What a side is relieved of because the other delivered late."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.governance.models import RegisterEntry


class Relief(Spaced):
    """Asked by the side that waits for a late dependency, granted or declined by the side that owes it.

    `days` are calendar days by which its own dates move, `granted_days` those that were granted. `late_days` and
    `plan_days` are frozen as they stood when it was asked: how late the dependency was, and by how many working days the
    go-live moved by it, None where the plan could not say.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        GRANTED = "granted", "granted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="reliefs")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="reliefs")
    number = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    effect = models.TextField()
    late_days = models.PositiveIntegerField()
    plan_days = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_for_id = models.UUIDField()
    granted_days = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_for_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "entry_id", "number", "days", "late_days", "plan_days", "state", "granted_days", "asked_for_id", "answered_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-asked_at", "-number")
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "number"), name="relief_number_once"),
            models.UniqueConstraint(
                fields=("space", "entry"), condition=models.Q(state__in=("asked", "granted")),
                name="relief_once_while_it_lasts",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"RL-{self.number}"

    @property
    def seen_as(self) -> str:
        return self.state
