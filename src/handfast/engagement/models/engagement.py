"""The deal between a client and one provider."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced


class Engagement(Spaced):
    """Lives in the space that client and provider share; its id is the `engagement_id` of all its spaces."""

    class Size(models.TextChoices):
        LIGHT = "light", "Light"
        STANDARD = "standard", "Standard"
        COMPLEX = "complex", "Complex"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    size = models.CharField(max_length=8, choices=Size.choices)
    zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    is_sample = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    signed_on = models.DateField(null=True, blank=True)
    live_on = models.DateField(null=True, blank=True)
    notice_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "size", "zone", "currency", "is_sample", "signed_on", "live_on", "notice_on", "ends_on",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def seen_as(self) -> str:
        told = (
            self.name,
            self.size,
            self.zone,
            self.currency,
            self.signed_on,
            self.live_on,
            self.notice_on,
            self.ends_on,
        )
        return "|".join(map(str, told))
