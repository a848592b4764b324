"""A passage of a version about which something is said."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.evidence.models.document import Document
from handfast.evidence.models.document_version import DocumentVersion
from handfast.foundation.fence import Spaced


class Passage(Spaced):
    """In the document's space, or in a side's own where only that side speaks about it; its comments name it as their thing.

    `text` is the passage as that version has it, so that it is found again where a later version still has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    document_version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    marked_at = models.DateTimeField()
    marked_by_id = models.UUIDField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("document_version_id", "number", "resolved_at")

    class Meta(Spaced.Meta):
        ordering = ("marked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "document_version", "number"), name="passage_once"),
        )

    def __str__(self) -> str:
        return f"passage {self.number}"

    @property
    def is_internal(self) -> bool:
        """Whether one side alone speaks about it here."""
        return self.space_id != self.engagement.space_id
