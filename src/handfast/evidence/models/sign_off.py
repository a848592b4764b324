"""The request that roles sign a version of a document."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.evidence.models.document_version import DocumentVersion
from handfast.foundation.fence import Spaced


class SignOff(Spaced):
    """Asked by the document's owner, until a day or without one; withdrawn, what still waits is asked no longer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document_version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="sign_offs")
    due_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_for_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("document_version_id", "due_on", "withdrawn_at")

    class Meta(Spaced.Meta):
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return f"sign-off {self.pk}"
