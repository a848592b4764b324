"""How evidence finds the topics beside which something is said or kept: recordings, pictures, guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.queries.things import Finder, Thing
from handfast.learning.models import Topic

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from handfast.foundation.actor import Actor

KIND, PAGE = "topic", "learning:topic"
PREFIX, MOST_DIGITS = "TP-", 9


def topic_things(actor: Actor, items: Collection[UUID]) -> list[Thing]:
    """Topics by their ids, as far as the actor sees them."""
    rows = Topic.objects.filter(pk__in=items, space_id__in=actor.reach.reads)
    return [topic_thing(one) for one in rows.select_related("space")]


def topic_numbered(actor: Actor, engagement: UUID, text: str) -> Thing | None:
    """The topic that is called so, as `TP-12`, where the actor sees it."""
    said = text.strip().upper().removeprefix(PREFIX)
    if (
        not said.isascii()
        or not said.isdigit()
        or len(said) > MOST_DIGITS
        or not text.strip().upper().startswith(PREFIX)
    ):
        return None
    rows = Topic.objects.filter(number=int(said), engagement_id=engagement, space_id__in=actor.reach.reads)
    found = rows.select_related("space").first()
    return topic_thing(found) if found else None


def topic_thing(one: Topic) -> Thing:
    return Thing(KIND, one.pk, one.engagement_id, one.space, f"{one.name}, {one.title}", PAGE)


FINDER = Finder(PAGE, topic_things, topic_numbered)
