"""Marks: words that stand nowhere else, so that a private value is found wherever it leaks."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING

from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "kanari"
LETTERS = 10
HEX = 12  # so much of an id or a digest names it
_MARK = re.compile(rf"{WORD}[0-9a-f]{{{LETTERS}}}", re.IGNORECASE)
_HEX = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{12,}", re.IGNORECASE
)
ZIPPED = b"PK\x03\x04"
PRINTED = b"%PDF"


def mark(*words: str) -> str:
    """The mark of these words: the same whenever it is asked."""
    return WORD + hashlib.sha256("/".join(words).encode()).hexdigest()[:LETTERS]


def marks_in(text: str) -> Iterator[str]:
    """Every mark, and the beginning of every id and digest, in small letters and without dashes."""
    for found in _MARK.finditer(text):
        yield found.group().lower()
    for found in _HEX.finditer(text):
        yield found.group().replace("-", "").lower()[:HEX]


def texts_of(content: bytes) -> Iterator[str]:
    """A body as texts: a workbook is unpacked, and what is packed within; a PDF is read page by page, with what it says of itself."""
    if content.startswith(ZIPPED):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from texts_of(packed.read(name))
        return
    if content.startswith(PRINTED):
        read = PdfReader(io.BytesIO(content))
        yield str(read.metadata)
        for page in read.pages:
            yield str([note.get_object() for note in page.get("/Annots", ())])
            yield page.extract_text().replace("\n", " ")
            yield page.extract_text().replace("\n", "")  # a word may be parted where a column ends
        return
    yield content.decode("utf-8", "replace")
