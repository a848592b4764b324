"""What a document said when it was published."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.evidence.models.document import Document
from handfast.foundation.fence import Spaced


class DocumentVersion(Spaced):
    """A frozen text with its digest: the SHA-256 of its bytes in UTF-8, which anybody computes of the file. It never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    summary = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    published_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("document_id", "number", "sha256")

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "document", "number"), name="document_version_once"),
        )

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def short(self) -> str:
        """How its digest begins, as people compare it."""
        return self.sha256[:12]
