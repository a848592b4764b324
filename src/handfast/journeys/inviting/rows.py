"""People as they stand in a spreadsheet: whom each row invites, as what, to which side, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.utils import parseaddr
from typing import TYPE_CHECKING

from handfast.foundation.refusals import FieldsRefused
from handfast.governance.reading.tables import Table, named_columns, read_pasted
from handfast.journeys.refusals import PeopleRefused
from handfast.people.actions.persons import checked_address
from handfast.people.roles import ROLES, roles_of_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_PEOPLE = 100
# What each column may be called; of two that fit, the one that stands first here is read.
HEADS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "person"),
    "email": ("e-mail", "email", "e-mail address", "email address", "work e-mail", "work email", "mail", "address"),
    "roles": ("roles", "role", "role(s)"),
    "side": ("side", "party", "organisation", "organization", "company"),
}  # fmt: skip
ADDRESS_FIRST, NAME_FIRST = ("Address", "Roles", "Side"), ("Name", "Address", "Roles", "Side")
_BETWEEN_ROLES = re.compile(r"[,;/\n]")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides as a sheet may call them: each word, in small letters, with its side.

    `names` is what each is called; `taken` is the other side where it is in already and invites its own people.
    """

    own: str
    names: Mapping[str, str]
    words: Mapping[str, str]
    taken: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a sheet. The name only helps to know the row again: people write their own when they join."""

    number: int
    name: str
    email: str
    roles: tuple[str, ...]
    side: str
    faults: tuple[tuple[str, str], ...] = ()


def read_people(pasted: str) -> Table:
    """Rows as they were copied; where the first has an address, none names the columns. Raises TableRefused."""
    plain = pasted.strip("\r\n")
    first = plain.split("\n", 1)[0]
    if "@" not in first:
        return read_pasted(plain)
    parted = "\t" if "\t" in first else max(",;", key=first.count)
    cells = first.split(parted)
    heads = (ADDRESS_FIRST if "@" in cells[0] else NAME_FIRST)[: len(cells)]
    table = read_pasted(f"{parted.join(heads)}\n{plain}")
    return Table(table.name, table.heads, tuple((number - 1, row) for number, row in table.rows))


def rows_in(table: Table, sides: Sides) -> list[PersonRow]:
    """Every row of a sheet. Raises PeopleRefused where no column says where the mail goes, or there are too many."""
    columns = columns_of(table.heads)
    if "email" not in columns:
        raise PeopleRefused(
            "no column is called Address: name the columns in the first row, as in Name, Address, Roles, Side",
            [("pasted", "name the columns in the first row: Name, Address, Roles, Side")],
        )
    told = [(number, {name: cells[place] for name, place in columns.items()}) for number, cells in table.rows]
    return checked_rows(told, sides)


def columns_of(heads: Sequence[str]) -> dict[str, int]:
    """By field the place of its column; the others are left out."""
    return named_columns(heads, HEADS)


def checked_rows(told: Sequence[tuple[int, Mapping[str, str]]], sides: Sides) -> list[PersonRow]:
    """Each with its faults; an address that stands twice is refused the second time. Raises PeopleRefused."""
    if not 0 < len(told) <= MOST_PEOPLE:
        fault = f"send 1 to {MOST_PEOPLE} people at a time"
        raise PeopleRefused(f"{len(told)} rows: {fault}", [("pasted", fault)])
    seen: dict[str, int] = {}
    found = []
    for number, said in told:
        row = _row(number, said, sides)
        first = seen.setdefault(row.email.casefold(), number) if row.email else number
        if first != number:
            twice = ("email", f"row {first} has the same address: leave one of them out")
            row = replace(row, faults=(*row.faults, twice))
        found.append(row)
    return found


def _row(number: int, said: Mapping[str, str], sides: Sides) -> PersonRow:
    faults: list[tuple[str, str]] = []
    email = _email(said.get("email", ""), faults)
    side = _side(said.get("side", ""), sides, faults)
    roles = _roles(said.get("roles", ""), side, sides, faults)
    return PersonRow(number, said.get("name", "").strip(), email, roles, side, tuple(faults))


def _email(said: str, faults: list[tuple[str, str]]) -> str:
    """Also as address books write it, `Ana Anić <ana@company.example>`."""
    plain = parseaddr(said)[1] if said.rstrip().endswith(">") else said.strip()
    try:
        return checked_address(plain)
    except FieldsRefused:
        told = f"“{said.strip()[:SHOWN]}” is no address" if said.strip() else "there is no address"
        faults.append(("email", f"{told}: write it as name@company.example"))
        return ""


def _side(said: str, sides: Sides, faults: list[tuple[str, str]]) -> str:
    """Empty where the cell names neither."""
    word = " ".join(said.casefold().split())
    side = sides.words.get(word, "") if word else sides.own
    if not side:
        names = " or ".join(sides.names.values())
        told = f"“{said.strip()[:SHOWN]}” is neither side: write {names}, or nothing for your own"
        faults.append(("side", told))
    elif side == sides.taken:
        faults.append(
            ("side", f"{sides.names[side]} is in already and invites its own people: leave this row out")
        )
    return side


def _roles(said: str, side: str, sides: Sides, faults: list[tuple[str, str]]) -> tuple[str, ...]:
    words = [one.strip() for one in _BETWEEN_ROLES.split(said) if one.strip()]
    known = {_word(word): key for key, role in ROLES.items() for word in (key, str(role.name))}
    given = {role.key: str(role.name) for role in roles_of_side(side)}
    choices = ", ".join(given.values())
    if not words:
        faults.append(("roles", f"write one or more of {choices}" if side else "write a role of its side"))
    for word in words:
        key = known.get(_word(word))
        if key is None:
            told = f": write one or more of {choices}" if side else ""
            faults.append(("roles", f"“{word[:SHOWN]}” is no role{told}"))
        elif side and key not in given:
            told = f"{ROLES[key].name} is no role of {sides.names[side]}"
            faults.append(("roles", f"{told}: write one or more of {choices}"))
    keys = (known.get(_word(word), "") for word in words)
    return tuple(dict.fromkeys(key for key in keys if key))


def _word(said: str) -> str:
    """`Delivery Manager`, `delivery-manager` and `delivery  manager` are one."""
    return " ".join(said.casefold().replace("-", " ").split())
