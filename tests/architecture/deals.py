"""Three deals filled through the actions, every private value of each with a mark of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.architecture.bringing import brought_in
from tests.architecture.mailed import answerable
from tests.architecture.marks import mark
from tests.architecture.owing import owing
from tests.architecture.packing import packed
from tests.architecture.papers import documented
from tests.architecture.plans import planned
from tests.architecture.talks import commented, filed, related
from tests.architecture.viewing import viewed
from tests.contract.deal import TERMS
from tests.factories.cast import a_deal, engagement_of, joined, organisation_of, person_named
from tests.operate.month import MAPPING
from tests.records.deal import work

from handfast.contract.actions import (
    agree_milestone,
    agree_terms,
    decline_milestone,
    decline_terms,
    draft_terms,
    make_agreement,
    propose_milestone,
    propose_terms,
    save_draft,
    write_summary,
)
from handfast.contract.reading.checking import prepared
from handfast.contract.reading.milestones import MilestoneSaid
from handfast.contract.reading.summaries import SummarySaid
from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.erasure import erase_contents
from handfast.foundation.files.staged import staged_from
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.operate.actions import (
    decline_adjustment,
    dispute_line,
    draft_statement,
    issue_statement,
    propose_adjustment,
)
from handfast.operate.queries.computed import chosen_now, computed_month
from handfast.packs.actions import choose_look
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token
from handfast.people.queries import actor_for, link_secret, memberships_in_force, own_space_of, secret_digest
from handfast.records.actions import add_source, receive_upload

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.contract.models import Agreement, TermsDraft, TermsVersion
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.operate.models import Statement, StatementDraft
    from handfast.people.models import Organisation, Person
    from handfast.records.models import Source

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
REPORTED = """  satisfaction:
    {kind: reported, reported_by: provider, unit: number, rounding: {digits: 2, mode: half up}}
levels:
  satisfaction: {name: Satisfaction, service: tickets, measure: satisfaction, expected: 4.3, minimum: 4.0}
