"""One side's own plan as it sent it in, to be held beside the plan that both keep."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class OfferedPlan(Spaced):
    """A version of it, in the space of the side that sent it: the other side sees only what is taken over.

    `content` is the plan as the plan's format writes it, `remarks` what of the file has no place there. `mapping`
    leads from the key of a phase to that of a step, "" where a phase is left out. `taken` is {its id: activity}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    remarks = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    offered_at = models.DateTimeField()
    offered_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("number", "sha256", "mapping", "taken", "version")

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "number"), name="offered_plan_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.file_name}, version {self.number}"

    @property
    def seen_as(self) -> str:
        return str(self.version)
