"""A gate is signed by the link of a mail: once, knowingly, by whoever signs it for their side, and by nobody who only looks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.factories.cast import joined
from tests.factories.racing import WON, at_once
from tests.readiness.gated import Gated, a_gated
from tests.records.deal import work

from handfast.foundation.scope import entered
from handfast.people.models import Membership, Person
from handfast.readiness.actions import open_gate_decision, sign_gate, withdraw_gate_decision
from handfast.readiness.models import Gate, GateDecision, GateSignature
from handfast.readiness.reading.said import DecisionSaid
from handfast.readiness.refusals import GateDecided

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
SUBJECT = "A gate is open for your signature"
GO_LIVE = 4


@pytest.fixture
def gated() -> Gated:
    return a_gated()


@pytest.fixture
def sponsor(gated: Gated) -> Person:
    cast = gated.programme.cast
    return joined(gated.client, cast.engagement, "client", ["sponsor"], "Helen Brandt", "lumen").person


@pytest.fixture
def opened(gated: Gated, sponsor: Person) -> GateDecision:
    at = timezone.now()
    made = open_gate_decision(
        gated.client, gated.emptied(GO_LIVE), said=DecisionSaid("go", "All hands ready."), at=at
    )
    work(at + timedelta(seconds=1))
    assert sponsor.email
    return made


def path_of(person: Person) -> str:
    """The path of the link in the last mail to somebody."""
    sent = [one for one in mail.outbox if one.subject == SUBJECT and one.to == [person.email]][-1]
    found = re.search(r"https?://[^/]+(/decide/[a-z2-7]{32}/)", sent.body)
    assert found is not None
    return found[1]


def answered(path: str, answer: str, reason: str = "", sha256: str = "") -> int:
    shown = re.search(r'name="sha256" value="([0-9a-f]{64})"', Client().get(path).content.decode())
    told = {"answer": answer, "reason": reason, "sha256": sha256 or (shown[1] if shown else "0" * 64)}
    return Client().post(path, told).status_code


def state_of(gated: Gated, decision: GateDecision) -> str:
    with entered(gated.client.reach):
        return GateDecision.objects.get(pk=decision.pk).state


def signatures(gated: Gated, decision: GateDecision) -> list[tuple[str, str, bool]]:
    with entered(gated.client.reach):
        rows = GateSignature.objects.filter(decision=decision).order_by("side")
        return list(rows.values_list("side", "role", "is_by_mail"))


def test_those_who_sign_are_mailed_and_no_mail_says_a_word_of_it(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    told = {one.to[0] for one in mail.outbox if one.subject == SUBJECT}
    assert told == {sponsor.email, gated.executive.email}
    for one in (each for each in mail.outbox if each.subject == SUBJECT):
        assert not any(
            word in one.body for word in ("Go-live", "Customer Support", "Lumen", "Danube", "All hands")
        )


def test_both_sign_by_mail_and_the_gate_is_decided(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    mine, theirs = path_of(sponsor), path_of(gated.executive)
    page = Client().get(mine).content.decode()
    for word in (
        "Go-live decision",
        "All hands ready.",
        "Helen Brandt",
        opened.sha256[:12],
        "Signed already by",
    ):
        assert word in page
    assert answered(mine, "sign") == 200
    assert state_of(gated, opened) == "signing"
    assert answered(theirs, "sign") == 200
    assert state_of(gated, opened) == "decided"
    assert signatures(gated, opened) == [("client", "sponsor", True), ("provider", "account-executive", True)]
    work(timezone.now() + timedelta(seconds=2))
    assert [one.to for one in mail.outbox if one.subject == "A gate was signed in your name by mail"]
    for path in (mine, theirs):
        assert Client().get(path).status_code == 404
        assert answered(path, "sign") == 404


def test_to_look_at_it_signs_nothing_and_other_words_are_refused(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    mine = path_of(sponsor)
    for _ in range(3):
        assert Client().get(mine).status_code == 200
        assert Client().head(mine).status_code == 200
    assert answered(mine, "sign", sha256="f" * 64) == 422
    assert answered(mine, "perhaps") == 422
    assert answered(mine, "decline") == 422
    assert signatures(gated, opened) == []
    assert Client().get(mine)["X-Robots-Tag"] == "noindex, nofollow"


def test_declined_by_mail_with_its_reason_the_gate_is_open_again(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    assert answered(path_of(sponsor), "decline", "The floor is not finished.") == 200
    assert state_of(gated, opened) == "declined"
    with entered(gated.client.reach):
        assert Gate.objects.get(pk=opened.gate_id).state == "open"
    assert Client().get(path_of(gated.executive)).status_code == 404


def test_what_got_worse_since_is_not_signed_by_mail_either(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    mine = path_of(sponsor)
    gated.asks(GO_LIVE, text="The second line is staffed")
    assert answered(mine, "sign") == 422
    assert "no longer so" in Client().post(mine, {"answer": "sign", "sha256": opened.sha256}).content.decode()
    assert signatures(gated, opened) == []


def test_link_is_over_once_it_is_withdrawn_or_its_person_has_left(
    gated: Gated, sponsor: Person, opened: GateDecision
) -> None:
    theirs = path_of(gated.executive)
    with entered(gated.client.reach):
        Membership.objects.filter(person=gated.executive).update(ends_at=timezone.now() - timedelta(days=1))
    assert Client().get(theirs).status_code == 404
    withdraw_gate_decision(gated.client, opened, at=timezone.now())
    assert Client().get(path_of(sponsor)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_by_mail_and_on_the_page_in_the_same_second_one_signature_stands(gated: Gated) -> None:
    cast = gated.programme.cast
    both = [
        joined(gated.client, cast.engagement, "client", ["sponsor"], name, "lumen").person
        for name in ("Helen Brandt", "Omar Said")
    ]
    made = open_gate_decision(
        gated.client, gated.emptied(GO_LIVE), said=DecisionSaid("go"), at=timezone.now()
    )

    def sign(person: Person, at: datetime) -> None:
        actor = cast.actor(person)
        with entered(actor.reach):
            sign_gate(actor, made, sha256=made.sha256, at=at, is_by_mail=True)

    now = timezone.now()
    assert sorted(at_once(lambda: sign(both[0], now), lambda: sign(both[1], now))) == [GateDecided.code, WON]
    assert len(signatures(gated, made)) == 1