"""
SIDES = ("client", "provider")
ROWS = (
    ("1", "2026-03-02T09:00:00", "created"),
    ("1", "2026-03-02T10:00:00", "first_reply"),
    ("2", "2026-03-03T09:00:00", "created"),
    ("2", "2026-03-03T15:00:01", "first_reply"),
    ("3", "2026-02-04T09:00:00", "created"),
    ("3", "2026-02-04T10:00:00", "first_reply"),
)


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
    agreement = _agreed(deal)
    source = _imported(deal)
    _promised(deal)
    _registered(deal)
    _issued(deal, agreement)
    _proposed(deal, agreement)
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


def _terms(deal: Deal, word: str, hours: int = 4) -> str:
    text = TERMS.replace("Customer Support", f"Support {deal.said('title')}").replace(
        "# Support terms", f"# {deal.said(word)}"
    )
    return text.replace("levels:\n", REPORTED, 1).replace("target: 4h", f"target: {hours}h")


def _agreed(deal: Deal) -> Agreement:
    client, provider = deal.actor("client"), deal.actor("provider")
    agreement = make_agreement(
        client,
        deal.engagement,
        title=f"Agreement {deal.said('agreement')}",
        currency="CAD",
        signed_on=None,
        at=AT,
    )
    made = {}
    for side, actor in (("client", client), ("provider", provider)):
        with entered(actor.reach):
            space = own_space_of(actor, agreement.engagement_id)
        made[side] = draft_terms(
            actor, space, agreement=agreement, text=_terms(deal, "first"), based_on=0, at=AT
        )
    text = _terms(deal, "first")
    version = propose_terms(client, made["client"], prepared=prepared(text), side="client", at=AT)
    agree_terms(provider, version, typed="1", at=AT)
    declined = _proposed_terms(deal, made["provider"], _terms(deal, "second", 3))
    decline_terms(client, declined, reason=f"Not so {deal.said('declined')}", at=AT)
    waiting = _proposed_terms(deal, made["provider"], _terms(deal, "third", 5))
    for side in SIDES:
        save_draft(deal.actor(side), made[side], text=_terms(deal, f"draft of {side}", 2), at=AT)
        deal.own[side]["terms_draft"] = str(made[side].pk)
    deal.shared |= {"version": str(waiting.pk), "number": "3"}
    return agreement


def _promised(deal: Deal) -> None:
    """A milestone that was agreed, one that was declined, and one of the provider's that waits."""
    client, provider = deal.actor("client"), deal.actor("provider")
    made = {}
    for word in ("agreed", "declined", "waiting"):
        said = MilestoneSaid(
            f"Reached {deal.said('milestone', word)}", date(2026, 6, 26), Decimal("120000.00"),
            f"Schedule {deal.said('clause', word)}", "go_live",
        )  # fmt: skip
        made[word] = propose_milestone(provider, deal.engagement, said=said, at=AT)
    agree_milestone(client, made["agreed"], at=AT)
    decline_milestone(client, made["declined"], reason=f"Not so {deal.said('milestone', 'reason')}", at=AT)
    deal.shared["milestone"] = str(made["waiting"].pk)
    texts = ("title", "reference", "governing_law", "client_contact", "provider_contact", "changes")
    told = {name: f"Signed {deal.said('summary', name)}" for name in texts}
    days = {"effective_on": date(2026, 1, 1), "starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
    said = SummarySaid(**told, **days, yearly_value=Decimal("2400000.00"))  # type: ignore[arg-type]  # texts and days
    write_summary(provider, deal.engagement, said=said, after=0, at=AT)
    for actor, side in ((client, "client"), (provider, "provider")):
        choose_look(actor, deal.organisations[side], accent="#0b3d91", logo=None, at=AT)


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


def _proposed_terms(deal: Deal, draft: TermsDraft, text: str) -> TermsVersion:
    """A version of the provider's that waits."""
    provider = deal.actor("provider")
    save_draft(provider, draft, text=text, at=AT)
    with entered(provider.reach):
        draft.refresh_from_db()
    return propose_terms(provider, draft, prepared=prepared(text), side="provider", at=AT)


def _imported(deal: Deal) -> Source:
    client = deal.actor("client")
    mapping = f"# {deal.said('mapping')}\n{MAPPING}"
    source = add_source(
        client, deal.engagement, key="desk", name=f"Desk {deal.said('source')}", mapping=mapping, at=AT
    )
    named = deal.said("record")
    lines = [
        ",".join((f"{named}-{row[0]}", *row[1:]))
        for row in (*ROWS, *((two.replace("1", "4"), *rest) for two, *rest in ROWS[:1]))
    ]
    bodies = {
        "read": "\n".join(["Ticket,At,Event", *lines]),
        "refused": f"Nothing,{deal.said('refused file')}\n1,2",
    }
    for word, body in bodies.items():
        with staged_from([body.encode() + b"\n"], source.space_id, f"{deal.said(word)}.csv") as (
            staging,
            staged,
        ):
            upload = receive_upload(client, source, staged=staged, at=AT, is_dry_run=False)
            staging.keep()
        work(AT)
        deal.shared["upload" if word == "read" else "refused_upload"] = str(upload.pk)
    with entered(client.reach):
        deal.shared["batch"] = str(source.batches.get().pk)
    return source


def _drafted(deal: Deal, side: str, agreement: Agreement, period: str) -> StatementDraft:
    actor = deal.actor(side)
    with entered(actor.reach):
        computed = computed_month(chosen_now(agreement, period, as_of=AT), period)
        space = own_space_of(actor, deal.engagement.pk)
    return draft_statement(actor, space, agreement=agreement, computed=computed, at=AT)


def _statement(deal: Deal, side: str, agreement: Agreement, period: str) -> Statement:
    return issue_statement(
        deal.actor(side), _drafted(deal, side, agreement, period), answer_by_on=None, at=AT
    )


def _issued(deal: Deal, agreement: Agreement) -> None:
    """March is issued by the provider and waits; February is disputed by the client; each side keeps drafts."""
    march = _statement(deal, "provider", agreement, "2026-03")
    february = _statement(deal, "provider", agreement, "2026-02")
    dispute = dispute_line(
        deal.actor("client"), february, level="first_response", reason=f"Not so {deal.said('dispute')}", at=AT
    )
    deal.shared |= {"statement": str(march.pk), "made": str(march.pk), "dispute": str(dispute.pk)}
    for side, period in (("client", "2026-01"), ("provider", "2026-04")):
        deal.own[side]["draft"] = str(_drafted(deal, side, agreement, period).pk)


def _proposed(deal: Deal, agreement: Agreement) -> None:
    said = {
        "kind": "time excluded", "type": "agreed", "source": "desk", "from": "2026-03-03T10:00:00Z",
        "to": "2026-03-03T11:00:00Z", "reason": f"Because {deal.said('adjustment')}",
    }  # fmt: skip
    made = propose_adjustment(deal.actor("provider"), agreement, side="provider", said=said, at=AT)
    deal.shared["adjustment"] = str(made.pk)
    other = propose_adjustment(deal.actor("provider"), agreement, side="provider", said=said, at=AT)
    decline_adjustment(deal.actor("client"), other, reason=f"Not so {deal.said('answer')}", at=AT)


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
