"""A wave: the processes or the site that move together, in the order of the plan."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Wave(Spaced):
    """One of several; a plan without a second wave has no row. Its activities carry its `number`.

    `percent` says how much of the first wave's durations it was given when it was added.
    """

    class Criticality(models.IntegerChoices):
        LOW = 1, "low: the business waits a week without harm"
        MEDIUM = 2, "medium: customers notice within days"
        HIGH = 3, "high: customers or closes are hit within a day"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    carries = models.CharField(max_length=400, blank=True)
    criticality = models.PositiveSmallIntegerField(choices=Criticality.choices, default=Criticality.MEDIUM)
    starts_on = models.DateField()
    percent = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)

    journal_fields: ClassVar[tuple[str, ...]] = ("number", "criticality", "starts_on")

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("space", "plan", "number"), name="wave_once_a_plan"),)

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)
