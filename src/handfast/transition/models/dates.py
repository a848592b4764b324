"""What the schedule answers for an activity."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Dates(Spaced):
    """Computed, never typed. `why` is told to whoever sees the row.

    An activity that is shared has a row in the shared space, whose `why` names nothing that is internal; where
    its reason is internal to a side, a second row in that side's own space tells it by name.
    `bound_to_id` is the activity that binds its start, where whoever reads the row sees it.
    Floats are microseconds of open time of the activity's calendar, whose full day is `day_us`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    activity_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    latest_ends_at = models.DateTimeField()
    float_us = models.BigIntegerField()
    free_float_us = models.BigIntegerField()
    day_us = models.BigIntegerField()
    is_critical = models.BooleanField()
    is_late = models.BooleanField(default=False)
    why = models.TextField()
    bound_to_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("activity_id", "starts_at", "ends_at")

    class Meta(Spaced.Meta):
        verbose_name_plural = "dates"
        constraints = (
            models.UniqueConstraint(fields=("space", "activity_id"), name="dates_once_an_activity"),
        )

    def __str__(self) -> str:
        return f"dates of {self.activity_id}"
