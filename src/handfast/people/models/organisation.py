"""An organisation: a client or a provider, whichever it is in an engagement."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.models import Space


class Organisation(models.Model):
    """A company. Its home space holds what belongs to it and to no engagement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    home_space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField(default=dict, blank=True)
    is_sample = models.BooleanField(default=False)

    journal_fields: ClassVar[tuple[str, ...]] = ("words", "is_sample")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def journal_space_id(self) -> uuid.UUID:
        return self.home_space_id
