"""What an entry says, checked against its register."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.foundation.texts import block_fault, line_fault
from handfast.governance.refusals import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import OwnField, Register

LONGEST_TITLE = 200
LONGEST_TEXT = 4_000
LONGEST_LINE = 200
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,3}))?")
LONGEST_TAG = 40
MOST_TAGS = 10


@dataclass(frozen=True, slots=True)
class EntrySaid:
    """An entry as somebody writes it, without its state; `own` is by the keys of the register's own fields, as text."""

    title: str
    text: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    tags: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)


def said_of(entry: RegisterEntry) -> EntrySaid:
    """What a kept entry says."""
    return EntrySaid(
        entry.title, entry.text, entry.owner_id, entry.due_on, tuple(entry.tag_list), dict(entry.own)
    )


def checked_entry(register: Register, said: EntrySaid) -> EntrySaid:
    """The same, tidied. Raises EntryRefused, which names every field that cannot be kept."""
    tidy = replace(
        said,
        title=said.title.strip(),
        text=_tidy(said.text),
        tags=tuple(dict.fromkeys(one.strip().lower() for one in said.tags if one.strip())),
        own={key: _kept(register, key, _tidy(value)) for key, value in said.own.items() if value.strip()},
    )
    faults = list(_faults(register, tidy))
    if faults:
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise EntryRefused(f"the {register.singular} is not kept: {told}", faults)
    return tidy


def tags_of(said: str) -> tuple[str, ...]:
    """Tags as they are written in one field, with commas between."""
    return tuple(said.split(","))


def _kept(register: Register, key: str, value: str) -> str:
    """A number without zeros that say nothing, all else as it is."""
    is_number = any(one.key == key and one.kind == "number" for one in register.own)
    found = NUMBER.fullmatch(value) if is_number else None
    return f"{found[1]}.{found[2]}".rstrip("0").rstrip(".") if found and found[2] else value


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _faults(register: Register, said: EntrySaid) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.title, most=LONGEST_TITLE):
        yield "title", fault
    if fault := text_fault(said.text):
        yield "text", fault
    if len(said.tags) > MOST_TAGS:
        yield "tags", f"write at most {MOST_TAGS} tags"
    for tag in said.tags:
        if fault := line_fault(tag, most=LONGEST_TAG) or ("write no comma in a tag" if "," in tag else ""):
            yield "tags", fault
            break
    yield from _own_faults(register, said)


def _own_faults(register: Register, said: EntrySaid) -> Iterator[tuple[str, str]]:
    known = {one.key: one for one in register.own}
    for key, value in said.own.items():
        if key not in known:
            yield f"own_{key[:40]}", f"{_these(known)} of {register.name.lower()}"
        elif fault := _own_fault(known[key], value):
            yield f"own_{key}", fault
    for small, large in register.within:
        if _is_over(said.own.get(small, ""), said.own.get(large, "")):
            yield f"own_{small}", f"it cannot be over “{known[large].label}”"


def _these(known: Iterable[str]) -> str:
    return f"there is no such field: choose among {', '.join(known)}"


def text_fault(text: str) -> str:
    """Why this is no text of some lines; empty where it is one."""
    return block_fault(text, most=LONGEST_TEXT)


def _own_fault(own: OwnField, value: str) -> str:
    match own.kind:
        case "line":
            return line_fault(value, most=LONGEST_LINE)
        case "text":
            return text_fault(value)
        case "choice":
            keys = [key for key, _ in own.choices]
            return "" if value in keys else f"choose one of {', '.join(keys)}"
        case "day":
            return "" if _is_day(value) else "write a day as 2026-04-30"
        case "number":
            return "" if NUMBER.fullmatch(value) else "write a number as 1200 or 12.5"


def _is_over(small: str, large: str) -> bool:
    """Whether the one is over the other; not said where one of them is no number."""
    if not (NUMBER.fullmatch(small) and NUMBER.fullmatch(large)):
        return False
    return Decimal(small) > Decimal(large)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
