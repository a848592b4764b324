"""How evidence finds the entries beside which something is said or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.queries.things import Finder, Thing
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import numbered

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from handfast.foundation.actor import Actor

KIND, PAGE = "entry", "governance:entry"


def entry_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """Entries by their ids, as far as the actor sees them."""
    rows = RegisterEntry.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [thing_of(one) for one in rows.select_related("engagement", "space")]


def entry_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The entry that is called so, as `I-12`, where the actor sees it."""
    rows = RegisterEntry.objects.filter(
        numbered(text), engagement_id=engagement, space_id__in=actor.reach.reads
    )
    found = rows.select_related("engagement", "space").first()
    return thing_of(found) if found else None


def thing_of(entry: RegisterEntry) -> Thing:
    name = f"{entry.name}, {entry.title}"
    return Thing(KIND, entry.pk, entry.engagement_id, entry.space, name, PAGE)


FINDER = Finder(PAGE, entry_things, entry_numbered)
