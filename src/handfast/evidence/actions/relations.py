"""Link two things, and take the link away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.evidence.models import Relation
from handfast.evidence.permissions import may_relate, may_remove_relation
from handfast.evidence.queries.relations import ends_of
from handfast.evidence.queries.things import check_space, thing_seen_by
from handfast.evidence.refusals import RelationStands
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@action(permits=may_relate, records="relation.made")
def relate_things(actor: Actor, space: Space, /, *, thing: Thing, to: Thing, at: datetime) -> Relation:
    """Keep that two things belong together, for who reads the space. Raises RelationStands, NotSeen.

    Both are looked for again with the actor's eyes, and the space is one that shows neither of them to anybody new.
    """
    engagement = Engagement.objects.get(pk=space.engagement_id)
    for one in (thing, to):
        check_space(actor, thing_seen_by(actor, engagement.pk, one.kind, one.id), space)
    ends = ends_of(thing, to)
    if Relation.objects.filter(space_id__in=actor.reach.reads, engagement=engagement, **ends).exists():
        raise RelationStands(f"{to.name} is linked with it already")
    made: Relation = Relation.objects.create(
        space=space, engagement=engagement, made_at=at, made_by_id=actor.person, **ends
    )
    return made


@action(permits=may_remove_relation, records="relation.removed")
def remove_relation(actor: Actor, relation: Relation, /, *, at: datetime) -> Relation:
    """Let two things no longer be linked; both stay as they are."""
    Relation.objects.filter(pk=relation.pk).delete()
    return relation
