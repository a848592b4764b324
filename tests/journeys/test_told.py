"""Whoever proposed terms or an adjustment hears what became of it, and whoever answers hears that it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from tests.contract.deal import TERMS, Bargain, bargain_of
from tests.factories.cast import AT, make_cast
from tests.transition.programme import Programme, a_programme

from handfast.contract.actions import agree_terms, decline_terms, withdraw_terms
from handfast.foundation.models import Space
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import Reach, entered
from handfast.journeys.models import Notice
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.telling import ASKS
from handfast.operate.actions import accept_adjustment, decline_adjustment, propose_adjustment
from handfast.people.models import Person
from handfast.transition.actions import (
    accept_growth,
    add_wave,
    decline_change,
    decline_growth,
    propose_baseline,
    propose_growth,
    remove_wave,
    withdraw_change,
)
from handfast.transition.queries.grown import grown_effect, grown_of

if TYPE_CHECKING:
    from handfast.operate.models import Adjustment
    from handfast.transition.models import ProposedChange

pytestmark = pytest.mark.django_db
OK = 200


@pytest.fixture
def bargain() -> Bargain:
    return bargain_of(make_cast())


def told(kind: str) -> set[str]:
    """Who has a notice of this kind once the worker is done; a mail says the same where it waits for an answer."""
    while work_once(lambda: AT):
        pass
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        found = {str(one.pk): one.person_id for one in Notice.objects.filter(kind=kind)}
    mailed = {one.to[0] for one in mail.outbox if any(key in one.body for key in found)}
    hearers = set(Person.objects.filter(pk__in=found.values()).values_list("email", flat=True))
    assert mailed == (hearers if kind in ASKS else set())
    return hearers


def opened(person: Person, kind: str) -> str:
    """The page that the person's notice of this kind leads to."""
    every = frozenset(Space.objects.values_list("pk", flat=True))
    with entered(Reach(every, every)):
        notice = Notice.objects.get(person_id=person.pk, kind=kind)
    client = Client()
    client.force_login(person)
    answer = client.post(f"/notices/{notice.pk}/", follow=True)
    assert answer.status_code == OK
    return answer.request["PATH_INFO"]


def proposed(bargain: Bargain) -> Adjustment:
    said = {"kind": "record excluded", "type": "duplicate", "records": ["T-1"], "reason": "twice"}
    return propose_adjustment(bargain.provider, bargain.agreement, side="provider", said=said, at=AT)


def test_terms_that_are_proposed_call_those_of_the_other_side_who_can_agree(bargain: Bargain) -> None:
    bargain.proposed(bargain.client)
    assert told("contract.terms_proposed") == {bargain.cast.delivery.email}
    assert opened(bargain.cast.delivery, "contract.terms_proposed").endswith("/versions/1/")


def test_terms_taken_back_before_the_worker_came_call_nobody(bargain: Bargain) -> None:
    withdraw_terms(bargain.client, bargain.proposed(bargain.client), at=AT)
    assert told("contract.terms_proposed") == set()


