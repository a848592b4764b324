"""The space in which something of the plan is written: shared by both sides, or the own one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Space
from handfast.foundation.sight import the_one
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan


def space_to_plan_in(actor: Actor, plan: Plan, *, is_internal: bool) -> Space:
    """The own side's space, or the one that both share. Raises NotSeen."""
    return own_space_of(actor, plan.engagement_id) if is_internal else space_named(actor, plan.space_id)


def space_named(actor: Actor, space: UUID) -> Space:
    """A space that the actor reads. Raises NotSeen."""
    found: Space = the_one(Space.objects.filter(pk=space, pk__in=actor.reach.reads))
    return found
