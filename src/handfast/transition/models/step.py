"""A step of the transition: what each side does in it, what it delivers, and how its milestone is passed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.transition.models.plan import Plan


class Step(Spaced):
    """One of the steps that a template brings and a deal changes freely; shared by both sides.

    `criteria` is [{"id", "text", …}]: what must be shown for its milestone to pass. The rest are lists of texts.
    """

    class Lead(models.TextChoices):
        CLIENT = "client", "client"
        PROVIDER = "provider", "provider"
        JOINT = "joint", "both together"
        EITHER = "either", "either side"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    lead = models.CharField(max_length=8, choices=Lead.choices)
    description = models.TextField(blank=True)
    client_actions = models.JSONField(default=list)
    provider_actions = models.JSONField(default=list)
    deliverables = models.JSONField(default=list)
    criteria = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    journal_fields: ClassVar[tuple[str, ...]] = ("key", "number", "lead", "version")

    class Meta(Spaced.Meta):
        ordering = ("number", "key")
        constraints = (models.UniqueConstraint(fields=("space", "plan", "key"), name="step_once_a_plan"),)

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)
