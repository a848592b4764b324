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

LARGEST_BYTES = 1_000_000
SHOWN_NAME = "terms"
KEPT_TEXTS = 32


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
    return read_terms(document), document
