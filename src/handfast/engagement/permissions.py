"""Who may open and change an engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.models import lasting

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.people.models import Invitation, Organisation, Person


def may_open_engagement(actor: Actor, organisation: Organisation) -> bool:
    """Everybody who acts for the organisation and does more than read in it, or who has just founded it."""
    return actor.organisation == organisation.pk and organisation.home_space_id in actor.reach.writes


def may_begin_alone(actor: Actor, person: Person) -> bool:
    """Somebody who belongs to no organisation but to those of samples, for themselves."""
    real = person.memberships.filter(lasting(with_later=True), organisation__is_sample=False)
    return actor.person == person.pk and actor.organisation is None and not real.exists()


def may_begin_engagement(actor: Actor, space: Space) -> bool:
    """Whoever opens it; the space is new."""
    return space.pk in actor.reach.writes


def may_amend_engagement(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the engagement, on either side."""
    return actor.can("manage-engagement", engagement.pk)


def may_keep_contract_days(actor: Actor, engagement: Engagement) -> bool:
    """Whoever writes down the contract, on either side: its days follow from what was signed."""
    return actor.can("write-terms", engagement.pk)


def may_enlarge_engagement(actor: Actor, engagement: Engagement) -> bool:
    """Whoever manages the plan, on either side: the deal is as large as its plan."""
    return actor.can("manage-plan", engagement.pk)


def may_accept_invitation(actor: Actor, invitation: Invitation) -> bool:
    """Whoever holds the link; the door that read its secret reaches its two spaces."""
    return {invitation.journal_space_id, invitation.shared_space_id} <= actor.reach.writes
