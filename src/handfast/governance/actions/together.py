"""Change an entry as others are changed with it: each is one action, so that one that is refused holds up no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.governance.actions.keeping import keep_changed
from handfast.governance.permissions import may_change_entry
from handfast.governance.queries.together import columns_for

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.governance.queries.together import Wanted


@action(permits=may_change_entry, records="entry.changed_together")
def change_entry(
    actor: Actor, entry: RegisterEntry, /, *, wanted: Wanted, at: datetime, as_seen: str | None = None
) -> RegisterEntry:
    """Give one entry the state, owner or day that several get. Raises EntryRefused, MoveRefused, EntryUnchanged, Conflict."""
    columns = columns_for(entry, wanted)
    for name, value in columns.items():
        setattr(entry, name, value)
    keep_changed(actor, entry, at, *columns)
    return entry
