"""What becomes of each row of a sheet before anything is written: new, standing already, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.foundation.models import Space
from handfast.governance.models import RegisterEntry
from handfast.governance.reading.columns import fields_of
from handfast.governance.reading.rows import DAYS, RowReader
from handfast.governance.refusals import TableRefused
from handfast.people.queries import members_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.governance.reading.rows import ReadAs, Row
    from handfast.governance.reading.tables import Table
    from handfast.governance.registers import Register

Outcome = Literal["new", "stands", "refused"]


@dataclass(frozen=True, slots=True)
class Line:
    """One row, what becomes of it, and why where nothing does; `faults` by the labels of fields."""

    row: Row
    cells: tuple[str, ...]
    outcome: Outcome
    why: str = ""
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def reasons(self) -> str:
        return "; ".join(f"{label}: {fault}" for label, fault in self.faults)


@dataclass(frozen=True, slots=True)
class Intake:
    """What becomes of a sheet."""

    lines: tuple[Line, ...]

    def of(self, outcome: Outcome) -> list[Line]:
        return [one for one in self.lines if one.outcome == outcome]

    @property
    def rows(self) -> list[Row]:
        return [one.row for one in self.of("new")]

    @property
    def said(self) -> str:
        """As in `37 are new, 2 stand already, 1 is refused`."""
        found = [(len(self.of(one)), one) for one in ("new", "stands", "refused")]
        words = {
            "new": ("is new", "are new"), "stands": ("stands already", "stand already"),
            "refused": ("is refused", "are refused"),
        }  # fmt: skip
        return ", ".join(f"{count:,} {words[one][count != 1]}" for count, one in found if count)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a space holds of a register: titles by number, and all titles."""

    by_number: Mapping[int, str]
    titles: frozenset[str]
    prefix: str

    def why(self, row: Row) -> str:
        """Why a row is not new; empty where it is."""
        if row.given is not None and row.given in self.by_number:
            name = f"{self.prefix}{row.given}"
            if self.by_number[row.given] == row.said.title:
                return f"{name} stands already and stays as it is"
            return f"{name} stands already and says something else: change it on its page, or leave the column of numbers out"
        return "an entry with this title stands already" if row.said.title in self.titles else ""


def standing_in(space: Space, register: Register) -> Standing:
    """All that the space holds of the register, in one question."""
    rows = RegisterEntry.objects.filter(space=space, register=register.key).order_by()
    found = dict(rows.values_list("number", "title"))
    own = "own-" if space.kind == Space.Kind.INTERNAL else ""
    return Standing(found, frozenset(found.values()), f"{register.prefix}-{own}")


def look_at(actor: Actor, space: Space, register: Register, table: Table, read_as: ReadAs) -> Intake:
    """What would become of each row. Raises TableRefused where the columns are not mapped as they can be."""
    check_read_as(register, table, read_as)
    is_internal = space.kind == Space.Kind.INTERNAL
    reader = RowReader(register, read_as, owners_by_word(actor, space), is_internal=is_internal)
    standing, labels = standing_in(space, register), fields_of(register)
    return Intake(
        tuple(_line(reader.row(number, cells), cells, standing, labels) for number, cells in table.rows)
    )


def check_read_as(register: Register, table: Table, read_as: ReadAs) -> None:
    """Each field at most once, and the title among them. Raises TableRefused."""
    labels, chosen = fields_of(register), list(read_as.columns.values())
    said = next((f"there is no field {one[:40]!r}" for one in chosen if one not in labels), "") or next(
        (f"two columns are “{labels[one]}”: choose one of them" for one in chosen if chosen.count(one) > 1),
        "",
    )
    if not said and "title" not in chosen:
        said = "choose the column that holds the title"
    if not said and (
        read_as.days not in DAYS or any(not 0 <= one < len(table.heads) for one in read_as.columns)
    ):
        said = f"state how days are written: {', '.join(DAYS)}"
    if said:
        raise TableRefused(f"the rows are not read: {said}", [("columns", said)])


def owners_by_word(actor: Actor, space: Space) -> dict[str, set[UUID]]:
    """Who may own an entry of the space, by name; the own side's by address too, since the other's are not shown."""
    is_own = space.kind == Space.Kind.INTERNAL
    if space.engagement_id is None:
        return {}
    found: dict[str, set[UUID]] = {}
    for one in members_seen_by(actor, space.engagement_id):
        is_ours = one.organisation_id == actor.organisation
        if is_own and not is_ours:
            continue
        for word in (one.person.name, *([one.person.email] if is_ours else [])):
            found.setdefault(word.strip().casefold(), set()).add(one.person_id)
    return found


def _line(row: Row, cells: tuple[str, ...], standing: Standing, labels: Mapping[str, str]) -> Line:
    if row.faults:
        faults = tuple((labels.get(_field(name), name), fault) for name, fault in row.faults)
        return Line(row, cells, "refused", faults=faults)
    why = standing.why(row)
    return Line(row, cells, "stands" if why else "new", why)


def _field(name: str) -> str:
    return {"owner_id": "owner"}.get(name, name)


def new_among(rows: Iterable[Row], standing: Standing) -> list[Row]:
    """Those that are still new; where all carry numbers, in the order of these."""
    found = [one for one in rows if not standing.why(one)]
    if all(one.given is not None for one in found):
        found.sort(key=lambda one: one.given or 0)
    return found
