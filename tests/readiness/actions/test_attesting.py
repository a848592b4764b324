"""A person's word on a criterion, and letting one go: by both sides, for a time, after which it bites again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.racing import at_once
from tests.readiness.gated import AT, LATER, Gated, a_gated

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.readiness.actions import (
    approve_waiver,
    ask_waiver,
    attest,
    decline_waiver,
    drop_criterion,
    end_waiver,
)
from handfast.readiness.models import Waiver
from handfast.readiness.reading.said import WaiverSaid
from handfast.readiness.refusals import (
    AttestationRefused,
    CriterionDropped,
    WaiverAnswered,
    WaiverRefused,
)

pytestmark = pytest.mark.django_db
SAID = WaiverSaid("The bench is down", "Calls go unrecorded", "Team leads listen in", LATER)


def test_the_last_word_counts(gated: Gated) -> None:
    one = gated.asks()
    assert gated.judged(one).standing == "open"
    attest(gated.client, one, holds=True, note="Letter of 2 April", at=AT)
    assert gated.judged(one).standing == "met"
    attest(gated.provider, one, holds=False, note="It was taken back", at=AT + timedelta(hours=1))
    found = gated.judged(one)
    assert (found.standing, found.said) == ("not-met", "no")
    assert found.attestation is not None
    assert found.attestation.side == "provider"


def test_only_the_role_whose_word_it_is_gives_it(gated: Gated) -> None:
    one = gated.asks(attests_side="provider", attests_role="account-executive")
    for actor in (gated.client, gated.provider):
        with pytest.raises(NotPermitted):
            attest(actor, one, holds=True, note="I say so", at=AT)
    attest(gated.signing, one, holds=True, note="I say so", at=AT)
    assert gated.judged(one).standing == "met"


def test_a_word_rests_on_something_and_replaces_no_computation(gated: Gated) -> None:
    with pytest.raises(AttestationRefused, match="note"):
        attest(gated.client, gated.asks(), holds=True, note="  ", at=AT)
    with pytest.raises(AttestationRefused, match="computed"):
        attest(gated.client, gated.asks(proof="queries_overdue"), holds=True, note="Trust me", at=AT)
    dropped = drop_criterion(gated.client, gated.asks(is_blocking=False), at=AT)
    with pytest.raises(CriterionDropped):
        attest(gated.client, dropped, holds=True, note="Late", at=AT)


def test_a_word_grows_stale(gated: Gated) -> None:
    one = gated.asks(fresh_days=7)
    attest(gated.client, one, holds=True, note="Tested", at=AT)
    assert gated.judged(one, at=AT + timedelta(days=7)).standing == "met"
    assert gated.judged(one, at=AT + timedelta(days=7, microseconds=1)).standing == "stale"


def test_a_waiver_needs_both_sides_and_bites_again_after_its_day(gated: Gated) -> None:
    one = gated.asks()
    asked = ask_waiver(gated.client, one, said=SAID, at=AT)
    assert gated.judged(one).standing == "open"
    with pytest.raises(NotPermitted):
        approve_waiver(gated.client, asked, at=AT)
    approve_waiver(gated.provider, asked, at=AT)
    assert [gated.judged(one).standing, gated.judged(one).bare] == ["waived", "open"]
    on, after = (AT.replace(month=7, day=day) for day in (1, 2))
    assert [gated.judged(one, at=at).standing for at in (on, after)] == ["waived", "open"]


def test_what_is_met_is_met_and_not_waived(gated: Gated) -> None:
    one = gated.asks()
    gated.waived(one)
    attest(gated.client, one, holds=True, note="Done after all", at=AT)
    assert gated.judged(one).standing == "met"


def test_a_waiver_is_declined_with_a_reason_or_ended_before_its_day(gated: Gated) -> None:
    one = gated.asks()
    asked = ask_waiver(gated.client, one, said=SAID, at=AT)
    with pytest.raises(WaiverRefused, match="say why"):
        decline_waiver(gated.provider, asked, answer=" ", at=AT)
    declined = decline_waiver(gated.provider, asked, answer="Too risky", at=AT)
    assert declined.state == Waiver.State.DECLINED
    with pytest.raises(WaiverAnswered):
        approve_waiver(gated.provider, declined, at=AT)
    held = gated.waived(one)
    end_waiver(gated.provider, held, at=AT)
    assert gated.judged(one).standing == "open"
    with pytest.raises(WaiverAnswered):
        end_waiver(gated.provider, held, at=AT)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (WaiverSaid("", "R", "U", LATER), "reason"),
        (WaiverSaid("R", " ", "U", LATER), "risk"),
        (WaiverSaid("R", "R", "\x00", LATER), "until_then"),
        (WaiverSaid("R", "R", "U", date(2026, 4, 15)), "expires_on"),
    ],
)
def test_a_waiver_says_why_with_which_risk_and_until_when(gated: Gated, said: WaiverSaid, field: str) -> None:
    with pytest.raises(WaiverRefused) as refused:
        ask_waiver(gated.client, gated.asks(), said=said, at=AT)
    assert [name for name, _ in refused.value.fields] == [field]


def test_one_waiver_at_a_time_and_another_once_it_is_over(gated: Gated) -> None:
    one = gated.asks()
    gated.waived(one)
    with pytest.raises(WaiverAnswered):
        ask_waiver(gated.provider, one, said=SAID, at=AT)
    later = AT.replace(month=8)
    again = ask_waiver(gated.provider, one, said=WaiverSaid("R", "R", "U", date(2026, 9, 1)), at=later)
    assert again.number == 2
    with pytest.raises(WaiverAnswered, match="over"):
        approve_waiver(gated.client, again, at=AT.replace(month=10))


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_both_at_once_there_is_one() -> None:
    gated = a_gated()
    one = gated.asks()
    actors = (gated.client, gated.provider)
    told = at_once(*(lambda who=who: ask_waiver(who, one, said=SAID, at=AT) for who in actors))
    assert sorted(told) == ["waiver-answered", "won"]
    with entered(gated.client.reach):
        assert Waiver.objects.count() == 1
