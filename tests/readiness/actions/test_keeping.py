"""A gate by hand: over which steps, who signs it, and which payment hangs on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.readiness.gated import AT, Gated

from handfast.contract.actions import agree_milestone, propose_milestone
from handfast.contract.reading.milestones import MilestoneSaid
from handfast.foundation.refusals import Conflict
from handfast.foundation.scope import entered
from handfast.readiness.actions import add_gate, amend_gate
from handfast.readiness.models import Gate
from handfast.readiness.reading.said import GateSaid
from handfast.readiness.refusals import GateDecided, GateRefused

pytestmark = pytest.mark.django_db


def test_a_gate_by_hand_comes_after_the_others_and_stands_in_the_plan(gated: Gated) -> None:
    made = add_gate(gated.client, gated.engagement, said=GateSaid("Pilot", ("hiring",), ("sponsor",)), at=AT)
    with entered(gated.client.reach):
        milestone = gated.programme.activity("hiring.milestone").pk
    assert (made.number, made.client_roles, made.provider_roles, made.activity_id) == (
        7, ["sponsor"], [], milestone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (GateSaid(" "), "name"),
        (GateSaid("Pilot", ("no_such",)), "step_keys"),
        (GateSaid("Pilot", client_roles=("trainer",)), "client_roles"),
        (GateSaid("Pilot", provider_roles=("reader",)), "provider_roles"),
    ],
)
def test_what_a_gate_cannot_be_is_refused_by_field(gated: Gated, said: GateSaid, field: str) -> None:
    with pytest.raises(GateRefused) as refused:
        add_gate(gated.client, gated.engagement, said=said, at=AT)
    assert [name for name, _ in refused.value.fields] == [field]


def test_a_gate_is_amended_by_whoever_saw_it_and_not_while_it_is_signed(gated: Gated) -> None:
    gate = gated.gate(4)
    made = amend_gate(
        gated.provider, gate, said=GateSaid("Live", ("rehearsal",)), at=AT, as_seen=gate.seen_as
    )
    assert (made.name, made.step_keys, made.client_roles) == ("Live", ["rehearsal"], [])
    with pytest.raises(Conflict):
        amend_gate(gated.client, gate, said=GateSaid("Other"), at=AT, as_seen=gate.seen_as)
    gated.opened(4, outcome="no-go", repeat_on=date(2026, 5, 1))
    with pytest.raises(GateDecided, match="being signed"):
        amend_gate(gated.client, gated.gate(4), said=GateSaid("Other"), at=AT)


def test_only_a_milestone_in_force_hangs_on_it(gated: Gated) -> None:
    said = MilestoneSaid("Live", date(2026, 7, 6), payment=Decimal("86000.00"))
    proposed = propose_milestone(gated.client, gated.engagement, said=said, at=AT)
    with pytest.raises(GateRefused, match="agreed_id"):
        amend_gate(gated.client, gated.gate(4), said=GateSaid("Live", agreed_id=proposed.pk), at=AT)
    agreed = agree_milestone(gated.provider, proposed, at=AT)
    made = amend_gate(gated.client, gated.gate(4), said=GateSaid("Live", agreed_id=agreed.pk), at=AT)
    with entered(gated.client.reach):
        assert Gate.objects.get(pk=made.pk).agreed == agreed
