"""How a sheet is read, as the form of its page says it: columns, words, days, owners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.governance.reading.columns import fields_of, suggested, unknown_words
from handfast.governance.reading.rows import DAYS, ReadAs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.governance.reading.columns import Words
    from handfast.governance.reading.tables import Table
    from handfast.governance.registers import Register

MOST_WORDS = 100
SAMPLES = 3
LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file with its first cells, and the field that it is."""

    name: str
    head: str
    samples: str
    field: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word that the register does not have, and what it means."""

    place: int
    words: Words
    chosen: str


def read_as_of(register: Register, table: Table, given: Mapping[str, str]) -> ReadAs:
    """What the form says; before it was sent, what the heads suggest."""
    if "days" not in given:
        return ReadAs(suggested(register, table.heads))
    columns = {place: said for place in range(len(table.heads)) if (said := given.get(f"column-{place}", ""))}
    words = {
        (given.get(f"word-field-{place}", ""), given.get(f"word-said-{place}", "")): given.get(
            f"word-{place}", ""
        )
        for place in range(MOST_WORDS)
        if given.get(f"word-{place}")
    }
    return ReadAs(columns, words, given.get("days", ""), given.get("owners") == LEAVE)


def columns_shown(table: Table, read_as: ReadAs) -> list[Column]:
    """Every column in its order."""
    return [
        Column(f"column-{place}", head, _samples(table, place), read_as.columns.get(place, ""))
        for place, head in enumerate(table.heads)
    ]


def words_shown(register: Register, table: Table, read_as: ReadAs) -> list[Word]:
    """The words to be told; of very many only the most frequent."""
    columns = {
        place: said
        for place, said in read_as.columns.items()
        if place < len(table.heads) and said in fields_of(register)
    }
    found = list(unknown_words(register, table, columns))[:MOST_WORDS]
    return [Word(place, one, read_as.words.get((one.field, one.word), "")) for place, one in enumerate(found)]


def days_shown() -> list[tuple[str, str]]:
    return list(DAYS.items())


def _samples(table: Table, place: int) -> str:
    told = dict.fromkeys(cells[place] for _, cells in table.rows if cells[place])
    cut = [one if len(one) <= 40 else f"{one[:40]}…" for one in list(told)[:SAMPLES]]  # noqa: PLR2004 - as a cell shows
    return ", ".join(cut)
