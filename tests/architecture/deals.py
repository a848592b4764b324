"""Three deals filled through the actions, every private value of each with a mark of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.architecture.agreeing import agreed, promised
from tests.architecture.bringing import brought_in
from tests.architecture.importing import imported
from tests.architecture.issuing import adjusted, issued
from tests.architecture.mailed import answerable
from tests.architecture.marks import mark
from tests.architecture.owing import owing
from tests.architecture.packing import packed
from tests.architecture.papers import documented
from tests.architecture.plans import planned
from tests.architecture.talks import commented, filed, related
from tests.architecture.viewing import viewed
from tests.factories.cast import a_deal, engagement_of, joined, organisation_of, person_named

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.erasure import erase_contents
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token
from handfast.people.queries import actor_for, link_secret, memberships_in_force, secret_digest

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Organisation, Person

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
SIDES = ("client", "provider")


@dataclass(slots=True)
class Deal:
    """One engagement with all that there is: ids by the names that routes give them.

    `shared` is seen by both sides, `own[side]` by one; `made_by` says which side made what is answered.
    """

    name: str
    engagement: Engagement
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    shared: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=lambda: {side: {} for side in SIDES})

    def said(self, *words: str) -> str:
        """The mark of a value of this deal."""
        return mark(self.name, *words)

    def actor(self, side: str) -> Actor:
        return actor_for(self.people[side], self.organisations[side].pk)


def person_of(deal: str, role: str) -> Person:
    return person_named(f"Somebody {mark(deal, role)}", "example-house")


def begun(name: str, owner: Person, client: Organisation, provider_role: str) -> Deal:
    """An engagement of the client, with the first person of its provider."""
    told = a_deal(name=f"Support {mark(name, 'deal')}", other_name=f"Provider {mark(name, 'provider')}")
    engagement = engagement_of_client(owner, client, told)
    first = joined(
        actor_for(owner), engagement, "provider", [provider_role], f"P {mark(name, provider_role)}", "there"
    )
    return Deal(
        name,
        engagement,
        {"client": client, "provider": first.organisation},
        {"client": owner, "provider": first.person},
    )


def engagement_of_client(owner: Person, client: Organisation, told: object) -> Engagement:
    """The first or a further engagement of an organisation."""
    known = memberships_in_force(owner.pk)
    if not known:
        return engagement_of(owner, client, told)  # type: ignore[arg-type]  # a Deal of the set-up page
    from handfast.engagement.actions.engagements import open_engagement  # noqa: PLC0415 - the other is a factory's

    return open_engagement(actor_for(owner), client, deal=told, at=AT)  # type: ignore[arg-type]  # as above


def with_roles(deal: Deal, side: str, *roles: str) -> None:
    """A person for each role of a side."""
    for role in roles:
        named = f"P {mark(deal.name, role)}"
        deal.people[role] = joined(deal.actor(side), deal.engagement, side, [role], named, side).person


def with_someone_gone(deal: Deal) -> None:
    """A vendor manager whose membership has ended."""
    gone = joined(
        deal.actor("client"), deal.engagement, "client", ["vendor-manager"], f"P {deal.said('gone')}", "left"
    )
    end_membership(deal.actor("client"), gone, at=AT)
    deal.people["gone"] = gone.person


def filled(deal: Deal) -> Deal:
    """Terms, records, statements, disputes, adjustments, invitations and tokens, by the verbs of both sides."""
    agreement = agreed(deal)
    source = imported(deal)
    promised(deal)
    _registered(deal)
    issued(deal, agreement)
    adjusted(deal, agreement)
    brought_in(deal, agreement)
    planned(deal)
    owing(deal)
    _invited(deal)
    packed(deal)
    kept = {"engagement": deal.engagement, "source": source, "agreement": agreement}
    deal.shared |= {name: str(one.pk) for name, one in kept.items()}
    deal.shared |= {"level": "first_response", "record": deal.said("record") + "-2", "period": "2026-03"}
    _remembered(deal)
    return deal


def _registered(deal: Deal) -> None:
    """An entry that both sides see, one that it is linked with, one that is free, and one of each side's own."""
    issues = REGISTERS["issues"]
    shared: list[RegisterEntry] = []
    for audience in ("shared", "linked", "free", *SIDES):
        is_own = audience in SIDES
        actor = deal.actor(audience if is_own else "client")
        space = space_to_write_in(actor, deal.engagement, is_internal=is_own)
        said = EntrySaid(
            f"Issue {deal.said('entry title', audience)}", f"Told {deal.said('entry text', audience)}", actor.person,
            date(2026, 4, 20), (deal.said("entry tag", audience),),
            {"severity": "high", "resolution": f"Done {deal.said('entry own', audience)}"},
        )  # fmt: skip
        made = write_entry(actor, space, register=issues, said=said, at=AT)
        if is_own:
            related(deal, audience, made, shared[0])
            viewed(deal, audience)
        else:
            shared.append(made)
    deal.shared["item"] = str(shared[0].pk)
    documented(deal)
    commented(deal, shared[0])
    filed(deal, shared[0])
    deal.shared["relation"] = related(deal, "client", *shared[:2], is_own=False)


