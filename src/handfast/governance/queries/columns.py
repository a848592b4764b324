"""Which columns a register's list can show beside the number and the title, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.governance.registers import Register

OWN = "own_"
BEFORE = {"state": "State"}
AFTER = {
    "owner": "Owner", "due": "Due", "age": "Age", "written": "Written", "changed": "Changed", "seen": "Who sees it",
}  # fmt: skip
CHOSEN_ONLY = ("written", "changed")


def columns_of(register: Register) -> dict[str, str]:
    """All of them, by the word of an address, as they are called."""
    return BEFORE | {f"{OWN}{one.key}": one.label for one in register.own} | AFTER


def usual_columns(register: Register) -> tuple[str, ...]:
    """Those that are shown where none are chosen."""
    unlisted = {f"{OWN}{one.key}" for one in register.own if not one.is_listed}
    return tuple(key for key in columns_of(register) if key not in {*unlisted, *CHOSEN_ONLY})


def shown_columns(register: Register, columns: str) -> tuple[str, ...]:
    """The chosen ones in their order, or the usual ones."""
    wanted = set(columns.split(","))
    return tuple(key for key in columns_of(register) if key in wanted) if columns else usual_columns(register)


def tidy_columns(register: Register, given: str) -> str:
    """What an address chooses, each once and in their order; empty where that is the usual. Unknown words stay."""
    words = dict.fromkeys(word.strip() for word in given.split(",") if word.strip())
    known = [key for key in columns_of(register) if key in words]
    unknown = [word for word in words if word not in known]
    return "" if tuple(known) == usual_columns(register) and not unknown else ",".join(known + unknown)


def unknown_columns(register: Register, columns: str) -> bool:
    return not set(filter(None, columns.split(","))) <= set(columns_of(register))
