"""A transition template that an organisation keeps as its own: no release of the program overwrites it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class PlanTemplate(Spaced):
    """A text in the format of the shipped templates, in the organisation's home, where no other organisation looks.

    `release` is the version of the program whose template of that size was copied, or was beside the plan that was;
    `shipped_sha256` is the digest of that shipped text, so that a later release shows that its own has changed.
    """

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "copied from the shipped template"
        PLAN = "plan", "kept from a plan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    size = models.CharField(max_length=8, choices=Engagement.Size.choices)
    origin = models.CharField(max_length=7, choices=Origin.choices)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    release = models.CharField(max_length=40)
    shipped_sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    kept_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "size", "origin", "sha256", "release", "shipped_sha256", "version", "retired_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("name", "kept_at")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "name"),
                condition=models.Q(retired_at__isnull=True),
                name="plan_template_named_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        return str(self.version)