def test_whoever_proposed_terms_hears_that_they_were_agreed(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    agree_terms(bargain.provider, version, typed="1", at=AT)
    assert told("contract.terms_agreed") == {bargain.cast.owner.email}
    assert opened(bargain.cast.owner, "contract.terms_agreed").endswith("/versions/1/")


def test_whoever_proposed_terms_hears_that_they_were_declined(bargain: Bargain) -> None:
    decline_terms(bargain.provider, bargain.proposed(bargain.client), reason="Too quick", at=AT)
    assert told("contract.terms_declined") == {bargain.cast.owner.email}
    assert not any("Too quick" in one.body for one in mail.outbox)


@pytest.mark.parametrize("verb", ["accepted", "declined"])
def test_whoever_proposed_an_adjustment_hears_what_became_of_it(bargain: Bargain, verb: str) -> None:
    bargain.agreed(TERMS)
    one = proposed(bargain)
    if verb == "accepted":
        accept_adjustment(bargain.client, one, at=AT)
    else:
        decline_adjustment(bargain.client, one, reason="It is none", at=AT)
    assert told(f"operate.adjustment_{verb}") == {bargain.cast.delivery.email}
    assert opened(bargain.cast.delivery, f"operate.adjustment_{verb}").endswith("/adjustments/")


def changed(programme: Programme) -> ProposedChange:
    with entered(programme.client.reach):
        return programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")


def test_change_of_the_plan_calls_those_of_the_other_side_who_manage_it_and_waits_for_them() -> None:
    programme = a_programme()
    change = changed(programme)
    assert told("transition.change_proposed") == {programme.cast.delivery.email}
    assert opened(programme.cast.delivery, "transition.change_proposed").endswith("/plan/changes/")
    assert not any("access came late" in one.body or "Collect" in one.body for one in mail.outbox)
    with entered(programme.provider.reach):
        assert [(one.kind, one.subject) for one in needs_of(programme.provider, at=AT)] == [
            ("change", change.pk)
        ]
    with entered(programme.client.reach):
        assert needs_of(programme.client, at=AT) == []
    decline_change(programme.provider, change, reason="Too late", at=AT)
    with entered(programme.provider.reach):
        assert needs_of(programme.provider, at=AT) == []


def test_wave_that_is_added_calls_those_of_the_other_side_who_manage_the_plan() -> None:
    programme = a_programme()
    values = {"name": "Night shift", "criticality": 1, "starts_on": AT.date()}
    with entered(programme.client.reach):
        plan = programme.plan()
        add_wave(programme.client, plan, values=values, steps=["knowledge"], percent=100, at=AT)
    assert told("transition.wave_added") == {programme.cast.delivery.email}
    assert opened(programme.cast.delivery, "transition.wave_added").endswith("/plan/waves/")
    assert not any("Night shift" in one.body for one in mail.outbox)


def test_wave_taken_out_before_the_worker_came_calls_nobody() -> None:
    programme = a_programme()
    values = {"name": "Night shift", "criticality": 1, "starts_on": AT.date()}
    with entered(programme.client.reach):
        plan = programme.plan()
        wave = add_wave(programme.client, plan, values=values, steps=["knowledge"], percent=100, at=AT)
        remove_wave(programme.client, wave, at=AT)
    assert told("transition.wave_added") == set()


def test_change_taken_back_before_the_worker_came_calls_nobody() -> None:
    programme = a_programme()
    withdraw_change(programme.client, changed(programme), at=AT)
    assert told("transition.change_proposed") == set()


def test_baseline_that_is_proposed_waits_for_the_other_side_until_the_plan_changes() -> None:
    programme = a_programme()
    with entered(programme.client.reach):
        propose_baseline(programme.client, programme.plan(), at=AT)
    assert told("transition.baseline_proposed") == {programme.cast.delivery.email}
    assert opened(programme.cast.delivery, "transition.baseline_proposed").endswith("/plan/")
    with entered(programme.provider.reach):
        assert [one.kind for one in needs_of(programme.provider, at=AT)] == ["baseline"]
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
    with entered(programme.provider.reach):
        assert needs_of(programme.provider, at=AT) == []


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_growth_calls_those_who_answer_it_waits_for_them_and_its_answer_calls_back(verb: str) -> None:
    programme = a_programme()
    with entered(programme.client.reach):
        plan = programme.plan()
        grown = grown_of(plan, AT)
        effect, live = grown_effect(plan, grown)
        growth = propose_growth(programme.client, plan, grown=grown, live=live, reason="A second team", at=AT)
    assert told("transition.growth_proposed") == {programme.cast.delivery.email}
    assert opened(programme.cast.delivery, "transition.growth_proposed").endswith("/plan/grow/")
    assert not any("second team" in one.body for one in mail.outbox)
    with entered(programme.provider.reach):
        assert [(one.kind, one.subject) for one in needs_of(programme.provider, at=AT)] == [
            ("growth", growth.pk)
        ]
        if verb == "accept":
            accept_growth(programme.provider, growth, grown=grown, live=live, effect=effect, at=AT)
        else:
            decline_growth(programme.provider, growth, reason="Not now", at=AT)
        assert "growth" not in {one.kind for one in needs_of(programme.provider, at=AT)}
    assert told("transition.growth_answered") == {programme.cast.owner.email}
