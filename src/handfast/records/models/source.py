"""A tool whose exports come in, and the mapping that reads them."""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced

KEY_LENGTH = 63


class Source(Spaced):
    """Where records come from. `mapping` is YAML as in terms: `sources:`, below it `key`, below it the columns."""

    class Kind(models.TextChoices):
        EVENTS = "events", "one row an event"
        RECORDS = "records", "one row a record"
        INTERVALS = "intervals", "one row an interval"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.PROTECT, related_name="sources")
    key = models.CharField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    mapping = models.TextField()
    added_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = ("key", "kind", "mapping_sha256")

    class Meta(Spaced.Meta):
        ordering = ("key",)
        constraints = (models.UniqueConstraint(fields=("space", "key"), name="source_key_once_a_space"),)

    def __str__(self) -> str:
        return self.key

    @property
    def mapping_sha256(self) -> str:
        """SHA-256 of the mapping's text."""
        return hashlib.sha256(self.mapping.encode()).hexdigest()

    @property
    def seen_as(self) -> str:
        """What a form that was opened on this source has seen."""
        return self.mapping_sha256
