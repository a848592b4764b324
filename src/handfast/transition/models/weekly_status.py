"""The status of one week, written by itself on its Friday and frozen."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class WeeklyStatus(Spaced):
    """Open until its evening, when it holds no more than remarks; then `body` and its digest stand for ever.

    `remarks` is {side: {"text", "by"}}. `body` is what both sides see: nothing internal of either is in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="weeks")
    ends_on = models.DateField()
    remarks = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("ends_on", "remarks", "digest", "frozen_at")

    class Meta(Spaced.Meta):
        verbose_name_plural = "weekly statuses"
        ordering = ("-ends_on",)
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "ends_on"), name="weekly_status_once_a_week"),
        )

    def __str__(self) -> str:
        return f"week to {self.ends_on}"
