"""What is internal to a side moves dates, and is told to the other side by no name, in no place."""

from __future__ import annotations

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.transition.actions import date_now
from handfast.transition.models import Activity, Dates, Link
from handfast.transition.queries.plans import rows_of

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross

pytestmark = pytest.mark.django_db


def _with_secret(programme: Programme) -> None:
    """The client's own business, which the client's first activity waits for."""
    with entered(programme.client.reach):
        secret = programme.internal(programme.client, "council", SECRET, lead="client", likely="20d")
        programme.link(programme.client, secret, programme.activity("prepare.goal"))
    programme.date()


def test_the_other_side_sees_a_date_that_waits_for_an_internal_activity(programme: Programme) -> None:
    with entered(programme.provider.reach):
        before = programme.dates("prepare.goal").starts_at
    _with_secret(programme)
    with entered(programme.provider.reach):
        told = programme.dates("prepare.goal")
        assert told.starts_at > before
        assert "an internal activity of the client" in told.why
        assert SECRET not in told.why
        rows = rows_of(programme.plan())
        assert not [one for one in rows.activities if one.name == SECRET]
        assert not Link.objects.filter(after_id=programme.activity("prepare.goal").pk).exists()
        assert SECRET not in " ".join(one.why for one in rows.dates.values())


def test_the_own_side_is_told_by_name(programme: Programme) -> None:
    _with_secret(programme)
    with entered(programme.client.reach):
        rows = rows_of(programme.plan())
        goal = programme.activity("prepare.goal")
        assert SECRET in rows.dates[goal.pk].why
        assert Activity.objects.filter(name=SECRET).exists()


def test_nothing_in_the_shared_journal_tells_when_a_side_changes_its_own_business(
    programme: Programme,
) -> None:
    _with_secret(programme)
    shared = programme.cast.engagement.space_id
    with entered(programme.client.reach):
        entries, version = Contents.objects.filter(space_id=shared).count(), programme.plan().version
        dated_at = programme.plan().dated_at
        # Shorter by less than what it waits for anyway: no shared date moves.
        programme.internal(programme.client, "budget", SECRET, lead="client", likely="1d")
    date_now(programme.cast.engagement.pk, at=AT)
    with entered(programme.client.reach):
        assert Contents.objects.filter(space_id=shared).count() == entries
        assert programme.plan().version == version
        assert programme.plan().dated_at == dated_at
        assert Dates.objects.filter(activity_id=programme.activity("budget").pk).exists()


def test_the_rival_sees_nothing_of_the_plan(programme: Programme) -> None:
    rival = programme.cast.actor(programme.cast.rival)
    with entered(rival.reach):
        assert not Activity.objects.exists()
        assert not Dates.objects.exists()
