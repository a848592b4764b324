"""What the operations of signatures and comparisons take and give."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

MOST_TOGETHER = 200


class RoleIn(Schema):
    """A role, and its side: `client` or `provider`."""

    side: str
    role: str


class SignOffIn(Schema):
    """The roles that are to sign, and until which day."""

    signers: list[RoleIn] = Field(max_length=100)
    due_on: date | None = None


class GiveSignatureIn(Schema):
    """The digest of what one has read."""

    sha256: str


class DeclineSignatureIn(Schema):
    """Why one does not sign."""

    reason: str


class OneOfSeveralIn(GiveSignatureIn):
    """A signature that waits, and the digest of what one has read."""

    id: UUID


class SignTogetherIn(Schema):
    """Several signatures that wait for the caller."""

    signatures: list[OneOfSeveralIn] = Field(max_length=MOST_TOGETHER)


class OutcomeOut(Schema):
    """What became of one of several: signed, or why not."""

    id: UUID
    is_signed: bool
    code: str
    why: str


class SignatureOut(Schema):
    """One role's signature over `version_sha256`; `sha256` is what was signed, empty before."""

    id: UUID
    sign_off_id: UUID
    document_id: UUID
    number: int
    version_sha256: str
    side: str
    role: str
    state: str
    sha256: str
    reason: str
    due_on: date | None
    answered_at: datetime | None
    answered_by_id: UUID | None
    answered_for_id: UUID | None


class ComparedAsked(Schema):
    """Numbers of versions, `0` for the draft."""

    before: str = ""
    after: str = ""


class PieceOut(Schema):
    """Some words: in both, `removed` or `added`."""

    kind: str
    text: str


class ComparedPartOut(Schema):
    """A paragraph: `same`, `removed`, `added` or `changed`."""

    kind: str
    pieces: list[PieceOut]


class ComparedContentOut(Schema):
    """One of the two: its size and digests, which the draft, 0, does not have."""

    number: int
    is_file: bool
    size_bytes: int
    sha256: str
    content_sha256: str


class DocumentComparedOut(Schema):
    """How many paragraphs differ, and all of them in order; a file is compared with nothing: then there are none of them."""

    before: int
    after: int
    is_comparable: bool
    contents: list[ComparedContentOut]
    added: int
    removed: int
    changed: int
    parts: list[ComparedPartOut]
