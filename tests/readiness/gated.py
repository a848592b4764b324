"""A standard deal with its plan and its gates, and what its two sides do with them in tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.factories.cast import joined, make_cast
from tests.factories.replaying import replayed
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.people.queries import actor_for
from handfast.readiness.actions import (
    add_criterion,
    approve_waiver,
    ask_waiver,
    lay_out_gates,
    open_gate_decision,
)
from handfast.readiness.models import Criterion, Gate, GateDecision, Waiver
from handfast.readiness.queries.judging import judged_of
from handfast.readiness.queries.readiness import Readiness, readiness_of
from handfast.readiness.reading.said import CriterionSaid, DecisionSaid, WaiverSaid

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person
    from handfast.readiness.queries.judging import Judged

__all__ = ["AT", "Gated", "a_gated", "asking"]
LATER = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Gated:
    """`executive` signs for the provider, the owner for the client."""

    programme: Programme
    executive: Person

    @property
    def client(self) -> Actor:
        return self.programme.client

    @property
    def provider(self) -> Actor:
        return self.programme.provider

    @property
    def signing(self) -> Actor:
        return actor_for(self.executive)

    @property
    def engagement(self) -> Any:
        return self.programme.cast.engagement

    def readiness(self, actor: Actor | None = None, at: datetime = AT) -> Readiness:
        who = actor or self.client
        with entered(who.reach):
            return readiness_of(who, self.engagement, at=at)

    def gate(self, number: int) -> Gate:
        with entered(self.client.reach):
            return Gate.objects.get(engagement=self.engagement, number=number)

    def criterion(self, **found: Any) -> Criterion:
        with entered(self.client.reach):
            return Criterion.objects.select_related("gate").get(engagement=self.engagement, **found)

    def judged(self, criterion: Criterion, *, actor: Actor | None = None, at: datetime = AT) -> Judged:
        who = actor or self.client
        with entered(who.reach):
            return judged_of(self.engagement, [criterion], at=at, today=at.date())[0]

    def asks(self, gate: int = 1, **said: Any) -> Criterion:
        """One criterion more."""
        told = CriterionSaid(**({"text": "The room is booked"} | said))
        return add_criterion(self.client, self.engagement, gate=self.gate(gate), said=told, at=AT)

    def entry(
        self, register: str, actor: Actor | None = None, *, is_internal: bool = False, **said: Any
    ) -> RegisterEntry:
        who = actor or self.client
        told = EntrySaid(**({"title": "One of them"} | said))
        with entered(who.reach):
            space = space_to_write_in(who, self.engagement, is_internal=is_internal)
        return write_entry(who, space, register=REGISTERS[register], said=told, at=AT)

    def waived(self, criterion: Criterion, until: date = LATER) -> Waiver:
        said = WaiverSaid("The bench is down", "Calls go unrecorded", "Team leads listen in", until)
        asked = ask_waiver(self.client, criterion, said=said, at=AT)
        return approve_waiver(self.provider, asked, at=AT)

    def emptied(self, number: int) -> Gate:
        """A gate in which nothing blocks any more but what is added."""
        with entered(self.client.reach):
            Criterion.objects.filter(gate__number=number).update(is_blocking=False)
        return self.gate(number)

    def opened(self, number: int, **said: Any) -> GateDecision:
        told = DecisionSaid(**({"outcome": "go"} | said))
        return open_gate_decision(self.client, self.gate(number), said=told, at=AT)


def asking(**said: Any) -> DecisionSaid:
    return DecisionSaid(**said)


@replayed
def a_gated() -> Gated:
    """The standard plan in the fixed cast, with its gates laid out."""
    programme = programme_of("standard", make_cast())
    lay_out_gates(programme.client, programme.cast.engagement, at=AT)
    told = joined(
        programme.provider,
        programme.cast.engagement,
        "provider",
        ["account-executive"],
        "Stefan Marić",
        "danubecare",
    )
    return Gated(programme, told.person)
