"""Gates: laid out once from the plan, criteria kept by both sides, and what they become over time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import make_cast
from tests.factories.racing import at_once
from tests.readiness.gated import AT, Gated, a_gated
from tests.records.deal import work
from tests.transition.programme import programme_of

from handfast.foundation.actor import worker_in
from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.governance.actions import move_entry
from handfast.readiness.actions import (
    add_criterion,
    amend_criterion,
    drop_criterion,
    lay_out_gates,
    note_standings,
    take_up_criterion,
)
from handfast.readiness.models import Criterion, CriterionStanding, Gate
from handfast.readiness.reading.said import CriterionSaid
from handfast.readiness.refusals import CriterionDropped, CriterionRefused, GatesLaid

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db


def test_a_standard_deal_has_six_gates_over_its_fifteen_steps(gated: Gated) -> None:
    found = gated.readiness()
    assert [one.gate.name for one in found.gates] == [
        "Plan baselined", "Scope verified", "Ready to train", "Go-live decision", "Ramp steps",
        "Exit from stabilisation",
    ]  # fmt: skip
    assert {key for one in found.gates for key in one.gate.step_keys} == {one.key for one in found.steps}
    assert len(found.judged) == 50


def test_a_gate_says_who_signs_and_where_the_plan_dates_it(gated: Gated) -> None:
    gate = gated.gate(4)
    with entered(gated.client.reach):
        decided = gated.programme.activity("go_live.decide").pk
    assert (gate.client_roles, gate.provider_roles, gate.activity_id) == (
        ["sponsor"], ["account-executive"], decided,
    )  # fmt: skip
    assert gated.gate(2).client_roles == ["process-owner", "vendor-manager"]


def test_a_light_deal_has_one_gate_of_nine_lines() -> None:
    programme = programme_of("light", make_cast())
    programme.cast.engagement.size = "light"
    with entered(programme.client.reach):
        programme.cast.engagement.save(update_fields=["size"])
    (gate,) = lay_out_gates(programme.client, programme.cast.engagement, at=AT)
    with entered(programme.client.reach):
        texts = list(Criterion.objects.filter(gate=gate).values_list("text", flat=True))
    assert len(texts) == 9
    assert (gate.client_roles, gate.provider_roles) == ([], [])


def test_what_no_proof_computes_is_attested_and_says_what_it_needs(gated: Gated) -> None:
    one = gated.criterion(text__startswith="Requested information received")
    assert (one.proof, one.compare, one.needs, one.unit) == (
        "information_received_share", ">=", Decimal("0.95"), "share",
    )  # fmt: skip
    told = gated.criterion(text__startswith="Quality score in")
    assert (told.proof, told.text) == (
        "attestation", "Quality score in the last five days at this ramp step: at least 85 %",
    )  # fmt: skip
    weeks = gated.criterion(text__startswith="Weeks in a row")
    assert weeks.text.endswith("at least 4 weeks")


def test_gates_are_laid_out_once_and_only_over_a_plan(gated: Gated) -> None:
    with pytest.raises(GatesLaid):
        lay_out_gates(gated.client, gated.engagement, at=AT)
    cast = gated.programme.cast
    with entered(cast.actor(cast.rival).reach):
        other = cast.actor(cast.rival)
    deal = next(iter(set(other.capabilities) - {gated.engagement.pk}))
    with entered(other.reach):
        from handfast.engagement.queries import engagement_seen_by  # noqa: PLC0415 - of this test alone

        found = engagement_seen_by(other, deal)
    with pytest.raises(GatesLaid, match="make the plan first"):
        lay_out_gates(other, found, at=AT)


@pytest.mark.django_db(transaction=True)
def test_laid_out_twice_at_once_there_is_one_set() -> None:
    programme = programme_of("standard", make_cast())
    deal = programme.cast.engagement
    actors = [programme.client, programme.provider]
    told = at_once(*(lambda one=one: lay_out_gates(one, deal, at=AT) for one in actors))
    assert sorted(told) == ["gates-laid", "won"]
    with entered(programme.client.reach):
        assert Gate.objects.filter(engagement=deal).count() == 6


def test_who_does_not_manage_the_plan_lays_out_nothing(gated: Gated) -> None:
    reader = gated.programme.cast.actor(gated.programme.cast.reader)
    with pytest.raises(NotPermitted):
        add_criterion(reader, gated.engagement, gate=gated.gate(1), said=CriterionSaid("One more"), at=AT)


def test_a_criterion_is_amended_once_by_whoever_saw_it(gated: Gated) -> None:
    one = gated.asks()
    said = CriterionSaid("The room is booked", "queries_overdue", "<=", Decimal(2))
    made = amend_criterion(gated.provider, one, said=said, at=AT, as_seen=one.seen_as)
    assert (made.proof, made.unit, made.needs, made.version) == ("queries_overdue", "count", Decimal(2), 2)
    with pytest.raises(Conflict):
        amend_criterion(gated.client, one, said=said, at=AT, as_seen=one.seen_as)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"proof": "no_such"}, "proof"),
        ({"proof": "queries_overdue", "compare": "<"}, "compare"),
        ({"proof": "procedures_signed_share", "needs": Decimal("1.2")}, "needs"),
        ({"proof": "queries_overdue", "needs": Decimal("NaN")}, "needs"),
        ({"proof": "queries_overdue", "needs": Decimal("0.00001")}, "needs"),
        ({"proof": "baseline_signed", "needs": Decimal(2)}, "needs"),
        ({"step_key": "hiring"}, "step_key"),
        ({"attests_side": "both"}, "attests_side"),
        ({"attests_side": "client", "attests_role": "trainer"}, "attests_role"),
        ({"fresh_days": 0}, "fresh_days"),
        ({"due_on": AT.date().replace(year=1900)}, "due_on"),
    ],
)
def test_what_a_criterion_cannot_say_is_refused_by_field(
    gated: Gated, said: dict[str, object], field: str
) -> None:
    with pytest.raises(CriterionRefused) as refused:
        gated.asks(**said)
    assert [name for name, _ in refused.value.fields] == [field]


def test_a_criterion_belongs_to_somebody_of_the_deal(gated: Gated) -> None:
    with pytest.raises(CriterionRefused, match="owner_id"):
        gated.asks(owner_id=gated.programme.cast.rival.pk)


def test_what_blocks_is_not_dropped_and_what_is_dropped_comes_back(gated: Gated) -> None:
    blocking = gated.asks()
    with pytest.raises(CriterionRefused, match="waived by both"):
        drop_criterion(gated.client, blocking, at=AT)
    free = gated.asks(is_blocking=False)
    dropped = drop_criterion(gated.client, free, at=AT)
    assert free.pk not in {one.criterion.pk for one in gated.readiness().judged}
    with pytest.raises(CriterionDropped):
        amend_criterion(gated.client, dropped, said=CriterionSaid("Else"), at=AT)
    take_up_criterion(gated.client, dropped, at=AT)
    assert free.pk in {one.criterion.pk for one in gated.readiness().judged}
    with pytest.raises(CriterionDropped):
        take_up_criterion(gated.client, free, at=AT)


def test_how_criteria_stand_is_written_down_where_it_changed(gated: Gated) -> None:
    gate = gated.gate(2)
    worker = worker_in(gate.space_id)
    note_standings(worker, gate, at=AT)
    gated.entry("requests")
    soon = AT + timedelta(hours=1)
    note_standings(worker, gate, at=soon)
    note_standings(worker, gate, at=soon + timedelta(hours=1))
    one = gated.criterion(proof="information_received_share")
    with entered(gated.client.reach):
        told = [
            (each.standing, each.said, each.measured, each.since_at)
            for each in CriterionStanding.objects.filter(criterion=one)
        ]
    assert told == [
        ("not-met", "0 of 1", Decimal(0), soon),
        ("no-data", "nothing was asked for yet", None, AT),
    ]
    with pytest.raises(NotPermitted):
        note_standings(gated.client, gate, at=AT)


@pytest.mark.django_db(transaction=True)
def test_added_at_once_to_two_gates_the_numbers_have_no_gap() -> None:
    gated = a_gated()
    doings = [lambda number=number: gated.asks(number) for number in (1, 2, 1, 2)]
    assert at_once(*doings) == ["won"] * 4
    with entered(gated.client.reach):
        numbers = sorted(Criterion.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 55))


def test_act_of_another_room_is_judged_within_minutes_and_no_news_writes_nothing(gated: Gated) -> None:
    one = gated.criterion(text__startswith="Requested information received")

    def judged_until(at: datetime) -> int:
        work(at)
        with entered(gated.client.reach):
            return Contents.objects.filter(action="gate.judged").count()

    start = AT.replace(minute=12)
    first = judged_until(start)
    assert judged_until(start + timedelta(minutes=6)) == first
    entry = gated.entry(
        "requests", title="Volumes of 2025", own={"received_on": "2026-04-01", "usable": "yes"}
    )
    at = start + timedelta(minutes=11)
    for to in ("received", "accepted"):
        move_entry(gated.client, entry, to=to, at=at)
    later = at + timedelta(minutes=6)
    assert judged_until(later) > first
    with entered(gated.client.reach):
        newest = CriterionStanding.objects.filter(criterion=one).order_by("-since_at").first()
    assert newest is not None
    assert (newest.standing, newest.said) == ("met", "1 of 1")
    assert judged_until(later + timedelta(hours=3)) == judged_until(later + timedelta(hours=6))
