"""What the operations of documents take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Schema

from handfast.evidence.api.schemas import MOST, Limit
from handfast.foundation.api.bounds import FARTHEST


class DocumentsAsked(Schema):
    """What is asked for, each empty where it does not matter, and which part."""

    text: str = ""
    kind: str = ""
    state: str = ""
    owner: str = ""
    seen: str = ""
    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0
    limit: Limit = MOST


class DocumentIn(Schema):
    """A draft: `text` is Markdown of at most 200,000 characters; with `as_seen` it is refused where it changed since."""

    title: str
    kind: str
    text: str = ""
    owner_id: UUID | None = None
    as_seen: str | None = None


class NewDocumentIn(DocumentIn):
    """`audience` is `shared`, or `own` for what the own side alone sees."""

    audience: str = "shared"


class NamedTextIn(Schema):
    """The title and the text, in Markdown, of one of several."""

    title: str
    text: str


class SeveralIn(Schema):
    """Documents of one kind, taken in together; `audience` is `shared` or `own`, `is_published` makes each a version 1."""

    kind: str
    documents: list[NamedTextIn]
    audience: str = "shared"
    is_published: bool = True


class DocumentOut(Schema):
    """A document without its text; `last_number` is its newest version's, 0 before the first."""

    id: UUID
    name: str
    number: int
    is_internal: bool
    title: str
    kind: str
    owner_id: UUID | None
    last_number: int
    is_changed: bool
    seen_as: str
    changed_at: datetime
    changed_by_id: UUID | None


class DocumentTextOut(DocumentOut):
    """A document with its draft."""

    text: str


class DocumentsOut(Schema):
    """A part of the list, and how many there are in all."""

    count: int
    documents: list[DocumentOut]


class PublishIn(Schema):
    """One line on what the version changes."""

    summary: str
    as_seen: str | None = None


class VersionFileOut(Schema):
    """The file that a version is; its bytes are those of `/api/evidence/files/{id}/content`."""

    id: UUID
    file_name: str
    kind: str
    size_bytes: int


class DocumentVersionOut(Schema):
    """A frozen version: a text in Markdown, or a file. `content_sha256` is the SHA-256 of its bytes.

    `sha256` is its digest: where `digest_form` is 1 that very value, where it is 2 the SHA-256 of two lines, the title and
    `content_sha256`, each ended by a line feed.
    """

    id: UUID
    document_id: UUID
    number: int
    title: str
    file: VersionFileOut | None
    digest_form: int
    content_sha256: str
    sha256: str
    summary: str
    published_at: datetime
    published_by_id: UUID | None


class VersionTextOut(DocumentVersionOut):
    """A version with its text; of a file it is empty."""

    text: str
