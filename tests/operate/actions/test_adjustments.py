"""An adjustment is proposed by one side and answered by the other, once; what is accepted moves the next month."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.contract.deal import TERMS
from tests.operate.month import AT, Month, a_month

from handfast.contract.queries import parsed_terms, terms_in_force
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.kernel.refusal import Refusal
from handfast.operate.actions import (
    accept_adjustment,
    decline_adjustment,
    propose_adjustment,
    withdraw_adjustment,
)
from handfast.operate.models import Adjustment
from handfast.operate.queries.adjusting import checked_adjustment
from handfast.operate.refusals import AdjustmentAnswered, ReasonMissing, WrittenByTheHouse

pytestmark = pytest.mark.django_db
EXCLUDING = TERMS.replace(
    "    unfinished: as it stands\n", "    unfinished: as it stands\n    excludes: [duplicate]\n"
)
SAID = {"kind": "record excluded", "type": "duplicate", "records": ["L-2"], "reason": "Reported twice."}


@pytest.fixture
def month() -> Month:
    return a_month(EXCLUDING)


def proposed(month: Month) -> Adjustment:
    return propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=SAID, at=AT)


def test_accepted_adjustment_moves_the_next_draft_and_a_proposed_one_does_not(month: Month) -> None:
    adjustment = proposed(month)
    before = json.loads(month.drafted(month.provider).body)
    assert (before["levels"][0]["n"], before["adjustments"]) == (3, {"in_force": 0, "open": 1})
    accept_adjustment(month.client, adjustment, at=AT)
    after = json.loads(month.drafted(month.provider, at=AT + timedelta(minutes=1)).body)
    assert (after["levels"][0]["n"], after["levels"][0]["excluded"]) == (2, {"duplicate": 1})


def test_adjustment_is_numbered_by_the_agreement(month: Month) -> None:
    assert [proposed(month).name, proposed(month).name] == ["A-1", "A-2"]


def test_side_that_proposed_does_not_answer(month: Month) -> None:
    adjustment = proposed(month)
    with pytest.raises(NotPermitted):
        accept_adjustment(month.provider, adjustment, at=AT)
    with pytest.raises(NotPermitted):
        withdraw_adjustment(month.client, adjustment, at=AT)


def test_adjustment_is_answered_once(month: Month) -> None:
    adjustment = proposed(month)
    with pytest.raises(ReasonMissing):
        decline_adjustment(month.client, adjustment, reason=" ", at=AT)
    assert decline_adjustment(month.client, adjustment, reason="No such rule.", at=AT).state == "declined"
    with pytest.raises(AdjustmentAnswered):
        accept_adjustment(month.client, adjustment, at=AT)
    with pytest.raises(AdjustmentAnswered):
        withdraw_adjustment(month.provider, adjustment, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "record excluded", "type": "whim", "records": ["L-2"], "reason": "x"},
        {"kind": "record excluded", "records": ["L-2"], "reason": "x"},
        {"kind": "time excluded", "type": "duplicate", "from": "soon", "to": "later", "reason": "x"},
        {"kind": "nothing", "reason": "x"},
    ],
)
def test_adjustment_that_the_terms_do_not_know_is_refused_before_it_is_written(
    wrong: dict[str, object], month: Month
) -> None:
    with entered(month.provider.reach):
        version = terms_in_force(month.bargain.agreement)
        assert version is not None
        terms = parsed_terms(version)
        assert checked_adjustment(SAID, terms, side="provider", at=AT) == SAID
        with pytest.raises(Refusal):
            checked_adjustment(wrong, terms, side="provider", at=AT)


@pytest.mark.parametrize(
    "own",
    [
        {"accepted": {"by": "client", "at": "2026-04-16T09:12:01+00:00"}},
        {"proposed": {"by": "client", "at": "2026-04-16T09:12:00+00:00"}},
        {"id": "A-1"},
    ],
)
def test_nobody_says_of_their_own_proposal_who_accepted_it_or_how_it_is_called(
    own: dict[str, object], month: Month
) -> None:
    with entered(month.provider.reach):
        version = terms_in_force(month.bargain.agreement)
        assert version is not None
        with pytest.raises(WrittenByTheHouse):
            checked_adjustment({**SAID, **own}, parsed_terms(version), side="provider", at=AT)
    with pytest.raises(WrittenByTheHouse):
        propose_adjustment(
            month.provider, month.bargain.agreement, side="provider", said={**SAID, **own}, at=AT
        )


def test_what_was_kept_before_this_was_refused_counts_as_proposed_all_the_same(month: Month) -> None:
    adjustment = proposed(month)
    with entered(month.provider.reach):
        accepted = {"by": "client", "at": "2026-04-16T09:12:01+00:00"}
        Adjustment.objects.filter(pk=adjustment.pk).update(said={**SAID, "accepted": accepted, "id": "A-9"})
    body = json.loads(month.drafted(month.provider).body)
    assert (body["levels"][0]["n"], body["adjustments"]) == (3, {"in_force": 0, "open": 1})
