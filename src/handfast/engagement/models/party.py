"""A side of the deal, in the system or not yet."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models.engagement import Engagement
from handfast.foundation.fence import Spaced
from handfast.people.models import Organisation, Side


class Party(Spaced):
    """Client or provider by name; `organisation` is null while that side is not in the system."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(max_length=8, choices=Side.choices)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    joined_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("side", "organisation_id", "zone", "joined_at")

    class Meta(Spaced.Meta):
        verbose_name_plural = "parties"
        ordering = ("side",)
        constraints = (
            models.UniqueConstraint(fields=("space", "engagement", "side"), name="party_once_a_side"),
        )

    def __str__(self) -> str:
        return self.name
