"""What a document said when it was published."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.evidence.models.document import Document
from handfast.evidence.models.file import File
from handfast.foundation.fence import Spaced


class DocumentVersion(Spaced):
    """A frozen title with a text or a file, and its digest. It never changes.

    `digest_form` says of what `sha256` is the digest. In the first form it is the text's alone, and `content_sha256` is empty;
    in the second it covers the title and `content_sha256`, the SHA-256 of the text or of the file: see `reading/digests.py`.
    """

    class DigestForm(models.IntegerChoices):
        TEXT = 1, "the text"
        TITLE_AND_CONTENT = 2, "the title and the content"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="frozen_in")
    digest_form = models.PositiveSmallIntegerField(choices=DigestForm.choices)
    content_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)
    summary = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    published_by_id = models.UUIDField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("document_id", "number", "digest_form", "sha256")

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "document", "number"), name="document_version_once"),
            models.UniqueConstraint(fields=("space", "file"), name="document_version_file_once"),
            models.CheckConstraint(
                condition=(models.Q(file__isnull=True) & ~models.Q(text=""))
                | models.Q(file__isnull=False, text=""),
                name="document_version_one_content",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def is_file(self) -> bool:
        return self.file_id is not None

    @property
    def content_digest(self) -> str:
        """The SHA-256 of what is downloaded, in either form."""
        return self.content_sha256 or self.sha256

    @property
    def is_over_title(self) -> bool:
        return self.digest_form == self.DigestForm.TITLE_AND_CONTENT

    @property
    def short(self) -> str:
        """How its digest begins, as people compare it."""
        return self.sha256[:12]
