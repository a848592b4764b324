"""Which two texts of a document are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.evidence.queries.documents import version_seen_by
from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from handfast.evidence.models import Document, DocumentVersion
    from handfast.foundation.actor import Actor

DRAFT = 0
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Said:
    """One of the two: the number of its version, 0 for the draft, its text, and the version itself."""

    number: int
    text: str
    version: DocumentVersion | None = None

    @property
    def is_file(self) -> bool:
        return self.version is not None and self.version.is_file

    @property
    def name(self) -> str:
        return f"version {self.number}" if self.number else "the draft"


def asked_pair(actor: Actor, document: Document, before: str, after: str) -> tuple[Said, Said]:
    """The two that an address names; by default the draft where it says something else, and what stood before. Raises NotSeen."""
    last = document.last_number
    newest = DRAFT if document.is_changed else last
    second = _number(after, newest)
    first = _number(before, last if second == DRAFT else max(1, second - 1))
    return _said(actor, document, first), _said(actor, document, second)


def numbers_of(document: Document) -> list[Said]:
    """What can be compared, the newest first, without its text."""
    return [Said(DRAFT, ""), *(Said(one, "") for one in range(document.last_number, 0, -1))]


def _number(said: str, usual: int) -> int:
    if not said:
        return usual
    if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
        raise NotSeen
    return int(said)


def _said(actor: Actor, document: Document, number: int) -> Said:
    if number == DRAFT:
        return Said(DRAFT, document.text)
    version = version_seen_by(actor, document, number)
    return Said(number, version.text, version)