def _invited(deal: Deal) -> None:
    for side in SIDES:
        actor = deal.actor(side)
        with entered(actor.reach):
            engagement = engagement_seen_by(actor, deal.engagement.pk)
            address = f"{deal.said('invited', side)}@mail.example"
            sent = invite_to_side(
                actor, engagement, email=address, side=side, roles=["reader"], at=datetime.now(UTC)
            )
        deal.own[side] |= {"invitation": str(sent.pk), "secret": link_secret(sent.pk)}


def _remembered(deal: Deal) -> None:
    """The memberships and their calendar feeds, by side and as what routes call them."""
    for side in SIDES:
        person, organisation = deal.people[side], deal.organisations[side]
        mine = next(one for one in memberships_in_force(person.pk) if one.engagement_id == deal.engagement.pk)
        deal.own[side] |= {"membership": str(mine.pk), "organisation": str(organisation.pk)}
        secret = f"hf_{deal.said('feed', side)}"
        feed = make_feed(deal.actor(side), mine, digest=secret_digest(secret), at=AT)
        deal.own[side] |= {"feed": str(feed.pk), "feed_secret": secret}
        answerable(deal, side, mine)
    _erased(deal)


def _erased(deal: Deal) -> None:
    """One entry that both read is erased, another one is there to be."""
    actor = deal.actor("client")
    with entered(actor.reach):
        made = Contents.objects.filter(space_id=deal.engagement.space_id, action="feed.made")
        first, second = made.order_by("entry__sequence")
    erase_contents(actor, first, reason=f"Asked for {deal.said('erasing')}", at=AT)
    deal.shared["entry"] = str(second.pk)


def token_of(deal: Deal, role: str, organisation: UUID) -> tuple[str, str]:
    """A token's secret and its id, for the person of a role."""
    person = deal.people[role]
    mine = next(one for one in memberships_in_force(person.pk) if one.engagement_id == deal.engagement.pk)
    secret = f"hf_{mark(deal.name, role, 'secret')}"
    token = issue_token(
        actor_for(person, organisation), mine, name=f"Token {mark(deal.name, role, 'token')}", secret=secret,
        digest=secret_digest(secret), expires_at=datetime.now(UTC) + timedelta(days=30), at=datetime.now(UTC),
    )  # fmt: skip
    return secret, str(token.pk)


def make_deals() -> dict[str, Deal]:
    """Ours; the same client's with a rival; and one between two others."""
    owner, stranger_client = person_of("ours", "owner"), person_of("others", "owner")
    client = organisation_of(owner, f"Client {mark('ours', 'client')}")
    elsewhere = organisation_of(stranger_client, f"Client {mark('others', 'client')}")
    ours = begun("ours", owner, client, "delivery-manager")
    with_roles(
        ours, "client", "finance", "process-owner", "reader", "sponsor", "programme-manager", "vendor-manager"
    )
    with_roles(ours, "provider", "account-executive", "transition-manager", "trainer", "auditor")
    with_someone_gone(ours)
    rival = begun("rival", owner, client, "account-executive")
    with_roles(rival, "provider", "delivery-manager")
    others = begun("others", stranger_client, elsewhere, "delivery-manager")
    return {deal.name: filled(deal) for deal in (ours, rival, others)}
