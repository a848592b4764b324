"""Whose an activity is: a person of the side that leads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.people.models import Membership, lasting
from handfast.people.queries import members_seen_by
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity, Plan


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may own an activity."""

    id: UUID
    name: str
    side: str
    organisation: str


def owners_of(actor: Actor, plan: Plan) -> tuple[Owner, ...]:
    """Both sides' people of the engagement, the actor's own side first."""
    members = list(members_seen_by(actor, plan.engagement_id))
    members.sort(key=lambda one: one.organisation_id != actor.organisation)
    return tuple(Owner(one.person_id, one.person.name, one.side, one.organisation.name) for one in members)


def check_owner(activity: Activity) -> None:
    """An owner is in the engagement, on the side that leads; of what both lead, on either. Raises ActivityRefused."""
    if activity.owner_id is None:
        return
    members = Membership.objects.filter(
        lasting(), engagement_id=activity.plan.engagement_id, person_id=activity.owner_id
    )
    if activity.lead in ("client", "provider"):
        members = members.filter(side=activity.lead)
    if not members.exists():
        raise ActivityRefused(
            f"“{activity.name}” is led by the {activity.lead}: its owner is one of its people",
            [("owner_id", "choose a person of the side that leads")],
        )
