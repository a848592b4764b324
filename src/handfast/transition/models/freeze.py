"""Days on which named kinds of work do not run, or run at part of their strength."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Freeze(Spaced):
    """From `first_on` to the day before `end_on`; `percent` of the strength is left. Empty lists name all work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="freezes")
    name = models.CharField(max_length=120)
    first_on = models.DateField()
    end_on = models.DateField()
    percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(99)])
    leads = models.JSONField(default=list)
    step_keys = models.JSONField(default=list)

    journal_fields: ClassVar[tuple[str, ...]] = ("first_on", "end_on", "percent", "leads", "step_keys")

    class Meta(Spaced.Meta):
        ordering = ("first_on", "name")

    def __str__(self) -> str:
        return self.name
