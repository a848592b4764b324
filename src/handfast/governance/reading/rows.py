"""The rows of a sheet as entries: each cell read as its column is mapped, and every fault told with what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from handfast.governance.reading.columns import OWN, choices_of, known_word
from handfast.governance.reading.said import EntrySaid, checked_entry, tags_of
from handfast.governance.refusals import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from handfast.governance.registers import Register

DAYS: dict[str, str] = {"iso": "2026-12-31", "dmy": "31/12/2026", "mdy": "12/31/2026"}
_PARTED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00)?)?")
_WHOLE = re.compile(r"\.0+$")
_NUMBER = re.compile(r"([A-Za-z]{1,4})-(own-)?([1-9][0-9]{0,8})")
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a sheet is read: its columns by place, its words by field, its days, and owners who are not found."""

    columns: Mapping[int, str]
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    days: str = "iso"
    is_without_owner: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row as an entry. `given` is the number that it carries in this register."""

    number: int
    given: int | None
    said: EntrySaid
    state: str
    faults: tuple[tuple[str, str], ...] = ()


class RowReader:
    """Reads the rows of a register's sheet for one audience; `people` are ids by the words that name somebody."""

    def __init__(
        self, register: Register, read_as: ReadAs, people: Mapping[str, set[UUID]], *, is_internal: bool
    ) -> None:
        self._register, self._as, self._people, self._is_internal = register, read_as, people, is_internal
        self._faults: list[tuple[str, str]] = []

    def row(self, number: int, cells: tuple[str, ...]) -> Row:
        """The row, with every fault that it has."""
        self._faults = []
        said = {name: cells[place] for place, name in self._as.columns.items()}
        given = self._number(said.get("number", ""))
        self._check_audience(said.get("audience", ""))
        state = self._choice("state", said.get("state", "")) or self._register.states[0].key
        own = {
            one.key: self._own(one.kind, f"{OWN}{one.key}", said.get(f"{OWN}{one.key}", ""))
            for one in self._register.own
        }
        due = self._day("due_on", said.get("due_on", ""))
        told = EntrySaid(
            said.get("title", ""), said.get("text", ""), self._owner(said.get("owner", "")),
            date.fromisoformat(due) if due else None, tags_of(said.get("tags", "")), own,
        )  # fmt: skip
        try:
            told = checked_entry(self._register, told)
        except EntryRefused as refusal:
            self._faults += refusal.fields
        else:
            self._faults += needs_faults(self._register, state, told)
        return Row(number, given, told, state, tuple(self._faults))

    def _number(self, said: str) -> int | None:
        """Only a number of this register, as I-12, says which entry a row is; any other is of another tracker."""
        found = _NUMBER.fullmatch(said)
        if found is None or found[1].upper() != self._register.prefix:
            return None
        if bool(found[2]) != self._is_internal:
            self._faults.append(("number", self._other_audience()))
        return int(found[3])

    def _check_audience(self, said: str) -> None:
        """An export says it of each row: what one side kept for itself is never shown to both by a slip."""
        plain = said.strip().casefold()
        if plain in ("shared", "both", "both sides"):
            is_own = False
        elif plain.startswith("only ") or plain == "own":
            is_own = True
        else:
            if plain:
                self._faults.append(("audience", "write “shared” or “own”, or leave the column out"))
            return
        if is_own != self._is_internal and ("number", self._other_audience()) not in self._faults:
            self._faults.append(("audience", self._other_audience()))

    def _other_audience(self) -> str:
        if self._is_internal:
            return "both sides see this one: take it in for both sides"
        return (
            "one side kept this one for itself: take it in for your own side alone, or leave this column out"
        )

    def _owner(self, said: str) -> UUID | None:
        found = self._people.get(said.strip().casefold(), set()) if said.strip() else set()
        if len(found) == 1:
            return next(iter(found))
        if said.strip() and not self._as.is_without_owner:
            whose = "your own side" if self._is_internal else "the engagement"
            fault = (
                "several people are called this: write the address of one of your own side"
                if found
                else f"nobody of {whose} is called this: correct it, or leave such rows without an owner"
            )
            self._faults.append(("owner", fault))
        return None

    def _own(self, kind: str, name: str, said: str) -> str:
        match kind:
            case "day":
                return self._day(name, said)
            case "choice":
                return self._choice(name, said)
            case "number":
                return _WHOLE.sub("", said)  # as a workbook tells a whole number
        return said

    def _choice(self, name: str, said: str) -> str:
        if not said:
            return ""
        choices = choices_of(self._register, name)
        found = known_word(choices, said) or self._as.words.get((name, said), "")
        if found not in dict(choices):
            told = ", ".join(name for _, name in choices)
            self._faults.append((name, f"“{said[:40]}” is none of {told}: say which of them it means"))
            return ""
        return found

    def _day(self, name: str, said: str) -> str:
        """As it is kept; ISO days can be read one way only, all others as was stated."""
        try:
            return day_of(said, self._as.days).isoformat() if said else ""
        except ValueError:
            self._faults.append((name, f"“{said[:40]}” is no day written as {DAYS[self._as.days]}: correct it, or state how days are written"))  # fmt: skip
            return ""


def day_of(said: str, days: str) -> date:
    """A day, ISO or as stated. Raises ValueError."""
    if found := _MIDNIGHT.fullmatch(said):
        day = datetime.fromisoformat(found[1]).date()
    elif days != "iso" and (parts := _PARTED.fullmatch(said)):
        one, two, year = (int(part) for part in parts.groups())
        day = date(year, two, one) if days == "dmy" else date(year, one, two)
    else:
        raise ValueError(said)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(said)
    return day


def needs_faults(register: Register, state: str, said: EntrySaid) -> list[tuple[str, str]]:
    """The own fields that a state needs and that the row leaves empty."""
    kept = register.state(state)
    return [
        (f"{OWN}{key}", f"“{kept.name}” needs it: fill it in, or take the row in with another state")
        for key in kept.needs
        if not said.own.get(key)
    ]
