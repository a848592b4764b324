"""Brings a sample in through the verbs of the rooms, as its persons, each step at the instant of its story."""

from __future__ import annotations

from contextvars import Context
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from handfast.contract.actions import write_summary
from handfast.engagement.actions.engagements import Deal, amend_engagement, open_engagement
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.queries import engagements_seen_by
from handfast.foundation.actor import Actor
from handfast.foundation.scope import Reach, entered
from handfast.journeys.sampling.living import Played, live_through
from handfast.journeys.sampling.parts import CONTRACTS, LIVES
from handfast.journeys.sampling.removing import remove_loaded
from handfast.people.actions.invitations import invite
from handfast.people.actions.organisations import found_organisation
from handfast.people.actions.persons import new_person
from handfast.people.models import Organisation, Person, Side
from handfast.people.queries import actor_for, bearer_of, internal_space_of, person_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.journeys.samples.sample import SampleEngagement, SamplePerson

GUEST_ROLES = ("vendor-manager",)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody real who looks at a sample of their own: its persons get addresses with their tag."""

    person: UUID
    tag: str


@dataclass(frozen=True, slots=True)
class Loading:
    """How a sample is loaded: with which password (None: nobody can sign in as its persons), for whom."""

    password: str | None = None
    guest: Guest | None = None
    on_progress: Callable[[int, int], None] | None = None

    @property
    def tag(self) -> str:
        return f"+{self.guest.tag}" if self.guest else ""


def load_sample(sample: SampleEngagement, how: Loading) -> UUID:
    """Load it and give its engagement's id; what a failure leaves is removed again.

    It acts as several persons in turn, each with their own reach: so it begins outside of any that was entered.
    """
    return Context().run(_load, sample, how)


def found_loaded(sample: SampleEngagement, how: Loading) -> UUID | None:
    """The engagement of this sample, where it was loaded; None where it was not."""
    return Context().run(_found, sample, how)


def address_of(person: SamplePerson, how: Loading) -> str:
    """The person's address; a guest's copies carry the guest's tag."""
    name, _, domain = person.email.partition("@")
    return f"{name}{how.tag}@{domain}"


def _found(sample: SampleEngagement, how: Loading) -> UUID | None:
    opener = person_at(address_of(sample.persons[0], how))
    if opener is None:
        return None
    actor = actor_for(opener)
    with entered(actor.reach):
        rows = engagements_seen_by(actor).filter(name=sample.name, is_sample=True)
        return rows.values_list("pk", flat=True).first()


def _load(sample: SampleEngagement, how: Loading) -> UUID:
    cast = _Casting(sample, how)
    deal = cast.open()
    try:
        cast.bring_the_others(deal)
        _date(cast, deal)
        live_through(Played(sample, deal, cast.actor_on), on_progress=how.on_progress)
        if how.guest:
            cast.bring_the_guest(deal, how.guest)
    except BaseException:
        remove_loaded(deal.pk)
        raise
    return deal.pk


@dataclass(frozen=True, slots=True)
class _Coming:
    """Somebody who comes in: as whom, on which side."""

    name: str
    side: str
    roles: tuple[str, ...]
    zone: str


class _Casting:
    """The persons of a sample as they come in; those of another sample of the same installation are met again."""

    def __init__(self, sample: SampleEngagement, how: Loading) -> None:
        self.sample, self.how = sample, how
        self.at: datetime = sample.begins_at
        self.password = make_password(how.password)
        self.life = LIVES[sample.size]
        self.persons: dict[str, Person] = {}

    def open(self) -> Engagement:
        """The first person of the client founds Lumen, where it is not there, and opens the engagement."""
        first = self.sample.persons[0]
        person = person_at(address_of(first, self.how))
        if person is None:
            person = new_person(
                address_of(first, self.how), first.name, password=self.password, zone=first.zone, at=self.at
            )
        actor = actor_for(person)
        if actor.organisation is None:
            with entered(Reach()):
                own = found_organisation(
                    Actor(person.pk, None), person, name=self.sample.client, is_sample=True, at=self.at
                )
            home = frozenset({own.home_space_id})
            actor = Actor(person.pk, own.pk, Reach(home, home))
        self.persons[first.name] = person
        deal = Deal(
            self.sample.name, self.sample.size, Side.CLIENT, self.sample.provider, self.life.client_zone,
            self.sample.zone, self.life.currency, is_sample=True,
        )  # fmt: skip
        own = Organisation.objects.get(pk__in=[actor.organisation])
        with entered(actor.reach):
            return open_engagement(actor, own, deal=deal, at=self.at)

    def bring_the_others(self, deal: Engagement) -> None:
        """Everybody else by an invitation, the first of the provider with its organisation."""
        for one in self.sample.persons[1:]:
            coming = _Coming(one.name, one.side, one.roles, one.zone)
            self.persons[one.name] = self._bring(deal, address_of(one, self.how), coming)

    def bring_the_guest(self, deal: Engagement, guest: Guest) -> None:
        """The guest looks from the client's side, and may do there what its vendor manager may."""
        person = Person.objects.get(pk=guest.person)
        self._bring(deal, person.email, _Coming(person.name, Side.CLIENT, GUEST_ROLES, person.zone))

    def _bring(self, deal: Engagement, email: str, one: _Coming) -> Person:
        """By an invitation of their own side, once somebody of it is there; until then of the client's."""
        inviter = self._first_of(deal, one.side) or self.actor_on(deal, Side.CLIENT)
        own = self._organisation(inviter)
        known = person_at(email)
        theirs = own if self._first_of(deal, one.side) else self._sample_organisation(known)
        with entered(inviter.reach):
            sent = invite(
                inviter, internal_space_of(own.pk, deal.pk), shared_space=deal.space_id, email=email, side=one.side,
                roles=list(one.roles), organisation=theirs, at=self.at,
            )  # fmt: skip
        bearer = bearer_of(sent)
        with entered(bearer.reach):
            member = accept_invitation(
                bearer, sent, name=one.name, password=self.password, zone=one.zone, at=self.at
            )
        return member.person

    def _organisation(self, actor: Actor) -> Organisation:
        return Organisation.objects.get(pk__in=[actor.organisation])

    def _sample_organisation(self, known: Person | None) -> Organisation | None:
        """The provider's, where it came in with another sample."""
        if known is None:
            return None
        return Organisation.objects.filter(pk__in=[actor_for(known).organisation], is_sample=True).first()

    def _first_of(self, deal: Engagement, side: str) -> Actor | None:
        """Who acts for a side, once they are in."""
        one = next(each for each in self.sample.persons if each.side == side)
        return self.actor_on(deal, side) if one.name in self.persons else None

    def actor_on(self, deal: Engagement, side: str) -> Actor:
        """Who acts for a side: its first person who makes and answers statements."""
        one = next(each for each in self.sample.persons if each.side == side)
        person = self.persons[one.name]
        return actor_for(person, person.memberships.get(engagement_id=deal.pk).organisation_id)


def _date(cast: _Casting, deal: Engagement) -> None:
    """The days of its life."""
    actor, life = cast.actor_on(deal, Side.CLIENT), cast.life
    with entered(actor.reach):
        amend_engagement(
            actor, deal, name=deal.name, size=deal.size, zone=deal.zone, currency=deal.currency,
            signed_on=life.signed_on, live_on=life.live_on, notice_on=life.notice_on, ends_on=life.ends_on, at=cast.at,
        )  # fmt: skip
        for after, said in enumerate(CONTRACTS.get(deal.size, ())):
            write_summary(actor, deal, said=said, after=after, at=cast.at)
