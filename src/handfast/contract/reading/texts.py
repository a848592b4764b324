"""Terms as text: what can be kept at all, and the kernel's reading of it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from handfast.contract.refusals import TermsTooLarge
from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.document import read_document
from handfast.kernel.servicelevels.terms import read_terms

if TYPE_CHECKING:
    from handfast.kernel.document import Document
    from handfast.kernel.servicelevels.terms import Terms

# Real terms are a tenth of it; checking costs time by the line, some six seconds for this much.
LARGEST_BYTES = 250_000
SHOWN_NAME = "terms"
KEPT_TEXTS = 32
MOST_LINES_READ = 200_000
MOST_CALENDAR_YEARS = 1_000


def sha256_of(text: str) -> str:
    """SHA-256 of a text, in hex: the name of a version."""
    return hashlib.sha256(text.encode()).hexdigest()


def kept_text(text: str) -> str:
    """The text with line ends as files have them. Raises TermsTooLarge, and FieldsRefused for what is no text."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise _no_text("half of a character stands in it: write it whole") from error
    if size > LARGEST_BYTES:
        raise TermsTooLarge(
            f"the terms have {size:,} bytes; at most {LARGEST_BYTES:,} are taken. Move what is no term "
            "(price lists, rosters) into a document of its own, and keep here what is measured and promised"
        )
    if "\x00" in text:
        raise _no_text("a zero character stands in it: is this a text file?")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _no_text(said: str) -> FieldsRefused:
    return FieldsRefused("this is no text that can be kept", [("text", said)])


@lru_cache(maxsize=KEPT_TEXTS)
def read_text(text: str) -> tuple[Terms, Document]:
    """The terms in a text and the document they were read from. Raises the kernel's refusals."""
    document = read_document(text, name=SHOWN_NAME)
    _check_amendments(document)
    terms = read_terms(document)
    _check_years(terms)
    return terms, document


def _check_amendments(document: Document) -> None:
    """Each amendment is read as a whole version: many of them in a long text would never come to an end."""
    written = document.content.get("amendments") if isinstance(document.content, dict) else None
    count = len(written) if isinstance(written, list) else 0
    if count * len(document.lines) > MOST_LINES_READ:
        raise TermsTooLarge(
            f"{SHOWN_NAME}, line {document.line_of(('amendments',))}: {count:,} amendments to a text of this length "
            "are too many to read: write what holds now as new terms"
        )


def _check_years(terms: Terms) -> None:
    effective = terms.first.effective
    years = (effective.end.year - effective.first.year + 1) * len(terms.calendars())
    if years > MOST_CALENDAR_YEARS:
        raise TermsTooLarge(
            f"{SHOWN_NAME}: {len(terms.calendars())} calendars of {years:,} years together; at most "
            f"{MOST_CALENDAR_YEARS:,} are compiled: end the agreement earlier, or write fewer calendars"
        )
