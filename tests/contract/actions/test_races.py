"""Two who agree at once: one wins, and the other is told."""

from __future__ import annotations

import pytest
from tests.contract.deal import AT, CHANGED, TERMS, a_bargain
from tests.contract.promises import agreed
from tests.contract.promises import proposed as promised
from tests.factories.cast import make_cast
from tests.factories.racing import at_once

from handfast.contract.actions import (
    agree_milestone,
    agree_terms,
    propose_terms,
    withdraw_milestone,
    withdraw_terms,
)
from handfast.contract.models import TermsVersion
from handfast.contract.reading.checking import prepared
from handfast.foundation.journal import verified
from handfast.foundation.scope import entered


@pytest.mark.django_db(transaction=True)
def test_two_agreements_at_once_have_one_winner() -> None:
    bargain = a_bargain()
    version = bargain.proposed(bargain.client)

    def agree() -> object:
        return agree_terms(bargain.provider, version, typed="1", at=AT)

    assert sorted(at_once(agree, agree, agree)) == ["terms-answered", "terms-answered", "won"]
    with entered(bargain.client.reach):
        assert verified(bargain.agreement.space_id).is_whole


@pytest.mark.django_db(transaction=True)
def test_agreeing_and_withdrawing_at_once_have_one_winner() -> None:
    bargain = a_bargain()
    version = bargain.proposed(bargain.client)
    ended = at_once(
        lambda: agree_terms(bargain.provider, version, typed="1", at=AT),
        lambda: withdraw_terms(bargain.client, version, at=AT),
    )
    assert sorted(ended) == ["terms-answered", "won"]


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_make_one_version() -> None:
    bargain = a_bargain()
    drafts = (
        (bargain.client, bargain.drafted(bargain.client), TERMS, "client"),
        (bargain.provider, bargain.drafted(bargain.provider, CHANGED), CHANGED, "provider"),
    )
    doings = [
        lambda actor=actor, draft=draft, text=text, side=side: propose_terms(
            actor, draft, prepared=prepared(text), side=side, at=AT
        )
        for actor, draft, text, side in drafts
    ]
    assert sorted(at_once(*doings)) == ["terms-waiting", "won"]
    with entered(bargain.client.reach):
        assert [one.number for one in TermsVersion.objects.all()] == [1]


@pytest.mark.django_db(transaction=True)
def test_milestone_agreed_and_withdrawn_at_once_has_one_winner() -> None:
    cast = make_cast()
    for _ in range(5):
        made = promised(cast)
        ended = at_once(
            lambda made=made: agree_milestone(cast.actor(cast.owner), made, at=AT),
            lambda made=made: withdraw_milestone(cast.actor(cast.delivery), made, at=AT),
        )
        assert sorted(ended) == ["milestone-answered", "won"]
    with entered(cast.actor(cast.owner).reach):
        assert verified(cast.engagement.space_id).is_whole


@pytest.mark.django_db(transaction=True)
def test_amendments_of_one_milestone_proposed_at_once_leave_one_waiting() -> None:
    cast = make_cast()
    first = agreed(cast)
    ended = at_once(
        lambda: promised(cast, by="client", replaces=first),
        lambda: promised(cast, by="provider", replaces=first),
    )
    assert sorted(ended) == ["milestone-waiting", "won"]
