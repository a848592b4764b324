"""The fixed cast, brought in through the actions: a client's owner, a provider's delivery manager, a rival, a reader, a stranger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from django.contrib.auth.hashers import make_password
from tests.factories.replaying import replayed

from handfast.engagement.actions.engagements import Deal, open_engagement
from handfast.engagement.actions.joining import accept_invitation
from handfast.foundation.actor import Actor
from handfast.foundation.scope import Reach, entered
from handfast.people.actions.invitations import invite
from handfast.people.actions.organisations import found_organisation
from handfast.people.actions.persons import new_person
from handfast.people.models import Organisation, Person
from handfast.people.queries import actor_for, bearer_of, internal_space_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.engagement.models import Engagement
    from handfast.people.models import Membership

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
PASSWORD = "a long word for tests"  # noqa: S105 - of people who are only in tests


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there. Actors are made anew, since what a person reaches may have changed."""

    engagement: Engagement
    lumen: Organisation
    danube: Organisation
    tagus: Organisation
    owner: Person
    delivery: Person
    rival: Person
    reader: Person
    stranger: Person

    def actor(self, person: Person) -> Actor:
        return actor_for(person)


def address_of(name: str, domain: str) -> str:
    """Where a person's mail goes: no letter of it has an accent, since fields for addresses take none."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@{domain}.example"


def person_named(name: str, domain: str = "lumen") -> Person:
    return new_person(address_of(name, domain), name, password=make_password(PASSWORD), zone="UTC", at=AT)


def organisation_of(person: Person, name: str) -> Organisation:
    """An organisation founded by a person who has none yet."""
    return found_organisation(Actor(person.pk, None), person, name=name, at=AT)


def engagement_of(person: Person, organisation: Organisation, deal: Deal) -> Engagement:
    home = frozenset({organisation.home_space_id})
    return open_engagement(
        Actor(person.pk, organisation.pk, Reach(home, home)), organisation, deal=deal, at=AT
    )


def a_deal(**values: str) -> Deal:
    told = {
        "name": "Customer Support", "size": "standard", "side": "client", "other_name": "Danube Care",
        "zone": "America/Toronto", "other_zone": "Europe/Belgrade", "currency": "CAD",
    }  # fmt: skip
    return Deal(**(told | values))  # type: ignore[arg-type]  # none of them is the one that is no text


def joined(  # noqa: PLR0913, PLR0917 - who invites whom, where, as what
    inviter: Actor, engagement: Engagement, side: str, roles: Sequence[str], name: str, domain: str
) -> Membership:
    """Somebody invited by mail, who used the link."""
    own = Organisation.objects.get(pk__in=[inviter.organisation])
    side_of_inviter = engagement_side(engagement, own)
    sent = invite(
        inviter,
        internal_space_of(own.pk, engagement.pk),
        shared_space=engagement.space_id,
        email=address_of(name, domain),
        side=side,
        roles=roles,
        organisation=own if side == side_of_inviter else None,
        at=AT,
    )
    return accept_invitation(
        bearer_of(sent), sent, name=name, password=make_password(PASSWORD), zone="UTC", at=AT
    )


def engagement_side(engagement: Engagement, organisation: Organisation) -> str:
    with entered(Reach(frozenset({engagement.space_id}))):
        return engagement.parties.get(organisation=organisation).side


@replayed
def make_cast() -> Cast:
    """Lumen and Danube Care in one engagement; Tagus, a rival, in another with Lumen; a stranger in none."""
    owner = person_named("Priya Raman")
    lumen = organisation_of(owner, "Lumen")
    engagement = engagement_of(owner, lumen, a_deal())
    delivery = joined(
        actor_for(owner), engagement, "provider", ["delivery-manager"], "Jovana Petrović", "danubecare"
    )
    reader = joined(actor_for(owner), engagement, "client", ["reader"], "Rada Reader", "lumen")
    other = open_engagement(
        actor_for(owner), lumen, deal=a_deal(name="Back Office", other_name="Tagus"), at=AT
    )
    rival = joined(actor_for(owner), other, "provider", ["account-executive"], "Ines Duarte", "tagus")
    stranger = person_named("Sam Stranger", "elsewhere")
    return Cast(
        engagement, lumen, delivery.organisation, rival.organisation, owner, delivery.person, rival.person,
        reader.person, stranger,
    )  # fmt: skip


def narrowed(actor: Actor, *words: str) -> Actor:
    """The same actor with fewer capabilities."""
    return replace(actor, capabilities={key: held & set(words) for key, held in actor.capabilities.items()})
