"""Each side moves its own freely; what moves a milestone or the other side's work is proposed and accepted."""

from __future__ import annotations

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import amend_activity, decline_change, withdraw_change
from handfast.transition.models import ProposedChange
from handfast.transition.queries.effects import amended, effect_of
from handfast.transition.refusals import (
    ActivityRefused,
    ChangeAnswered,
    ChangeOverlaps,
    NeedsAcceptance,
    NothingChanges,
)

pytestmark = pytest.mark.django_db
State = ProposedChange.State


def test_a_side_moves_what_it_leads_where_nothing_else_moves(programme: Programme) -> None:
    with entered(programme.client.reach):
        tone = programme.change(programme.client, "write.tone", likely="2d", high="3d")
        assert (tone.likely, tone.version) == ("2d", 2)


def test_what_moves_the_other_sides_work_needs_acceptance(programme: Programme) -> None:
    with entered(programme.client.reach):
        activity = programme.activity("prepare.tasks")
        effect = effect_of(programme.cast.engagement.pk, amended(activity.pk, {"likely": "9d", "high": "9d"}))
        assert effect.needs_acceptance("client")
        with pytest.raises(NeedsAcceptance):
            programme.change(programme.client, "prepare.tasks", likely="9d", high="9d")
        assert programme.activity("prepare.tasks").likely == "2d"


def test_a_side_does_not_move_what_the_other_leads(programme: Programme) -> None:
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        programme.change(programme.provider, "prepare.goal", likely="2d", high="2d")


def test_an_accepted_change_moves_the_dates_of_both(programme: Programme) -> None:
    with entered(programme.client.reach):
        before = programme.dates("golive.ready").ends_at
        change = programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
        assert {one["kind"] for one in change.moves} >= {"work"}
        assert programme.activity("prepare.tasks").likely == "2d"
    with entered(programme.provider.reach):
        programme.accept(programme.provider, change)
    programme.date()
    with entered(programme.provider.reach):
        assert programme.dates("golive.ready").ends_at > before
        assert ProposedChange.objects.get(pk=change.pk).state == State.ACCEPTED


def test_nobody_accepts_their_own_proposal(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
        with pytest.raises(NotPermitted):
            programme.accept(programme.client, change)


def test_a_change_is_answered_once(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
        withdraw_change(programme.client, change, at=AT)
    with entered(programme.provider.reach):
        with pytest.raises(ChangeAnswered):
            programme.accept(programme.provider, change)
        with pytest.raises(ActivityRefused):
            decline_change(programme.provider, change, reason=" ", at=AT)


def test_one_change_of_an_activity_waits_at_a_time(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
        with pytest.raises(ChangeOverlaps):
            programme.propose(programme.client, "prepare.tasks", likely="8d", high="9d")


def test_what_was_changed_meanwhile_is_not_accepted(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose(programme.client, "write.tone", name="Tone of voice")
        programme.change(programme.client, "write.tone", name="Write the tone guide")
    with entered(programme.provider.reach), pytest.raises(Conflict, match="changed after"):
        programme.accept(programme.provider, change)


def test_of_two_changes_on_one_version_the_second_looks_again(programme: Programme) -> None:
    with entered(programme.client.reach):
        activity = programme.activity("write.tone")
        effect = effect_of(programme.cast.engagement.pk, amended(activity.pk, {"likely": "2d", "high": "3d"}))
        programme.change(programme.client, "write.tone", name="Tone of voice")
        with pytest.raises(Conflict):
            amend_activity(
                programme.client, activity, changes={"likely": "2d", "high": "3d"}, effect=effect, at=AT
            )


def test_a_change_changes_something(programme: Programme) -> None:
    with entered(programme.client.reach), pytest.raises(NothingChanges):
        programme.change(programme.client, "write.tone", likely="1d")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 4001, "no\x00"])
def test_declining_needs_a_reason_that_can_be_kept(programme: Programme, reason: str) -> None:
    with entered(programme.client.reach):
        change = programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
    with entered(programme.provider.reach):
        waiting = ProposedChange.objects.get(pk=change.pk)
        with pytest.raises(ActivityRefused, match="declining needs its reason"):
            decline_change(programme.provider, waiting, reason=reason, at=AT)
        assert ProposedChange.objects.get(pk=change.pk).state == "proposed"
