"""Which column of a sheet is which field of a register: what can be chosen, and what the heads suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.governance.reading.tables import Table
    from handfast.governance.registers import Register

OWN = "own_"
# By field, the heads that suggest it: those of our own export, and those of common trackers.
SUGGESTED: dict[str, tuple[str, ...]] = {
    "number": ("number", "no", "no.", "nr", "id", "ref", "key", "#"),
    "title": ("title", "summary", "name", "subject", "headline"),
    "state": ("state", "status"),
    "owner": ("owner", "assigned to", "assignee", "responsible", "action owner", "who"),
    "due_on": ("due", "due date", "due on", "target date", "deadline", "by when"),
    "tags": ("tags", "labels", "keywords", "category"),
    "text": ("text", "description", "details", "notes", "comments"),
    "audience": ("who sees it",),
}
# The same for fields that only some registers have, beside their own names.
SUGGESTED_OWN: dict[str, tuple[str, ...]] = {
    "severity": ("priority", "impact", "sev"),
    "resolution": ("solution", "fix", "outcome"),
    "answer": ("response", "reply"),
    "decided": ("outcome", "decision text"),
    "because": ("rationale", "reason", "why"),
    "decided_on": ("decision date", "date decided"),
    "received_on": ("received", "date received"),
    "arose_from": ("source", "raised in", "meeting"),
    "if_wrong": ("impact", "impact if wrong", "consequence"),
    "meaning": ("definition",),
}
LABELS = {
    "number": "Number", "title": "Title", "state": "State", "owner": "Owner", "due_on": "Due", "tags": "Tags",
    "text": "Text", "audience": "Who sees it",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A word of the file that is none of the field's, and in how many rows it stands."""

    field: str
    label: str
    word: str
    rows: int
    choices: tuple[tuple[str, str], ...]


def fields_of(register: Register) -> dict[str, str]:
    """Every field that a column can be, with its label."""
    return LABELS | {f"{OWN}{one.key}": one.label for one in register.own}


def suggested(register: Register, heads: tuple[str, ...]) -> dict[int, str]:
    """By the place of a column its field, each at most once; what nothing is known of is left out."""
    plain = [_plain(head) for head in heads]
    names = dict(SUGGESTED)
    names["title"] = (*names["title"], register.singular, register.key)
    names |= {
        f"{OWN}{one.key}": (_plain(one.label), _plain(one.key), *SUGGESTED_OWN.get(one.key, ()))
        for one in register.own
    }
    found: dict[int, str] = {}
    for field, known in sorted(names.items(), key=lambda one: not one[0].startswith(OWN)):
        place = next((plain.index(one) for one in known if one in plain), None)
        if place is not None and place not in found:
            found[place] = field
    return dict(sorted(found.items()))


def choices_of(register: Register, field: str) -> tuple[tuple[str, str], ...]:
    """The values of a field that has some; of any other none."""
    if field == "state":
        return tuple((one.key, one.name) for one in register.states)
    if field.startswith(OWN):
        return next((one.choices for one in register.own if f"{OWN}{one.key}" == field), ())
    return ()


def known_word(choices: tuple[tuple[str, str], ...], word: str) -> str:
    """The value that a word names by its key or its name; empty where it names none."""
    return next((key for key, name in choices if _plain(word) in (_plain(key), _plain(name))), "")


def unknown_words(register: Register, table: Table, columns: dict[int, str]) -> Iterator[Words]:
    """The words of states and choices that the register does not have, the most frequent first."""
    for place, field in columns.items():
        choices, counted = choices_of(register, field), dict[str, int]()
        if not choices:
            continue
        for _, cells in table.rows:
            if cells[place] and not known_word(choices, cells[place]):
                counted[cells[place]] = counted.get(cells[place], 0) + 1
        label = fields_of(register)[field]
        for word, rows in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
            yield Words(field, label, word, rows, choices)


def _plain(head: str) -> str:
    return " ".join(head.casefold().replace("_", " ").replace("-", " ").split())
