"""What people write on one line: names, titles, addresses; and the three letters of a currency."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handfast.foundation.refusals import FieldsRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME_LENGTH = 120
ADDRESS_LENGTH = 254  # of a column for addresses, and of SMTP's longest path without its brackets
# Controls and halves of characters, ends of lines and paragraphs.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
# These turn the direction of what stands after them: a name could be read as another.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT_CONTROLS = frozenset("\n\t")
CURRENCY = re.compile(r"[A-Z]{3}")


class TextRefused(FieldsRefused):
    """A text that does not fit on its one line."""

    code = "text-refused"


def line_fault(text: str, *, most: int = NAME_LENGTH) -> str:
    """Why this is no line of 1 to `most` characters; empty where it is one. Blanks around it do not count."""
    kept = text.strip()
    if any(unicodedata.category(one) in BREAKING or one in TURNING for one in kept):
        return "write it on one line, without control characters"
    if not 0 < len(kept) <= most:
        return f"write 1 to {most} characters"
    return ""


def block_fault(text: str, *, most: int) -> str:
    """Why this is no text of some lines, of at most `most` characters; empty where it is one."""
    if len(text) > most:
        return f"write at most {most:,} characters"
    if any(
        (unicodedata.category(one) in {"Cc", "Cs"} and one not in KEPT_CONTROLS) or one in TURNING
        for one in text
    ):
        return "write it without control characters"
    return ""


def tidied(text: str) -> str:
    """As the field composed it, with one kind of line end and no blanks around it."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def checked_line(field: str, text: str, *, most: int = NAME_LENGTH) -> str:
    """The text without blanks around it. Raises TextRefused."""
    if fault := line_fault(text, most=most):
        raise TextRefused(f"{field.replace('_', ' ')}: {fault}", [(field, fault)])
    return text.strip()


def lines_faults(lines: Iterable[tuple[str, str]], *, most: int = NAME_LENGTH) -> list[tuple[str, str]]:
    """Field and fault of those that are no lines."""
    return [(field, fault) for field, text in lines if (fault := line_fault(text, most=most))]


def currency_fault(currency: str) -> str:
    """Why this names no currency; empty where it does."""
    return "" if CURRENCY.fullmatch(currency) else "three capital letters, as in CAD"
