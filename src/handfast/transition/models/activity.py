"""An activity of the plan: shared by both sides, or one side's own business."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.contract.models import AgreedMilestone
from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan
from handfast.transition.models.step import Step


class Activity(Spaced):
    """A line of the plan. In the shared space both sides see it; in a side's own space only that side does.

    Durations are as the plan's format writes them: `5d`, `16h`. `agreed` is the milestone of
    the contract that fixes its deadline, None where nothing does. `needs` is [{"role", "side", "number"}], as the format writes them.
    """

    class Kind(models.TextChoices):
        WORK = "work", "activity"
        MILESTONE = "milestone", "milestone"
        GATE = "gate", "gate"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.WORK)
    lead = models.CharField(max_length=8, choices=Step.Lead.choices)
    step_key = models.CharField(max_length=40, blank=True)
    wave = models.PositiveSmallIntegerField(default=1)
    site = models.CharField(max_length=80, blank=True)
    low = models.CharField(max_length=12, blank=True)
    likely = models.CharField(max_length=12, blank=True)
    high = models.CharField(max_length=12, blank=True)
    not_before_on = models.DateField(null=True, blank=True)
    fixed_on = models.DateField(null=True, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    agreed = models.ForeignKey(
        AgreedMilestone, on_delete=models.PROTECT, null=True, related_name="planned_as"
    )
    owner_id = models.UUIDField(null=True)
    needs = models.JSONField(default=list)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    remaining = models.CharField(max_length=12, blank=True)
    baseline_starts_at = models.DateTimeField(null=True)
    baseline_ends_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    journal_fields: ClassVar[tuple[str, ...]] = (
        "key", "kind", "lead", "step_key", "wave", "site", "low", "likely", "high", "not_before_on", "fixed_on",
        "deadline_on", "agreed_id", "owner_id", "started_on", "finished_on", "remaining", "removed_at", "version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        verbose_name_plural = "activities"
        ordering = ("position", "key")
        constraints = (
            models.UniqueConstraint(fields=("space", "plan", "key"), name="activity_key_once_a_plan"),
            models.UniqueConstraint(fields=("space", "agreed"), name="activity_once_an_agreed_milestone"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)
