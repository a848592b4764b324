"""Take the rows of a sheet into a register: all that are new in one transaction, numbered without a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.foundation.actions import action
from handfast.governance.models import RegisterEntry
from handfast.governance.permissions import may_write_entry
from handfast.governance.queries.intake import new_among, owners_by_word, standing_in
from handfast.governance.queries.owners import check_side
from handfast.governance.reading.rows import needs_faults
from handfast.governance.reading.said import checked_entry
from handfast.governance.reading.tables import MOST_ROWS
from handfast.governance.refusals import EntryRefused, NothingToTakeIn, TableRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.reading.rows import Row
    from handfast.governance.registers import Register

BATCH = 500


@action(permits=may_write_entry, records="entry.taken_in")
def take_in(
    actor: Actor, space: Space, /, *, register: Register, rows: Sequence[Row], at: datetime
) -> RegisterEntry:
    """Write those rows that are new, and only add: what stands stays. The last entry is given back.

    The space is locked and what stands is asked again, so that of two who confirm the same sheet at once one adds
    it. Raises TableRefused, EntryRefused, NothingToTakeIn.
    """
    if len(rows) > MOST_ROWS:
        raise TableRefused(
            f"at most {MOST_ROWS:,} rows are taken in at a time", [("table", "send it in parts")]
        )
    check_side(register, space)
    standing = standing_in(space, register)
    fresh = new_among(rows, standing)
    if not fresh:
        raise NothingToTakeIn("none of the rows is new: what stands already stays as it is")
    allowed = {one for found in owners_by_word(actor, space).values() for one in found}
    deal, last = Engagement.objects.get(pk=space.engagement_id), max(standing.by_number, default=0)
    made = [
        _entry(actor, space, deal, register, row, last + place, at, allowed)
        for place, row in enumerate(fresh, start=1)
    ]
    RegisterEntry.objects.bulk_create(made, batch_size=BATCH)
    return made[-1]


def _entry(  # noqa: PLR0917 - what an entry is made of
    actor: Actor, space: Space, deal: Engagement, register: Register, row: Row, number: int, at: datetime,
    allowed: set[UUID],
) -> RegisterEntry:  # fmt: skip
    said = checked_entry(register, row.said)
    faults = [*row.faults, *needs_faults(register, row.state, said)]
    if said.owner_id is not None and said.owner_id not in allowed:
        faults.append(("owner_id", "choose a person whom the space allows"))
    if faults:
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise EntryRefused(f"row {row.number}: {told}", faults)
    state = register.state(row.state)
    return RegisterEntry(
        space=space, engagement=deal, register=register.key, number=number, title=said.title, text=said.text,
        owner_id=said.owner_id, due_on=said.due_on, state=state.key, is_done=state.is_done,
        tags=", ".join(said.tags), own=dict(said.own), created_at=at, created_by_id=actor.person, changed_at=at,
        changed_by_id=actor.person,
    )  # fmt: skip
