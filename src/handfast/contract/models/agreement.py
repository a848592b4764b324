"""What client and provider signed, to which terms belong."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Agreement(Spaced):
    """Lives in the space that both sides see. What it says stands in the versions of its terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    signed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = ("currency", "signed_on")

    class Meta(Spaced.Meta):
        ordering = ("made_at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "title"), name="agreement_title_once"),)

    def __str__(self) -> str:
        return self.title
