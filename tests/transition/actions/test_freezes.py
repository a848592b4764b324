"""A freeze that moves what the other side must accept counts once it is accepted, and until its lifting is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import accept_freeze, decline_freeze
from handfast.transition.models import Freeze
from handfast.transition.refusals import ActivityRefused, ChangeAnswered

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
State = Freeze.State


def ready_at(programme: Programme) -> datetime:
    programme.date()
    with entered(programme.client.reach):
        return programme.dates("golive.ready").ends_at


def test_freeze_of_both_counts_once_the_other_side_accepts_and_until_it_accepts_the_lifting(
    programme: Programme,
) -> None:
    before = ready_at(programme)
    with entered(programme.client.reach):
        freeze = programme.freeze(programme.client)
        assert freeze.state == State.PROPOSED
    assert ready_at(programme) == before
    with entered(programme.provider.reach):
        accept_freeze(programme.provider, freeze, at=AT)
    later = ready_at(programme)
    assert later > before
    with entered(programme.provider.reach):
        assert programme.lift(programme.provider, freeze).state == State.LIFTING
    assert ready_at(programme) == later
    with entered(programme.client.reach):
        accept_freeze(programme.client, freeze, at=AT)
        assert not Freeze.objects.filter(pk=freeze.pk).exists()
    assert ready_at(programme) == before


def test_freeze_that_moves_nothing_of_the_other_side_counts_at_once(programme: Programme) -> None:
    with entered(programme.client.reach):
        far = {"first_on": AT.date().replace(year=2027), "end_on": AT.date().replace(year=2028)}
        freeze = programme.freeze(programme.client, **far)
        assert (freeze.state, freeze.asked_for_id) == (State.AGREED, None)
        programme.lift(programme.client, freeze)
        assert not Freeze.objects.exists()


def test_whoever_proposes_a_freeze_takes_it_back_and_does_not_accept_it(programme: Programme) -> None:
    with entered(programme.client.reach):
        freeze = programme.freeze(programme.client)
        with pytest.raises(NotPermitted):
            accept_freeze(programme.client, freeze, at=AT)
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        programme.lift(programme.provider, freeze)
    with entered(programme.client.reach):
        programme.lift(programme.client, freeze)
        assert not Freeze.objects.exists()


def test_freeze_is_declined_with_its_reason_and_once(programme: Programme) -> None:
    with entered(programme.client.reach):
        freeze = programme.freeze(programme.client)
    with entered(programme.provider.reach):
        with pytest.raises(ActivityRefused):
            decline_freeze(programme.provider, freeze, reason=" ", at=AT)
        declined = decline_freeze(programme.provider, freeze, reason="the cohort starts then", at=AT)
        assert (declined.state, declined.answer) == (State.DECLINED, "the cohort starts then")
        with pytest.raises(ChangeAnswered):
            accept_freeze(programme.provider, freeze, at=AT)


def test_declined_lifting_leaves_the_freeze_as_it_was(programme: Programme) -> None:
    with entered(programme.client.reach):
        freeze = programme.freeze(programme.client)
    with entered(programme.provider.reach):
        accept_freeze(programme.provider, freeze, at=AT)
        programme.lift(programme.provider, freeze)
    with entered(programme.client.reach):
        kept = decline_freeze(programme.client, freeze, reason="the peak is real", at=AT)
        assert (kept.state, kept.asked_for_id) == (State.AGREED, None)
        assert programme.lift(programme.client, freeze).state == State.LIFTING
        assert programme.lift(programme.client, freeze).state == State.AGREED
