"""By the evening both sides hear that milestones have moved: once a day, and of nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from tests.records.deal import work
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.journeys.models import Notice
from handfast.transition.actions import date_now
from handfast.transition.models import Activity

MOVED = "transition.milestones_moved"
EVENING = datetime(2026, 4, 16, 23, 59, tzinfo=UTC)
NEXT_DAY = datetime(2026, 4, 17, 14, tzinfo=UTC)
NEXT_EVENING = datetime(2026, 4, 17, 23, 59, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Programme:
    """A plan whose milestones were told on the evening of its day."""
    programme = programme_of("standard")
    work(EVENING)
    assert not _notices(programme)
    return programme


def _notices(programme: Programme) -> list[Notice]:
    found: list[Notice] = []
    for person in (programme.cast.owner, programme.cast.delivery):
        with entered(programme.cast.actor(person).reach):
            found += Notice.objects.filter(kind=MOVED, person_id=person.pk)
    return found


def _moved(programme: Programme, kind: str, on: date) -> None:
    with entered(programme.client.reach):
        last = Activity.objects.filter(kind=kind).order_by("position").last()
        assert last is not None
        Activity.objects.filter(pk=last.pk).update(not_before_on=on, version=2)
    date_now(programme.cast.engagement.pk, at=NEXT_DAY)


def test_both_sides_hear_in_the_evening_that_a_milestone_moved_and_only_once(told: Programme) -> None:
    _moved(told, "milestone", date(2027, 3, 1))
    _moved(told, "milestone", date(2027, 4, 1))
    work(NEXT_DAY)
    assert not _notices(told)
    work(NEXT_EVENING)
    assert {one.person_id for one in _notices(told)} == {told.cast.owner.pk, told.cast.delivery.pk}
    work(NEXT_EVENING)
    assert len(_notices(told)) == 2
    sent = [one for one in mail.outbox if "Milestones of the plan have moved" in one.body]
    assert not sent  # the daily mail of the next morning tells of it
    work(NEXT_EVENING + timedelta(hours=9))
    sent = [one for one in mail.outbox if "Milestones of the plan have moved" in one.body]
    assert {one.to[0] for one in sent} == {told.cast.owner.email, told.cast.delivery.email}


def test_nobody_hears_of_a_plan_that_is_dated_and_moves_no_milestone(told: Programme) -> None:
    date_now(told.cast.engagement.pk, at=NEXT_DAY)
    with entered(told.client.reach):
        plan = told.plan()
        assert plan.told
        assert plan.dated_at == AT
    work(NEXT_EVENING)
    assert not _notices(told)
