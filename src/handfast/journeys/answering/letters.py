"""One mail as it came (RFC 5322), read without trusting anything in it: its headers, its text, whether it brought files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from typing import TYPE_CHECKING, cast

from handfast.journeys.answering.pages import text_of_html
from handfast.journeys.refusals import AnswerUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

MOST_BYTES = 10 * 2**20
MOST_HEADERS, LONGEST_HEADER = 1_000, 16_000
MOST_PARTS = 40  # a parser that nests costs depth times lines
MOST_TEXT = 200_000
END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


@dataclass(frozen=True, slots=True)
class Letter:
    """Headers by their small names in the order they came, unfolded; `text` is empty where it was too big to be read."""

    headers: tuple[tuple[str, str], ...]
    text: str
    has_files: bool
    is_too_big: bool
    digest: str

    def all(self, name: str) -> list[str]:
        """Every value of a header, the topmost first: that is the one that was added last."""
        return [value for key, value in self.headers if key == name]


def read_letter(raw: bytes) -> Letter:
    """Raises AnswerUnreadable for what no mail program sends."""
    is_too_big = len(raw) > MOST_BYTES
    head = END_OF_HEADERS.split(raw[:MOST_BYTES], maxsplit=1)[0]
    if head.count(b"\n") > MOST_HEADERS or raw[:MOST_BYTES].lower().count(b"boundary") > MOST_PARTS:
        raise AnswerUnreadable("its headers or its parts are more than a mail has")
    try:
        if is_too_big:
            message, text, has_files = BytesHeaderParser(policy=compat32).parsebytes(head), "", True
        else:
            message = BytesParser(policy=compat32).parsebytes(raw)
            text, has_files = _content_of(message)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as fault:
        raise AnswerUnreadable("it is not put together as a mail is") from fault
    headers = tuple((name.lower(), _line(value)) for name, value in message.raw_items())
    return Letter(headers, text, has_files, is_too_big, _digest(headers, raw))


def _line(value: object) -> str:
    """On one line, and no longer than a header is read."""
    return " ".join(str(value)[:LONGEST_HEADER].replace("\0", " ").split())


def _digest(headers: tuple[tuple[str, str], ...], raw: bytes) -> str:
    """By what the mail is known again: its Message-ID; where it has none, all of it."""
    named = next((value for name, value in headers if name == "message-id" and value), "")
    return hashlib.sha256(named.encode("utf-8", "replace") if named else raw).hexdigest()


def _content_of(message: Message) -> tuple[str, bool]:
    """The texts that are shown, one below the other, and whether there is more."""
    plain, rich, has_files = [], [], False
    for part, is_beside in _leaves(message):
        kind, shown = part.get_content_type(), part.get_content_disposition()
        if shown != "attachment" and kind in ("text/plain", "text/html"):
            text = _decoded(part)
            if kind == "text/plain":
                plain.append(_unflowed(text) if part.get_param("format") == "flowed" else text)
            else:
                rich.append(text_of_html(text))
        elif kind not in SIGNATURES and not (is_beside and kind.startswith("image/")):
            has_files = True
    texts = plain if any(one.strip() for one in plain) else rich
    return _harmless("\n".join(texts)[:MOST_TEXT]), has_files


def _leaves(message: Message, *, is_beside: bool = False) -> Iterator[tuple[Message, bool]]:
    """Every part that holds no others; a mail within the mail is a file. `is_beside`: it belongs to a text, as a logo does."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        is_shown = bool(message.get("Content-ID")) or message.get_content_disposition() == "inline"
        yield message, is_beside or is_shown
        return
    for part in cast("list[Message]", message.get_payload()):
        yield from _leaves(part, is_beside=message.get_content_type() == "multipart/related")


def _decoded(part: Message) -> str:
    """Its text; where the charset is unknown or false, what can be read of it."""
    named = part.get_content_charset()
    part.del_param("charset")  # the library would decode by it, and fail where it is false
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    for charset in (named, "utf-8"):
        try:
            return content.decode(charset or "utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _unflowed(text: str) -> str:
    """Lines that a mail program broke at a blank are one again (RFC 3676)."""
    kept: list[str] = []
    for line in text.splitlines():
        before = kept[-1] if kept else ""
        is_broken = before.endswith(" ") and before != "-- " and not before.startswith(">")
        if is_broken and not line.startswith(">") and line != "-- ":
            kept[-1] = before + line
        else:
            kept.append(line)
    return "\n".join(kept)


def _harmless(text: str) -> str:
    """Without controls, halves of characters and what turns the direction of others."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    turning = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
    kept = (
        one for one in lines.replace("\u00a0", " ") if one in "\n\t" or (one >= " " and one not in turning)
    )
    return "".join(one for one in kept if not ("\x7f" <= one <= "\x9f" or "\ud800" <= one <= "\udfff"))
