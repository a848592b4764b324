"""Entries for the tests of registers, written by the verbs only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handfast.foundation.scope import entered
from handfast.governance.actions import amend_entry, move_entry, write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
DUE = date(2026, 4, 24)


def written(  # noqa: PLR0913 - what a test may say of an entry
    cast: Cast,
    by: Person,
    *,
    register: str = "issues",
    is_own: bool = False,
    title: str = "Headsets drop",
    minutes: int = 0,
    **said: Any,
) -> RegisterEntry:
    """A new entry, for both sides or for the writer's own one."""
    actor = cast.actor(by)
    with entered(actor.reach):
        space = space_to_write_in(actor, cast.engagement, is_internal=is_own)
    return write_entry(
        actor,
        space,
        register=REGISTERS[register],
        said=EntrySaid(title, **said),
        at=AT + timedelta(minutes=minutes),
    )


def moved(cast: Cast, by: Person, entry: RegisterEntry, to: str) -> RegisterEntry:
    return move_entry(cast.actor(by), entry, to=to, at=AT, as_seen=entry.seen_as)


def amended(cast: Cast, by: Person, entry: RegisterEntry, **said: Any) -> RegisterEntry:
    told = EntrySaid(**{"title": entry.title, "owner_id": entry.owner_id, "due_on": entry.due_on} | said)
    return amend_entry(cast.actor(by), entry, said=told, at=AT, as_seen=entry.seen_as)
