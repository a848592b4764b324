"""A report that was made for people, with the frozen facts that it is written from."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Pack(Spaced):
    """In the shared space both sides see it; in a side's own space only that side does, for ever.

    `body` is canonical JSON (`packs.report.Report`), `digest` its SHA-256: neither ever changes, so that the files are the
    same whenever they are written. `asked` is what it was made of, by the words of its kind. Withdrawn, it keeps its line,
    and its files are no longer given out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    asked = models.JSONField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_for_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("kind", "digest", "made_for_id", "withdrawn_at")

    class Meta(Spaced.Meta):
        ordering = ("-made_at", "id")
        indexes = (models.Index(fields=("engagement", "-made_at", "id"), name="pack_newest"),)

    def __str__(self) -> str:
        return self.subject

    @property
    def is_internal(self) -> bool:
        """Whether one side alone sees it."""
        return self.space_id != self.engagement.space_id
