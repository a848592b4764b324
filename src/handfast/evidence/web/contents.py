"""What a version or the draft holds, as a page names it and as it is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.evidence.reading.kinds import KINDS
from handfast.foundation.files.staged import said_size

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.evidence.models import Document, DocumentVersion

MARKDOWN = "Markdown"


@dataclass(frozen=True, slots=True)
class Content:
    """Of the draft `digest` and `content_digest` are empty: it is not frozen."""

    name: str
    file_name: str
    kind: str
    size: str
    url: str
    is_file: bool = False
    digest: str = ""
    content_digest: str = ""
    is_over_title: bool = False


def content_of(engagement: UUID, document: Document, version: DocumentVersion | None) -> Content:
    """What the version holds; without one, the draft."""
    if version is None:
        url = reverse("evidence:document_draft", args=[engagement, document.pk])
        return Content("the draft", "", MARKDOWN, _size(document.text), url)
    url, name = content_url(engagement, version), f"version {version.number}"
    digests = (version.sha256, version.content_digest, version.is_over_title)
    if version.file is not None:
        file = version.file
        return Content(
            name, file.file_name, KINDS[file.kind].name, said_size(file.size_bytes), url, True, *digests
        )
    return Content(
        name, f"{document.name}-v{version.number}.md", MARKDOWN, _size(version.text), url, False, *digests
    )


def content_url(engagement: UUID, version: DocumentVersion) -> str:
    """Where it is downloaded."""
    if version.file_id is not None:
        return reverse("evidence:file_download", args=[engagement, version.file_id])
    return reverse("evidence:version_download", args=[engagement, version.document_id, version.number])


def _size(text: str) -> str:
    return said_size(len(text.encode()))
