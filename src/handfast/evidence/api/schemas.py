"""What the operations of comments and files take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Schema

from handfast.foundation.api.bounds import FARTHEST, MOST_ROWS

MOST = 50
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]


class CommentIn(Schema):
    """A comment. `@` and a name, or an id, mentions somebody who reads it; `tells` mentions somebody beside the text.

    `own` is seen by the own side alone; the same `sent_as` with the same text is one comment.
    """

    text: str
    audience: str = "own"
    tells: UUID | None = None
    sent_as: UUID | None = None


class CommentOut(Schema):
    """A comment as the caller sees it: names stand for the ids of those whom it mentions. Withdrawn, it has no text."""

    id: UUID
    about: str
    about_id: UUID
    is_internal: bool
    text: str
    mentions: list[UUID]
    written_at: datetime
    written_by_id: UUID
    withdrawn_at: datetime | None


class ThreadAsked(Schema):
    """The newest, or those that end with `upto`."""

    upto: UUID | None = None
    limit: Limit = MOST


class ThreadOut(Schema):
    """A part of what is said about a thing, the oldest first. `earlier` is what to ask `upto` for the part before it."""

    comments: list[CommentOut]
    earlier: UUID | None


class FilesAsked(Schema):
    """Which part, the newest first."""

    offset: Annotated[int, Query(ge=0, le=FARTHEST)] = 0
    limit: Limit = MOST


class FileOut(Schema):
    """A file beside a thing; `sha256` is the digest of its bytes. Withdrawn, it has no name and no digest."""

    id: UUID
    about: str
    about_id: UUID
    is_internal: bool
    file_name: str
    kind: str
    size_bytes: int
    sha256: str
    attached_at: datetime
    attached_by_id: UUID
    withdrawn_at: datetime | None


class FilesOut(Schema):
    """A part of what is kept beside a thing, and how many there are in all."""

    files: list[FileOut]
    count: int


class RelationIn(Schema):
    """`thing` is the number of another thing of the engagement, as `I-12`, or the address of its page."""

    thing: str
    audience: str = "own"


class RelationOut(Schema):
    """A link, told from one of its ends: what stands at the other one, by the name that it has now."""

    id: UUID
    about: str
    about_id: UUID
    name: str
    is_internal: bool
    made_at: datetime
    made_by_id: UUID


class ReferenceOut(Schema):
    """An address elsewhere; `frozen_id` is the file that is a copy of it, with its digest and the instant it was brought."""

    id: UUID
    about: str
    about_id: UUID
    is_internal: bool
    name: str
    address: str
    frozen_id: UUID | None
    frozen_sha256: str
    frozen_at: datetime | None
    added_at: datetime
    added_by_id: UUID
