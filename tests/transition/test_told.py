"""A plan is told as of now; a sample as of the evening of its last status, since nobody reports on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.transition.models import Plan
from handfast.transition.queries.told import last_day, today_in, told_at
from handfast.transition.queries.working import work_of

if TYPE_CHECKING:
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db
STATUS_ON = date(2026, 5, 20)
LONG_AFTER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def kept(programme: Programme, *, is_sample: bool, as_of_on: date | None = STATUS_ON) -> Plan:
    with entered(programme.client.reach):
        Plan.objects.filter(pk=programme.plan_id).update(as_of_on=as_of_on)
        Engagement.objects.filter(pk=programme.cast.engagement.pk).update(is_sample=is_sample)
        return programme.plan()


def test_plan_is_told_as_of_now(programme: Programme) -> None:
    assert told_at(kept(programme, is_sample=False), LONG_AFTER) == LONG_AFTER
    assert told_at(kept(programme, is_sample=True, as_of_on=None), LONG_AFTER) == LONG_AFTER


def test_sample_stays_at_its_last_status_and_is_not_ahead_of_now(programme: Programme) -> None:
    plan = kept(programme, is_sample=True)
    assert today_in(plan, LONG_AFTER) == STATUS_ON + timedelta(days=1)
    before = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    assert told_at(plan, before) == before


def test_work_on_a_sample_is_what_begins_within_two_weeks_of_its_status(programme: Programme) -> None:
    kept(programme, is_sample=False)
    with entered(programme.client.reach):
        every = {one.activity.key for one in work_of(programme.client, at=LONG_AFTER)}
    kept(programme, is_sample=True)
    with entered(programme.client.reach):
        near = work_of(programme.client, at=LONG_AFTER)
        assert {one.activity.key for one in near} < every
        assert max(one.dates.starts_at.date() for one in near) <= STATUS_ON + timedelta(days=15)


@pytest.mark.parametrize(
    ("starts", "ends", "on"),
    [
        ("2026-06-03T13:00Z", "2026-06-05T21:00Z", date(2026, 6, 5)),  # work until five in Toronto
        (
            "2026-06-03T13:00Z",
            "2026-06-05T04:00Z",
            date(2026, 6, 4),
        ),  # work until midnight is done the day before
        (
            "2026-06-05T04:00Z",
            "2026-06-05T04:00Z",
            date(2026, 6, 5),
        ),  # a milestone fixed for a day stands on it
    ],
)
def test_last_day_of_work_until_midnight_is_the_day_before_and_a_milestone_keeps_its_day(
    starts: str, ends: str, on: date
) -> None:
    begins, ended = (datetime.fromisoformat(one) for one in (starts, ends))
    assert last_day(begins, ended, "America/Toronto") == on
