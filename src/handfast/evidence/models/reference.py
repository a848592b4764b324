"""Where something that counts for a thing lives, outside of Handfast."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.evidence.models.file import File
from handfast.foundation.fence import Spaced


class Reference(Spaced):
    """An address elsewhere, as of a procedure, with its name; `frozen` is a copy of what stood there, where one was brought.

    Handfast never opens the address. In the thing's space whoever sees the thing sees it, in a side's own space only that side.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=2_000)
    frozen = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="references")
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField()

    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    journal_fields: ClassVar[tuple[str, ...]] = ("about_kind", "about_id", "frozen_id")

    class Meta(Spaced.Meta):
        ordering = ("added_at", "id")
        indexes = (models.Index(fields=("about_id", "added_at", "id"), name="reference_about"),)

    def __str__(self) -> str:
        return f"reference {self.pk}"

    @property
    def is_internal(self) -> bool:
        """Whether one side alone sees it."""
        return self.space_id != self.engagement.space_id
