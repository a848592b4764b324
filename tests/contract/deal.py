"""Terms for the tests of contracts: what both sides write, propose and agree, by the actions only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.factories.cast import Cast, make_cast
from tests.factories.replaying import replayed

from handfast.contract.actions import agree_terms, draft_terms, make_agreement, propose_terms, save_draft
from handfast.contract.queries.drafts import draft_of
from handfast.contract.reading.checking import prepared
from handfast.foundation.scope import entered
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.contract.models import Agreement, TermsDraft, TermsVersion
    from handfast.foundation.actor import Actor

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
TERMS = """# Support terms
agreement: Customer Support
zone: Europe/Belgrade
effective: {from: 2026-01-01, to: 2027-01-01}
parties: {client: Lumen, provider: Danube Care}
services:
  tickets: {name: Ticket support}
sources:
  desk:
    kind: events
    record: Ticket
    at: {column: At, zone: UTC}
    event: Event
calendars:
  office:
    zone: Europe/Belgrade
    hours: {mon-fri: ["08:00-20:00"]}
    holidays: {country: RS, half: {2026-12-31: ["08:00-12:00"]}}
clocks:
  response:
    source: desk
    calendar: office
    start: created
    stop: first_reply
    reopening: ignore
measures:
  first_response:
    kind: share within target
    clock: response
    target: 4h
    counted_by: start
    unfinished: as it stands
    rounding: {digits: 2, mode: half up}
levels:
  first_response: {name: First response, service: tickets, measure: first_response, expected: 92 %, minimum: 85 %}
"""
AMENDED = (
    TERMS
    + """amendments:
  - from: 2026-07-01
    name: Quicker
    change: {measures: {first_response: {target: 2h}}}
"""
)
CHANGED = TERMS.replace("target: 4h", "target: 3h")
BROKEN = TERMS.replace("clock: response\n", "clock: absent\n")


@dataclass(frozen=True, slots=True)
class Bargain:
    """The cast, and an agreement of theirs; what each does is done by a verb."""

    cast: Cast
    agreement: Agreement
    client: Actor = field(init=False)
    provider: Actor = field(init=False)
    reader: Actor = field(init=False)
    rival: Actor = field(init=False)
    stranger: Actor = field(init=False)

    def __post_init__(self) -> None:
        cast = self.cast
        who = {"client": cast.owner, "provider": cast.delivery, "reader": cast.reader, "rival": cast.rival}
        for name, person in {**who, "stranger": cast.stranger}.items():
            object.__setattr__(self, name, cast.actor(person))

    def drafted(self, actor: Actor, text: str = TERMS) -> TermsDraft:
        """The side's draft with this text."""
        with entered(actor.reach):
            found = draft_of(actor, self.agreement)
            space = own_space_of(actor, self.agreement.engagement_id)
        if found is None:
            return draft_terms(actor, space, agreement=self.agreement, text=text, based_on=0, at=AT)
        return save_draft(actor, found, text=text, at=AT)

    def proposed(self, actor: Actor, text: str = TERMS) -> TermsVersion:
        """A version that waits."""
        side = "client" if actor is self.client else "provider"
        return propose_terms(actor, self.drafted(actor, text), prepared=prepared(text), side=side, at=AT)

    def agreed(self, text: str = TERMS) -> TermsVersion:
        """A version that both sides hold to."""
        version = self.proposed(self.client, text)
        return agree_terms(self.provider, version, typed=str(version.number), at=AT)


def bargain_of(cast: Cast, title: str = "Customer Support") -> Bargain:
    agreement = make_agreement(
        cast.actor(cast.owner),
        cast.engagement,
        title=title,
        currency="CAD",
        signed_on=date(2025, 12, 1),
        at=AT,
    )
    return Bargain(cast, agreement)


@replayed
def a_bargain() -> Bargain:
    return bargain_of(make_cast())
