"""What was changed a moment ago is taken back whole, by whoever made it, and only while nothing else has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.transition.actions import remove_activity, undo_change, unlink_activities
from handfast.transition.models import Activity, LastChange, Link
from handfast.transition.queries.effects import effect_of, removed, unlinked
from handfast.transition.queries.plans import last_change_seen_by, last_changes_seen_by
from handfast.transition.queries.undoing import undoable
from handfast.transition.refusals import UndoTooLate

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(seconds=9)


def last(programme: Programme) -> LastChange:
    return last_changes_seen_by(programme.client, programme.plan())[0]


def test_what_was_amended_is_as_before(programme: Programme) -> None:
    with entered(programme.client.reach):
        before = programme.activity("write.tone")
        programme.change(programme.client, "write.tone", likely="2d", high="3d", not_before_on=AT.date())
        undo_change(programme.client, last(programme), at=SOON)
        after = programme.activity("write.tone")
        assert (after.likely, after.high, after.not_before_on) == (before.likely, before.high, None)
        assert after.version == before.version + 2
        assert not LastChange.objects.exists()


def test_what_was_removed_comes_back_with_its_links(programme: Programme) -> None:
    engagement = programme.cast.engagement.pk
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Budget", lead="client", likely="2d")
        programme.link(programme.client, own, programme.activity("prepare.goal"))
        links = Link.objects.filter(before_id=own.pk).count()
        remove_activity(programme.client, own, effect=effect_of(engagement, removed(own.pk)), at=AT)
        undo_change(programme.client, last(programme), at=SOON)
        assert programme.activity("own").removed_at is None
        assert Link.objects.filter(before_id=own.pk).count() == links == 1


def test_what_was_added_is_taken_out_again(programme: Programme) -> None:
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Budget", lead="client", likely="2d")
        undo_change(programme.client, last(programme), at=SOON)
        assert Activity.objects.get(pk=own.pk).removed_at == AT


def test_link_that_was_made_goes_and_one_that_was_taken_out_returns_with_its_lag(
    programme: Programme,
) -> None:
    engagement = programme.cast.engagement.pk
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Budget", lead="client", likely="2d")
        programme.link(programme.client, own, programme.activity("prepare.goal"))
        undo_change(programme.client, last(programme), at=SOON)
        assert not Link.objects.filter(before_id=own.pk).exists()
        link = Link.objects.create(
            space_id=own.space_id, plan=programme.plan(), before_id=programme.activity("prepare.goal").pk,
            after_id=own.pk, kind="SS", lag="2d", lag_on="elapsed",
        )  # fmt: skip
        unlink_activities(programme.client, link, effect=effect_of(engagement, unlinked(link.pk)), at=AT)
        undo_change(programme.client, last(programme), at=SOON)
        again = Link.objects.get(after_id=own.pk)
        assert (again.pk, again.kind, again.lag, again.lag_on) == (link.pk, "SS", "2d", "elapsed")


def test_after_ten_seconds_nothing_is_taken_back(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
        with pytest.raises(UndoTooLate, match="ten seconds"):
            undo_change(programme.client, last(programme), at=AT + timedelta(seconds=11))
        assert programme.activity("write.tone").likely == "2d"


def test_after_another_change_nothing_is_taken_back(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
        found = last(programme)
    with entered(programme.provider.reach):
        programme.change(programme.provider, "setup.desk", name="Set the desk up")
    with entered(programme.client.reach):
        with pytest.raises(UndoTooLate, match="has changed since"):
            undo_change(programme.client, found, at=SOON)
        assert undoable(programme.client, programme.plan(), SOON) is None


def test_own_business_that_changed_again_is_not_taken_back(programme: Programme) -> None:
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Budget", lead="client", likely="2d")
        Activity.objects.filter(pk=own.pk).update(version=own.version + 1)
        with pytest.raises(UndoTooLate, match="changed since"):
            undo_change(programme.client, last(programme), at=SOON)


def test_nobody_takes_back_what_another_changed(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
        found = last(programme)
    with entered(programme.provider.reach):
        with pytest.raises(NotPermitted):
            undo_change(programme.provider, found, at=SOON)
        with pytest.raises(NotSeen):
            last_change_seen_by(programme.provider, found.pk)


def test_offer_to_take_back_names_what_was_changed_and_ends_after_eight_seconds(programme: Programme) -> None:
    with entered(programme.client.reach):
        changed = programme.change(programme.client, "write.tone", likely="2d", high="3d")
        offered = undoable(programme.client, programme.plan(), AT + timedelta(seconds=3))
        assert offered is not None
        assert (offered.said, offered.seconds) == (f"“{changed.name}” is changed.", 5)
        assert undoable(programme.client, programme.plan(), AT + timedelta(seconds=8)) is None
