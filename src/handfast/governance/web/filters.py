"""What a register's list can be filtered by, as the boxes above it, and the sentence that it opens with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from handfast.governance.queries.asked import DONE, NOBODY, OPEN, choice_of, sorts_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from handfast.governance.queries.asked import Asked
    from handfast.governance.registers import Register
    from handfast.governance.web.rows import Seeing

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """One box: its name in the address, its label, its choices and the chosen one."""

    name: str
    label: str
    choices: Choices
    chosen: str


def words_of(query: QueryDict) -> dict[str, str]:
    """What an address asks; its columns may be said together, or each for itself as a form does."""
    said = {name: str(value) for name, value in query.items()}
    return said | {"columns": ",".join(map(str, query.getlist("columns")))}


def filters_of(register: Register, asked: Asked, seen: Seeing) -> list[Filter]:
    """The boxes in their order; the first choice of each filter asks for all."""
    known, own = list(seen.people.values()), seen.own_name
    sides = {one.side: one.party for one in known}
    states = ((OPEN, "not done"), (DONE, "done"), *((one.key, one.name.lower()) for one in register.states))
    owners = ((NOBODY, "nobody yet"), *((str(one.id), one.name) for one in known), *_left(asked, seen))
    field = choice_of(register)
    own_box = [Filter("choice", field.label, (("", "any"), *field.choices), asked.choice)] if field else []
    return [
        Filter("state", "State", (("", "any"), *states), asked.state),
        *own_box,
        Filter("owner", "Owner", (("", "anybody"), *owners), asked.owner),
        Filter("side", "Side", (("", "either"), *sorted(sides.items())), asked.side),
        Filter("overdue", "Due", (("", "any day"), ("1", "overdue")), asked.overdue),
        Filter(
            "seen", "Who sees it", (("", "any"), ("shared", "shared"), ("own", f"only {own}")), asked.seen
        ),
        Filter("sort", "Order", tuple(sorts_of(register).items()), asked.sort),
    ]


def owner_asked(asked: Asked) -> UUID | None:
    """Of whom the entries are asked for, where of somebody."""
    return UUID(asked.owner) if asked.owner not in ("", NOBODY) else None


def _left(asked: Asked, seen: Seeing) -> Choices:
    """Somebody who is asked for and is not here any more stays in the box, so that it says what is shown."""
    owner = owner_asked(asked)
    return ((asked.owner, seen.name_of(owner)),) if owner is not None and owner not in seen.people else ()


def register_sentence(register: Register, found: int, total: int, late: int) -> str:
    """As in `3 of 41 issues; 2 overdue in all`."""
    if not total:
        return register.purpose
    things = register.singular if total == 1 else f"{register.singular}s"
    said = f"{total:,} {things}" if found == total else f"{found:,} of {total:,} {things}"
    return (
        f"{said}; {late:,} overdue{'' if found == total else ' in all'}."
        if late
        else f"{said}, none overdue."
    )
