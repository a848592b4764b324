"""Activities as comments, files and links find them: by their ids, by the address of their page, by their whole name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.queries.things import Finder, Thing
from handfast.transition.models import Activity

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from handfast.foundation.actor import Actor

KIND, PAGE = "activity", "transition:activity"
LONGEST_NAME = 300


def activity_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """Those of these ids that the actor sees and that are still in the plan."""
    rows = Activity.objects.filter(pk__in=items, space_id__in=actor.reach.reads, removed_at__isnull=True)
    return [activity_thing(one) for one in rows.select_related("plan", "space")]


def activity_named(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The one that is called so, letter by letter but for capitals; None where several are."""
    name = text.strip()
    if not name or len(name) > LONGEST_NAME:
        return None
    rows = Activity.objects.filter(
        plan__engagement_id=engagement, space_id__in=actor.reach.reads, name__iexact=name
    )
    found = list(rows.filter(removed_at__isnull=True).select_related("plan", "space")[:2])
    return activity_thing(found[0]) if len(found) == 1 else None


def activity_thing(one: Activity) -> Thing:
    return Thing(KIND, one.pk, one.plan.engagement_id, one.space, one.name, PAGE)


FINDER = Finder(PAGE, activity_things, activity_named)
