"""Write an entry of a register, amend it, and move it from state to state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.foundation.actions import action
from handfast.governance.actions.keeping import keep_changed
from handfast.governance.models import RegisterEntry
from handfast.governance.permissions import may_change_entry, may_write_entry
from handfast.governance.queries.moving import check_move, check_needs
from handfast.governance.queries.owners import check_owner, check_side
from handfast.governance.reading.said import checked_entry
from handfast.governance.refusals import EntryUnchanged

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.reading.said import EntrySaid
    from handfast.governance.registers import Register


@action(permits=may_write_entry, records="entry.written")
def write_entry(
    actor: Actor, space: Space, /, *, register: Register, said: EntrySaid, at: datetime
) -> RegisterEntry:
    """Write a new entry in its first state. Raises EntryRefused.

    The space is locked, so that two who write at once get numbers in turn and none is left out.
    """
    checked = checked_entry(register, said)
    check_side(register, space)
    check_owner(checked.owner_id, space)
    last = RegisterEntry.objects.filter(space=space, register=register.key).order_by("number").last()
    entry: RegisterEntry = RegisterEntry.objects.create(
        space=space,
        engagement=Engagement.objects.get(pk=space.engagement_id),
        register=register.key,
        number=last.number + 1 if last else 1,
        state=register.states[0].key,
        is_done=register.states[0].is_done,
        created_at=at,
        created_by_id=actor.person,
        changed_at=at,
        changed_by_id=actor.person,
        **_columns(checked),
    )
    return entry


@action(permits=may_change_entry, records="entry.amended")
def amend_entry(
    actor: Actor, entry: RegisterEntry, /, *, said: EntrySaid, at: datetime, as_seen: str | None = None
) -> RegisterEntry:
    """Let an entry say something else; its state stays. Raises EntryRefused, EntryUnchanged, MoveRefused, Conflict."""
    columns = _columns(checked_entry(entry.kept_in, said))
    if all(getattr(entry, name) == value for name, value in columns.items()):
        raise EntryUnchanged(f"{entry.name} says that already: change something first")
    if columns["owner_id"] != entry.owner_id:
        check_owner(said.owner_id, entry.space)
    for name, value in columns.items():
        setattr(entry, name, value)
    check_needs(entry, entry.kept_in.state(entry.state))
    keep_changed(actor, entry, at, *columns)
    return entry


@action(permits=may_change_entry, records="entry.moved")
def move_entry(
    actor: Actor, entry: RegisterEntry, /, *, to: str, at: datetime, as_seen: str | None = None
) -> RegisterEntry:
    """Move an entry to a state that can follow its own. Raises MoveRefused, which names those that can, Conflict."""
    state = check_move(entry, to)
    entry.state, entry.is_done = state.key, state.is_done
    keep_changed(actor, entry, at, "state", "is_done")
    return entry


def _columns(said: EntrySaid) -> dict[str, object]:
    return {
        "title": said.title, "text": said.text, "owner_id": said.owner_id, "due_on": said.due_on,
        "tags": ", ".join(said.tags), "own": dict(said.own),
    }  # fmt: skip
