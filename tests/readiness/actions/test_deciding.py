"""Deciding a gate: over frozen evidence, by one signature of each side, with conditions that bite when they are late."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.racing import at_once
from tests.readiness.gated import AT, Gated, a_gated, asking

from handfast.contract.actions import agree_milestone, propose_milestone
from handfast.contract.reading.milestones import MilestoneSaid
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.readiness.actions import (
    attest,
    decline_gate,
    fulfil_condition,
    open_gate_decision,
    sign_gate,
    withdraw_gate_decision,
)
from handfast.readiness.models import Criterion, Gate, GateCondition, GateDecision, GateSignature
from handfast.readiness.reading.said import ConditionSaid
from handfast.readiness.refusals import (
    EvidenceChanged,
    GateDecided,
    GateDecisionRefused,
    GateNotReady,
)

pytestmark = pytest.mark.django_db
SOON = date(2026, 4, 30)


def conditional(gated: Gated, by: date = SOON) -> GateDecision:
    owner = gated.programme.cast.delivery.pk
    said = ConditionSaid("Record every call", owner, by)
    return gated.opened(4, outcome="conditional", conditions=(said,))


def signed(gated: Gated, made: GateDecision) -> GateDecision:
    sign_gate(gated.client, made, sha256=made.sha256, at=AT)
    return sign_gate(gated.signing, made, sha256=made.sha256, at=AT)


def test_a_gate_that_something_blocks_opens_only_for_a_no_go(gated: Gated) -> None:
    with pytest.raises(GateNotReady, match=r"C-\d+, C-\d+, C-\d+ and \d+ more"):
        gated.opened(4)
    made = gated.opened(4, outcome="no-go", repeat_on=SOON)
    assert made.state == GateDecision.State.SIGNING


def test_waived_by_both_it_blocks_no_more(gated: Gated) -> None:
    gated.emptied(4)
    one = gated.asks(4)
    with pytest.raises(GateNotReady, match=one.name):
        gated.opened(4)
    gated.waived(one)
    told = json.loads(gated.opened(4).snapshot)
    found = next(each for each in told["criteria"] if each["number"] == one.number)
    assert (found["standing"], found["waiver"]) == ("waived", f"W-{one.number}")


def test_both_sign_the_same_frozen_evidence_and_it_is_decided(gated: Gated) -> None:
    gated.emptied(4)
    made = gated.opened(4, note="All set")
    assert made.sha256 == hashlib.sha256(made.snapshot.encode()).hexdigest()
    half = sign_gate(gated.client, made, sha256=made.sha256, at=AT)
    assert (half.state, gated.gate(4).state) == ("signing", "signing")
    done = sign_gate(gated.signing, made, sha256=made.sha256, at=AT + timedelta(hours=1))
    assert (done.state, gated.gate(4).state) == ("decided", "go")
    with entered(gated.client.reach):
        told = list(GateSignature.objects.values_list("side", "role", "sha256"))
    assert told == [("client", "sponsor", made.sha256), ("provider", "account-executive", made.sha256)]
    with pytest.raises(GateDecided):
        gated.opened(4)


def test_only_who_signs_for_a_side_signs_and_only_what_was_read(gated: Gated) -> None:
    gated.emptied(4)
    made = gated.opened(4)
    with pytest.raises(NotPermitted):
        sign_gate(gated.provider, made, sha256=made.sha256, at=AT)
    with pytest.raises(GateDecisionRefused, match="another digest"):
        sign_gate(gated.client, made, sha256="0" * 64, at=AT)
    sign_gate(gated.client, made, sha256=made.sha256, at=AT)
    with pytest.raises(GateDecided, match="your side"):
        sign_gate(gated.client, made, sha256=made.sha256, at=AT)


def test_evidence_that_grew_worse_is_not_signed(gated: Gated) -> None:
    gated.emptied(4)
    one = gated.asks(4)
    attest(gated.client, one, holds=True, note="Done", at=AT)
    made = gated.opened(4)
    attest(gated.client, one, holds=False, note="Broken again", at=AT + timedelta(hours=1))
    with pytest.raises(EvidenceChanged, match=one.name):
        sign_gate(gated.client, made, sha256=made.sha256, at=AT + timedelta(hours=2))
    withdraw_gate_decision(gated.client, made, at=AT)
    assert gated.gate(4).state == "open"


def test_a_side_declines_with_a_reason_and_the_gate_is_open_again(gated: Gated) -> None:
    gated.emptied(4)
    made = gated.opened(4)
    with pytest.raises(GateDecisionRefused, match="reason"):
        decline_gate(gated.signing, made, reason="", at=AT)
    declined = decline_gate(gated.signing, made, reason="Our board meets on Monday", at=AT)
    assert (declined.state, gated.gate(4).state) == ("declined", "open")
    with pytest.raises(GateDecided):
        sign_gate(gated.client, made, sha256=made.sha256, at=AT)
    assert gated.opened(4).number == 2


def test_only_the_side_that_opened_it_withdraws_it(gated: Gated) -> None:
    gated.emptied(4)
    made = gated.opened(4)
    with pytest.raises(NotPermitted):
        withdraw_gate_decision(gated.provider, made, at=AT)
    withdraw_gate_decision(gated.client, made, at=AT)
    with pytest.raises(GateDecided):
        withdraw_gate_decision(gated.client, made, at=AT)


def test_a_condition_bites_when_it_is_late_until_it_is_fulfilled(gated: Gated) -> None:
    gated.emptied(4)
    signed(gated, conditional(gated))
    late = AT.replace(month=5, day=1)

    def biting(at: Any) -> int:
        gate = gated.readiness(at=at).gate(gated.gate(4).pk)
        assert gate is not None
        return len(gate.late_conditions)

    assert [biting(AT), biting(late)] == [0, 1]
    with entered(gated.client.reach):
        (one,) = GateCondition.objects.select_related("decision__gate")
    with pytest.raises(GateDecisionRefused, match="note"):
        fulfil_condition(gated.provider, one, note="", at=late)
    fulfil_condition(gated.provider, one, note="All 44 lines record", at=late)
    assert biting(late) == 0
    with pytest.raises(GateDecided):
        fulfil_condition(gated.provider, one, note="Again", at=late)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": "conditional"}, "conditions"),
        ({"outcome": "no-go"}, "repeat_on"),
        ({"outcome": "no-go", "repeat_on": date(2026, 4, 15)}, "repeat_on"),
        ({"outcome": "go", "repeat_on": SOON}, "repeat_on"),
        ({"outcome": "go", "note": "\x00"}, "note"),
    ],
)
def test_a_decision_has_what_its_outcome_needs(gated: Gated, said: dict[str, Any], field: str) -> None:
    gated.emptied(4)
    with pytest.raises(GateDecisionRefused) as refused:
        open_gate_decision(gated.client, gated.gate(4), said=asking(**said), at=AT)
    assert [name for name, _ in refused.value.fields] == [field]


@pytest.mark.parametrize(
    "condition",
    [("", SOON), ("Record every call", date(2026, 4, 15)), ("two\nlines", SOON)],
)
def test_a_condition_has_words_and_a_day_to_come(gated: Gated, condition: tuple[str, date]) -> None:
    gated.emptied(4)
    one = ConditionSaid(condition[0], gated.executive.pk, condition[1])
    with pytest.raises(GateDecisionRefused, match="condition 1"):
        gated.opened(4, outcome="conditional", conditions=(one,))
    stranger = ConditionSaid("Record every call", gated.programme.cast.rival.pk, SOON)
    with pytest.raises(GateDecisionRefused, match="people"):
        gated.opened(4, outcome="conditional", conditions=(stranger,))


def test_a_no_go_is_signed_too_and_says_when_it_is_tried_again(gated: Gated) -> None:
    made = signed(gated, gated.opened(4, outcome="no-go", repeat_on=SOON))
    assert (made.state, made.repeat_on, gated.gate(4).state) == ("decided", SOON, "no-go")
    assert gated.opened(4, outcome="no-go", repeat_on=SOON).number == 2


def test_a_stale_page_opens_nothing(gated: Gated) -> None:
    gate = gated.emptied(4)
    gated.opened(4)
    with pytest.raises(Conflict):
        open_gate_decision(gated.client, gate, said=asking(outcome="go"), at=AT, as_seen=gate.seen_as)


def test_the_payment_that_it_releases_is_part_of_what_is_signed(gated: Gated) -> None:
    said = MilestoneSaid("Live", date(2026, 7, 6), payment=Decimal("86000.00"))
    made = propose_milestone(gated.client, gated.engagement, said=said, at=AT)
    agreed = agree_milestone(gated.provider, made, at=AT)
    gated.emptied(4)
    with entered(gated.client.reach):
        Gate.objects.filter(number=4).update(agreed=agreed)
    told = json.loads(gated.opened(4).snapshot)["decision"]["releases"]
    assert told == {"milestone": "1", "payment": "86000.00", "currency": "CAD"}


@pytest.mark.django_db(transaction=True)
def test_two_of_a_side_who_sign_in_the_same_second_make_one_signature() -> None:
    gated = a_gated()
    gated.emptied(4)
    with entered(gated.client.reach):
        Gate.objects.filter(number=4).update(provider_roles=["account-executive", "delivery-manager"])
    made = gated.opened(4)
    actors = (gated.provider, gated.signing)
    told = at_once(*(lambda who=who: sign_gate(who, made, sha256=made.sha256, at=AT) for who in actors))
    assert sorted(told) == ["gate-decided", "won"]
    with entered(gated.client.reach):
        assert GateSignature.objects.filter(side="provider").count() == 1


@pytest.mark.django_db(transaction=True)
def test_both_sides_who_sign_in_the_same_second_decide_it_once() -> None:
    gated = a_gated()
    gated.emptied(4)
    made = gated.opened(4)
    actors = (gated.client, gated.signing)
    at_once(*(lambda who=who: sign_gate(who, made, sha256=made.sha256, at=AT) for who in actors))
    assert gated.gate(4).state == "go"
    with entered(gated.client.reach):
        assert GateSignature.objects.count() == 2
        assert Criterion.objects.filter(gate__number=4, is_blocking=True).count() == 0
