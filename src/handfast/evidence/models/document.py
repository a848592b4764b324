"""A text that both sides work by: an operating procedure, a service guide, training material."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Document(Spaced):
    """In the shared space both sides see it, its draft too; in a side's own space only that side does, for ever.

    `text` is the draft, in Markdown. `last_number` is the newest version's, 0 before the first; `is_changed` says that the
    draft is no longer what that version froze. `version` counts changes of the draft, so that a stale form is told.
    """

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", "Operating procedure"
        GUIDE = "guide", "Service guide"
        TRAINING = "training", "Training material"
        POLICY = "policy", "Policy"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    owner_id = models.UUIDField(null=True)
    text = models.TextField(blank=True)
    last_number = models.PositiveIntegerField(default=0)
    is_changed = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.UUIDField(null=True)

    search_fields: ClassVar[tuple[str, ...]] = ("title", "text")
    journal_fields: ClassVar[tuple[str, ...]] = ("number", "kind", "owner_id", "last_number", "version")

    class Meta(Spaced.Meta):
        ordering = ("-changed_at", "-number", "id")
        constraints = (models.UniqueConstraint(fields=("space", "number"), name="document_number_once"),)
        indexes = (
            models.Index(fields=("engagement", "-changed_at", "-number", "id"), name="document_newest"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def seen_as(self) -> str:
        return str(self.version)

    @property
    def is_internal(self) -> bool:
        """Whether it is one side's own business."""
        return self.space_id != self.engagement.space_id

    @property
    def name(self) -> str:
        """`DOC-12`; of what one side keeps for itself `DOC-own-3`, since its numbers are its own."""
        return f"DOC-{'own-' if self.is_internal else ''}{self.number}"
