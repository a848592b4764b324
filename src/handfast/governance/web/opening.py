"""An entry as its pages open it: found, with the people who turn it into words and those who may own it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.governance.queries.entries import entry_seen_by, today_in
from handfast.governance.web.rows import Person, people_of, seeing

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.doors import ActorRequest
    from handfast.governance.models import RegisterEntry
    from handfast.governance.web.rows import Seeing


def entry_here(request: ActorRequest, engagement: UUID, item: UUID) -> tuple[Engagement, RegisterEntry]:
    """The entry, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = entry_seen_by(request.actor, item)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def seeing_one(request: ActorRequest, deal: Engagement, found: RegisterEntry) -> Seeing:
    """What turns the entry into words: everybody who is here, and those whom it names."""
    persons = [found.owner_id, found.created_by_id, found.changed_by_id]
    return seeing(request.actor, deal, people_of(request.actor, deal), persons, today_in(deal, request.at))


def owners_for(seen: Seeing, found: RegisterEntry) -> list[Person]:
    """Who may own it: of what is internal only the own side; whoever owns it now stays in the list."""
    people = list(seen.people.values())
    if found.is_internal:
        people = [one for one in people if one.side == seen.own_side]
    if found.owner_id is not None and all(one.id != found.owner_id for one in people):
        name = seen.name_of(found.owner_id)
        people.append(Person(found.owner_id, name, "", "either", "not here any more"))
    return people
