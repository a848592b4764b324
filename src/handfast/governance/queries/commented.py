"""How evidence finds an entry that is commented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.queries.things import Thing
from handfast.governance.queries.entries import entry_seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry

KIND = "entry"


def entry_thing(actor: Actor, item: UUID) -> Thing:
    """An entry by its id. Raises NotSeen."""
    return thing_of(entry_seen_by(actor, item))


def thing_of(entry: RegisterEntry) -> Thing:
    name = f"{entry.name}, {entry.title}"
    return Thing(KIND, entry.pk, entry.engagement_id, entry.space, name, "governance:entry")
