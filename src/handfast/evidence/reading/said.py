"""What a comment says, as it is written and as it is kept: where `@` names somebody, and where a link stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from handfast.evidence.refusals import CommentRefused
from handfast.foundation.texts import block_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST_COMMENT = 4_000
MOST_MENTIONS = 20
# An address of mail has a letter before it, and a price per piece a blank after it: neither names anybody.
NAMING = re.compile(r"(?<![\w@.])@(?=[^\W_])")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)")
LINK = re.compile(r"https?://[^\s<>\"'“”]+")
AFTER_A_LINK = ".,;:!?)]}…"
NOT_HERE = "cannot see this: choose from those who can, or write the name without @"


@dataclass(frozen=True, slots=True)
class CommentSaid:
    """A comment as somebody writes it. `tells` is somebody chosen beside the text; `sent_as` is the form's own id."""

    text: str
    tells: UUID | None = None
    sent_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: plain, a link (to itself), or the name of somebody mentioned."""

    kind: Literal["plain", "link", "person"]
    text: str


def tidy_comment(text: str) -> str:
    """Composed characters, ends of lines as one, no blanks around it. Raises CommentRefused."""
    tidy = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if fault := "write something" if not tidy else block_fault(tidy, most=LONGEST_COMMENT):
        raise refused("text", fault)
    return tidy


def refused(field: str, fault: str) -> CommentRefused:
    return CommentRefused(f"the comment is not kept: {field}: {fault}", [(field, fault)])


def with_ids(text: str, names: Mapping[UUID, str]) -> tuple[str, list[UUID]]:
    """The text with ids for the names after `@`, and whom it mentions; `names` are of those who may be. Raises CommentRefused.

    The longest name that fits is meant. The refusal names nobody: whether there is such a person is not told.
    """
    kept, told, end = [], dict[UUID, None](), 0
    for found in NAMING.finditer(text):
        if found.start() < end:
            continue
        rest = text[found.end() :]
        person, length = _meant(rest, names)
        kept += [text[end : found.end()], str(person)]
        told[person] = None
        end = found.end() + length
    if len(told) > MOST_MENTIONS:
        raise refused("text", f"mention at most {MOST_MENTIONS} people")
    return "".join([*kept, text[end:]]), list(told)


def _meant(rest: str, names: Mapping[UUID, str]) -> tuple[UUID, int]:
    if by_id := AN_ID.match(rest):
        person = UUID(by_id[0])
        if person not in names:
            raise refused("text", f"somebody named with @ {NOT_HERE}")
        return person, len(by_id[0])
    fitting = [(len(name), person) for person, name in names.items() if _begins_with(rest, name)]
    if not fitting:
        raise refused("text", f"somebody named with @ {NOT_HERE}")
    longest = max(length for length, _ in fitting)
    meant = [person for length, person in fitting if length == longest]
    if len(meant) > 1:
        raise refused("text", "several people have the name after @: choose one under “Tell”")
    return meant[0], longest


def _begins_with(rest: str, name: str) -> bool:
    name = unicodedata.normalize("NFC", name)
    return rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()


def parts_of(text: str, mentioned: Collection[UUID], names: Mapping[UUID, str], gone: str) -> list[Part]:
    """The kept text in pieces; ids of those who are mentioned become names as the reader sees them."""
    found: list[Part] = []
    end = 0
    for one in re.finditer(rf"@({AN_ID.pattern})|{LINK.pattern}", text):
        person = UUID(one[1]) if one[1] else None
        if person is not None and person not in mentioned:
            continue
        said = one[0] if person is None else f"@{names.get(person, gone)}"
        if person is None:
            said = one[0].rstrip(AFTER_A_LINK)
        found += [Part("plain", text[end : one.start()]), Part("link" if person is None else "person", said)]
        end = one.start() + len(said) if person is None else one.end()
    found.append(Part("plain", text[end:]))
    return [one for one in found if one.text]
