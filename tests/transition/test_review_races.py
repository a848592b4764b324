"""The last second of a review: an answer and the clock, two answers, two workers; each time one wins."""

from __future__ import annotations

import pytest
from tests.factories.racing import at_once
from tests.transition.owed import A_MOMENT, ENDS, HANDED_IN, accepted, handed_in, now, owed, rejected
from tests.transition.programme import a_programme

from handfast.foundation.actor import worker_in
from handfast.foundation.journal import verified
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.transition.actions import deem_accepted

pytestmark = pytest.mark.django_db(transaction=True)


def test_answer_in_the_last_moment_and_the_clock_have_one_winner() -> None:
    programme = a_programme()
    for _ in range(4):
        one = handed_in(programme.provider, owed(programme.client, programme.cast.engagement))
        ended = at_once(
            lambda one=one: rejected(programme.client, one, at=ENDS - A_MOMENT),
            lambda one=one: deem_accepted(worker_in(one.space_id), one, at=ENDS),
        )
        state = now(programme.client, one).state
        assert (ended, state) in [
            (["won", "deliverable-state"], "rejected"), (["review-over", "won"], "deemed"),
        ]  # fmt: skip
    with entered(programme.client.reach):
        assert verified(programme.cast.engagement.space_id).is_whole


def test_two_workers_write_one_acceptance() -> None:
    programme = a_programme()
    one = handed_in(programme.provider, owed(programme.client, programme.cast.engagement))
    worker = worker_in(one.space_id)
    assert sorted(at_once(*[lambda: deem_accepted(worker, one, at=ENDS)] * 3)) == [
        "deliverable-state"
    ] * 2 + ["won"]
    with entered(programme.client.reach):
        assert Contents.objects.filter(action="deliverable.deemed_accepted").count() == 1


def test_accepted_and_rejected_at_once_has_one_winner() -> None:
    programme = a_programme()
    one = handed_in(programme.provider, owed(programme.client, programme.cast.engagement))
    ended = at_once(
        lambda: accepted(programme.client, one),
        lambda: rejected(programme.client, one),
        lambda: accepted(programme.client, one),
    )
    assert sorted(ended) == ["deliverable-state", "deliverable-state", "won"]


def test_handed_in_twice_at_once_is_one_round_and_numbers_have_no_gap() -> None:
    programme = a_programme()
    doings = [lambda: owed(programme.client, programme.cast.engagement)] * 3
    assert at_once(*doings) == ["won"] * 3
    one = owed(programme.client, programme.cast.engagement)
    assert one.number == 4
    ended = at_once(*[lambda: handed_in(programme.provider, one, HANDED_IN)] * 3)
    assert sorted(ended) == ["deliverable-state", "deliverable-state", "won"]
    assert now(programme.client, one).round == 1
