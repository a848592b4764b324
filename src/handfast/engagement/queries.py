"""What is asked of engagements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement, Party
from handfast.foundation.sight import the_one
from handfast.people.queries import memberships_in_force, organisation_of
from handfast.people.roles import capabilities_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.people.models import Invitation, Organisation, Person


def engagements_seen_by(actor: Actor) -> QuerySet[Engagement]:
    """Those the actor is in, with their parties."""
    return Engagement.objects.filter(pk__in=list(actor.capabilities)).prefetch_related("parties")


def engagement_seen_by(actor: Actor, engagement: UUID) -> Engagement:
    """One engagement with its parties. Raises NotSeen."""
    return the_one(engagements_seen_by(actor).filter(pk=engagement))


def engagement_names_seen_by(actor: Actor) -> dict[UUID, str]:
    """What the actor's engagements are called."""
    return dict(Engagement.objects.filter(pk__in=list(actor.capabilities)).values_list("pk", "name"))


def engagement_of_link(invitation: Invitation) -> Engagement:
    """The engagement that a link invites to, with its parties; asked within the reach of the link."""
    every: QuerySet[Engagement] = Engagement.objects.prefetch_related("parties")
    return the_one(every.filter(pk=invitation.engagement_id))


def opener_of(actor: Actor) -> Organisation | None:
    """For which organisation the actor would open an engagement: their own, which is none of a sample's."""
    own = organisation_of(actor)
    return None if own is None or own.is_sample else own


def bringable(invitation: Invitation, person: Person) -> list[Organisation]:
    """Which of their organisations a person may bring in on the other side: where they manage people, of the same kind."""
    deal = engagement_of_link(invitation)
    taken = {one.organisation_id for one in deal.parties.all()}
    if invitation.organisation_id is not None or party_on(deal, invitation.side).organisation_id is not None:
        return []
    mine = {
        one.organisation_id: one.organisation
        for one in memberships_in_force(person.pk)
        if "manage-people" in capabilities_of(one.roles) and one.organisation.is_sample == deal.is_sample
    }
    return [one for key, one in mine.items() if key not in taken]


def party_of(engagement: Engagement, organisation: UUID | None) -> Party | None:
    """The side that an organisation is in."""
    parties = engagement.parties.all()
    return next(
        (one for one in parties if organisation is not None and one.organisation_id == organisation), None
    )


def names_of_sides(engagement: Engagement) -> dict[str, str]:
    """What each side is called."""
    return {party.side: party.name for party in engagement.parties.all()}


def other_party_of(engagement: Engagement, organisation: UUID | None) -> Party | None:
    """The side that it is not in."""
    mine = party_of(engagement, organisation)
    return next((one for one in engagement.parties.all() if mine is not None and one.side != mine.side), None)


def party_on(engagement: Engagement, side: str) -> Party:
    """The party of a side."""
    return next(one for one in engagement.parties.all() if one.side == side)
