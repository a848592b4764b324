"""Files with texts that are taken in as documents at once: what each is called, and what is wrong with which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.evidence.reading.written import LONGEST_TITLE, DocumentSaid, checked_document
from handfast.evidence.refusals import DocumentRefused, DocumentsRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MOST_FILES = 50
TEXTS = (".md", ".markdown", ".txt")
LARGEST = 800_000  # bytes: more than the longest text can have
HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was sent."""

    name: str
    content: bytes


def documents_in(files: Sequence[TextFile], kind: str) -> list[DocumentSaid]:
    """A document of each: titled by its first heading, else by its name. Raises DocumentsRefused, which names each file at fault."""
    if not 0 < len(files) <= MOST_FILES:
        said = f"choose 1 to {MOST_FILES} files"
        raise DocumentsRefused(f"nothing is taken in: files: {said}", [("files", said)])
    found, faults = [], []
    for one in files:
        try:
            found.append(_document(one, kind))
        except DocumentRefused as refused:
            faults += [("files", f"{one.name}: {fault}") for _, fault in refused.fields]
    faults += list(_twice(found))
    if faults:
        raise refusal_of(faults)
    return found


def checked_several(said: Sequence[DocumentSaid]) -> list[DocumentSaid]:
    """Those that somebody titled themselves, tidied. Raises DocumentsRefused, which names each at fault."""
    if not 0 < len(said) <= MOST_FILES:
        fault = f"send 1 to {MOST_FILES} of them"
        raise DocumentsRefused(f"nothing is taken in: documents: {fault}", [("documents", fault)])
    found, faults = [], []
    for number, one in enumerate(said, 1):
        try:
            found.append(checked_document(one))
        except DocumentRefused as refused:
            faults += [
                (f"documents.{number}.{name}", f"document {number}, {name}: {fault}")
                for name, fault in refused.fields
            ]
    faults += list(_twice(found))
    if faults:
        raise refusal_of(faults)
    return found


def check_free(found: Sequence[DocumentSaid], taken: Collection[str]) -> None:
    """That none is called as one that is there already: a set that is sent twice is one set. Raises DocumentsRefused."""
    known = {one.casefold() for one in taken}
    faults = [
        ("files", f"“{one.title}” is there already: amend that one")
        for one in found
        if one.title.casefold() in known
    ]
    if faults:
        raise refusal_of(faults)


def refusal_of(faults: Sequence[tuple[str, str]]) -> DocumentsRefused:
    """Every fault, each with its file."""
    return DocumentsRefused(f"nothing is taken in: {'; '.join(fault for _, fault in faults)}", faults)


def _document(one: TextFile, kind: str) -> DocumentSaid:
    if not one.name.lower().endswith(TEXTS):
        raise _fault(
            "no text that is read here: take in .md or .txt, and attach other files beside a document"
        )
    if len(one.content) > LARGEST:
        raise _fault(f"{len(one.content):,} bytes are more than a document holds: divide it")
    try:
        text = one.content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _fault(f"byte {wrong.start} is no UTF-8: save it as UTF-8 and send it again") from wrong
    if not text.strip():
        raise _fault("it is empty")
    return checked_document(DocumentSaid(_title(one.name, text), kind, text))


def _title(name: str, text: str) -> str:
    heading = HEADING.search(text)
    stem = name.rsplit("/", 1)[-1].rpartition(".")[0].replace("_", " ").replace("-", " ").strip()
    return (heading[1] if heading else stem)[:LONGEST_TITLE]


def _twice(found: Sequence[DocumentSaid]) -> Iterator[tuple[str, str]]:
    seen = set[str]()
    for one in found:
        if one.title.casefold() in seen:
            yield "files", f"two of them are called “{one.title}”: give one another heading"
        seen.add(one.title.casefold())


def _fault(said: str) -> DocumentRefused:
    return DocumentRefused(said, [("text", said)])
