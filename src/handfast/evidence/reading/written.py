"""What a document says, as somebody writes it and as it is kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handfast.evidence.models import Document
from handfast.evidence.refusals import DocumentRefused
from handfast.foundation.texts import block_fault, line_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

LONGEST_TITLE = 200
LONGEST_SUMMARY = 200
LONGEST_DOCUMENT = 200_000  # about a hundred printed pages


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """A document as somebody writes it: its text is Markdown."""

    title: str
    kind: str
    text: str = ""
    owner_id: UUID | None = None


def checked_document(said: DocumentSaid) -> DocumentSaid:
    """The same, tidied. Raises DocumentRefused, which names every field that cannot be kept."""
    tidy = replace(said, title=unicodedata.normalize("NFC", said.title).strip(), text=tidy_text(said.text))
    if faults := list(_faults(tidy)):
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise DocumentRefused(f"the document is not kept: {told}", faults)
    return tidy


def checked_summary(summary: str) -> str:
    """One line on what a version changes. Raises DocumentRefused."""
    if fault := line_fault(summary, most=LONGEST_SUMMARY):
        raise DocumentRefused(f"no version is published: summary: {fault}", [("summary", fault)])
    return summary.strip()


def tidy_text(text: str) -> str:
    """Composed characters, ends of lines as one, one at the end: so that one text has one digest."""
    tidy = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{tidy}\n" if tidy.strip() else ""


def _faults(said: DocumentSaid) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.title, most=LONGEST_TITLE):
        yield "title", fault
    if said.kind not in Document.Kind.values:
        yield "kind", f"choose one of {', '.join(Document.Kind.values)}"
    if fault := block_fault(said.text, most=LONGEST_DOCUMENT):
        yield "text", fault
