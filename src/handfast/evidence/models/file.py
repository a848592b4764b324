"""A file that is kept beside one thing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced
from handfast.foundation.files.staged import FILE_NAME_LENGTH


class File(Spaced):
    """In the thing's space whoever sees the thing opens it; in a side's own space only that side does, for ever.

    Its bytes lie below the home folder under its id; `file_name` is only shown. `attached_for_id` is the organisation on
    whose account they count. Withdrawn, its name, its digest and its bytes are gone. `sent_as` is as with comments.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    file_name = models.CharField(max_length=FILE_NAME_LENGTH)
    kind = models.CharField(max_length=10)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()
    attached_by_id = models.UUIDField()
    attached_for_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    sent_as = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("file_name",)
    journal_fields: ClassVar[tuple[str, ...]] = ("about_kind", "about_id", "withdrawn_at")

    class Meta(Spaced.Meta):
        ordering = ("-attached_at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "sent_as"), name="file_sent_once"),)
        indexes = (
            models.Index(fields=("about_id", "-attached_at", "id"), name="file_about"),
            models.Index(fields=("engagement", "attached_for_id"), name="file_account"),
        )

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def is_internal(self) -> bool:
        """Whether one side alone sees it."""
        return self.space_id != self.engagement.space_id
