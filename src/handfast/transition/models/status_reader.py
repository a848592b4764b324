"""Somebody who gets the weekly status by mail."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class StatusReader(Spaced):
    """On the list of a plan's weekly status by their own wish; both sides see who is on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="status_readers")
    person_id = models.UUIDField()
    asked_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = ("person_id",)

    class Meta(Spaced.Meta):
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "person_id"), name="status_reader_once_a_plan"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} reads {self.plan_id}"
