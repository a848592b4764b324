"""Several entries of a register changed together: what is wanted, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.foundation.refusals import Conflict, FieldsRefused
from handfast.governance.queries.entries import entries_seen_by
from handfast.governance.queries.moving import check_move
from handfast.governance.queries.owners import check_owner
from handfast.governance.refusals import EntryRefused, EntryUnchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import Register

MOST_TOGETHER = 200
Outcome = Literal["changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What all of them become; None leaves it. `is_nobodys` takes the owner away."""

    to: str | None = None
    owner_id: UUID | None = None
    is_nobodys: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one entry, and why where nothing does."""

    entry: RegisterEntry
    outcome: Outcome
    why: str = ""


def chosen_entries(
    actor: Actor, engagement: UUID, register: Register, ids: Iterable[UUID]
) -> list[RegisterEntry]:
    """Those of the register that the actor reads, in their order. Raises EntryRefused where they are too many."""
    wanted = set(ids)
    if len(wanted) > MOST_TOGETHER:
        raise EntryRefused(
            f"at most {MOST_TOGETHER} entries are changed together", [("entry", "choose fewer")]
        )
    rows = entries_seen_by(actor, engagement, register).filter(pk__in=wanted)
    return list(rows.select_related("engagement", "space"))


def columns_for(entry: RegisterEntry, wanted: Wanted) -> dict[str, object]:
    """What changes in its columns. Raises EntryRefused, MoveRefused, EntryUnchanged."""
    found: dict[str, object] = {}
    owner = None if wanted.is_nobodys else wanted.owner_id
    if (wanted.is_nobodys or owner is not None) and owner != entry.owner_id:
        check_owner(owner, entry.space)
        found["owner_id"] = owner
    if wanted.due_on is not None and wanted.due_on != entry.due_on:
        found["due_on"] = wanted.due_on
    if wanted.to is not None and wanted.to != entry.state:
        state = check_move(entry, wanted.to)
        found |= {"state": state.key, "is_done": state.is_done}
    if not found:
        raise EntryUnchanged(f"{entry.name} is so already")
    return found


def told_of_each(entries: Iterable[RegisterEntry], change: Callable[[RegisterEntry], object]) -> list[Line]:
    """What becomes of each under `change`; one that is refused holds up no other."""
    return [_told(one, change) for one in entries]


def _told(entry: RegisterEntry, change: Callable[[RegisterEntry], object]) -> Line:
    try:
        change(entry)
    except EntryUnchanged:
        return Line(entry, "unchanged", "is so already")
    except (FieldsRefused, Conflict) as refused:
        return Line(entry, "refused", str(refused))
    return Line(entry, "changed")


def together_said(lines: Iterable[Line], *, is_done: bool) -> str:
    """As in `37 changed, 2 refused, 1 as it was`."""
    words: dict[Outcome, str] = {
        "changed": "changed" if is_done else "would change", "refused": "refused" if is_done else "would be refused",
        "unchanged": "as it was" if is_done else "would stay as it is",
    }  # fmt: skip
    found = [one.outcome for one in lines]
    return ", ".join(f"{found.count(one)} {said}" for one, said in words.items() if one in found)
