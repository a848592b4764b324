"""What one file said, normalised: never changed, only followed by later ones or withdrawn."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.records.models.source import Source
from handfast.records.models.upload import Upload


class Batch(Spaced):
    """The rows of one upload. `digest` is of the normalised rows and names their file; `number` counts by source.

    `mapping` is the text that it was read by, and that its rows are read back by. A later batch replaces whole
    records of an earlier one. A withdrawn batch stays for the statements that name it; new ones leave it out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    file_sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    mapping = models.TextField()
    rows = models.PositiveBigIntegerField()
    records = models.PositiveBigIntegerField()
    first_stamp_at = models.DateTimeField(null=True)
    last_stamp_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True, editable=False)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "source_id", "upload_id", "number", "received_at", "file_sha256", "digest", "rows", "records", "withdrawn_at",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        verbose_name_plural = "batches"
        ordering = ("received_at", "number")
        constraints = (
            models.UniqueConstraint(fields=("space", "source", "number"), name="batch_number_once_a_source"),
            models.UniqueConstraint(fields=("space", "upload"), name="batch_once_an_upload"),
            models.UniqueConstraint(
                fields=("space", "source", "file_sha256"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="batch_stands_once_a_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} of {self.source_id}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether new statements leave it out."""
        return self.withdrawn_at is not None
