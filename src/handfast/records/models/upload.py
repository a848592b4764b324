"""A file on its way in: received, read, and then a batch or a refusal."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.records.models.source import Source

FILE_NAME_LENGTH = 200


class Upload(Spaced):
    """One file as it came. `staged_name` is where its bytes wait to be read; the person's name is only shown.

    `said` and `refusal_code` are the refusal's; `report` is the kernel's import report as JSON.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        READING = "reading", "reading"
        READ = "read", "read"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=FILE_NAME_LENGTH)
    size_bytes = models.PositiveBigIntegerField()
    file_sha256 = models.CharField(max_length=64)
    staged_name = models.UUIDField(editable=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    is_dry_run = models.BooleanField(default=False)
    reading_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    refusal_code = models.CharField(max_length=60, blank=True)
    report = models.JSONField(default=dict, blank=True)
    uploaded_by_id = models.UUIDField(null=True, editable=False)
    organisation_id = models.UUIDField(null=True, editable=False)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "source_id", "size_bytes", "file_sha256", "state", "is_dry_run", "refusal_code",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-received_at", "id")
        indexes = (
            models.Index(fields=("space", "-received_at"), name="upload_newest"),
            models.Index(fields=("source", "file_sha256"), name="upload_by_file"),
        )

    def __str__(self) -> str:
        return f"{self.file_sha256[:12]} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be read."""
        return self.state not in {self.State.WAITING, self.State.READING}
