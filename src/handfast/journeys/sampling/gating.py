"""What happens at the gates of a sample, through the verbs of the room, each at its instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import entered
from handfast.people.models import Side
from handfast.readiness.actions import (
    amend_gate,
    approve_waiver,
    ask_waiver,
    attest,
    lay_out_gates,
    note_standings,
    open_gate_decision,
    sign_gate,
)
from handfast.readiness.models import Criterion, Gate, Waiver
from handfast.readiness.reading.said import DecisionSaid, GateSaid, WaiverSaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.gates import SampleGates, SamplePassing, SampleWaiver, SampleWord

Happening = tuple["datetime", "Callable[[], None]"]
SIGN = {
    Side.CLIENT: "vendor-manager",
    Side.PROVIDER: "delivery-manager",
}  # who acts for each side of a sample


class Gating:
    """The gates of one sample: the deal, and who acts for each side."""

    def __init__(self, told: SampleGates, deal: Engagement, acting: Callable[[str], Actor]) -> None:
        self.told, self.deal, self.acting = told, deal, acting

    def happenings(self) -> Iterator[Happening]:
        """What happens at them, with its instants."""
        yield self.told.at, lambda: self._lay_out(self.told.at)
        for word in self.told.words:
            yield word.at, lambda one=word: self._say(one)  # type: ignore[misc]  # bound now, on purpose
        for waiver in self.told.waivers:
            yield waiver.at, lambda one=waiver: self._ask(one)  # type: ignore[misc]  # as above
            if waiver.approved_at is not None:
                yield waiver.approved_at, lambda one=waiver: self._approve(one)  # type: ignore[misc]  # as above
        for passed in self.told.passed:
            yield passed.at, lambda one=passed: self._pass(one)  # type: ignore[misc]  # as above

    def _lay_out(self, at: datetime) -> None:
        """Those that are passed early are signed by whoever acts for each side, since a small team holds several roles."""
        client = self.acting(Side.CLIENT)
        lay_out_gates(client, self.deal, at=at)
        for passed in self.told.passed:
            gate = self._gate(passed.number)
            roles = ((SIGN[Side.CLIENT],), (SIGN[Side.PROVIDER],))
            amend_gate(client, gate, said=GateSaid(gate.name, tuple(gate.step_keys), *roles), at=at)

    def _say(self, one: SampleWord) -> None:
        criterion = self._criterion(one.begins)
        if criterion.is_attested:
            attest(self.acting(one.side), criterion, holds=one.holds, note=one.note, at=one.at)

    def _ask(self, one: SampleWaiver) -> None:
        told = one.said
        said = WaiverSaid(told.reason, told.risk, told.until_then, told.expires_on)
        ask_waiver(self.acting(one.side), self._criterion(one.begins), said=said, at=one.at)

    def _approve(self, one: SampleWaiver) -> None:
        other = next(side for side in Side.values if side != one.side)
        actor, at = self.acting(other), one.approved_at or one.at
        with entered(actor.reach):
            asked = Waiver.objects.get(criterion=self._criterion(one.begins), state=Waiver.State.ASKED)
        approve_waiver(actor, asked, at=at)

    def _pass(self, one: SamplePassing) -> None:
        gate = self._gate(one.number)
        made = open_gate_decision(
            self.acting(Side.CLIENT), gate, said=DecisionSaid("go", one.note), at=one.at
        )
        for side in Side.values:
            made = sign_gate(self.acting(side), made, sha256=made.sha256, at=one.at)
        note_standings(worker_in(gate.space_id), gate, at=one.at)

    def _gate(self, number: int) -> Gate:
        with entered(self.acting(Side.CLIENT).reach):
            found: Gate = Gate.objects.get(engagement=self.deal, number=number)
        return found

    def _criterion(self, begins: str) -> Criterion:
        with entered(self.acting(Side.CLIENT).reach):
            rows = Criterion.objects.select_related("gate", "engagement")
            found: Criterion = rows.get(engagement=self.deal, text__startswith=begins)
        return found
