"""Open the first engagement of a person who belongs to no organisation yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.permissions import may_begin_alone
from handfast.foundation.actions import action
from handfast.foundation.scope import Reach
from handfast.people.actions.organisations import found_organisation

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.engagement.actions.engagements import Deal
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.people.models import Person


@action(permits=may_begin_alone, records="engagement.opened_first")
def open_first_engagement(
    actor: Actor, person: Person, /, *, organisation_name: str, deal: Deal, at: datetime
) -> Engagement:
    """Found the organisation and open its engagement, both or neither. Raises NameMissing, EngagementRefused."""
    organisation = found_organisation(actor, person, name=organisation_name, at=at)
    home = frozenset({organisation.home_space_id})
    founder = replace(actor, organisation=organisation.pk, reach=Reach(home, home))
    return open_engagement(founder, organisation, deal=deal, at=at)
