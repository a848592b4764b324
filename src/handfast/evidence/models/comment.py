"""What somebody says about one thing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Comment(Spaced):
    """In the thing's space whoever sees the thing reads it; in a side's own space only that side does, for ever.

    `about_kind` and `about_id` name the thing, which another room keeps. A text that mentions holds `@` and the person's
    id, so that the name is the reader's to see. It never changes; withdrawn, its text is gone. `sent_as` is of the form
    that it came by, so that the same form sent twice writes one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    sent_as = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("text",)
    journal_fields: ClassVar[tuple[str, ...]] = ("about_kind", "about_id", "withdrawn_at")

    class Meta(Spaced.Meta):
        ordering = ("written_at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "sent_as"), name="comment_sent_once"),)
        indexes = (models.Index(fields=("about_id", "-written_at", "-id"), name="comment_about"),)

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def is_internal(self) -> bool:
        """Whether one side alone reads it."""
        return self.space_id != self.engagement.space_id
