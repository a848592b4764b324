"""A plan made from the template, and dated on both countries' calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import AT, BEGINS, CALENDARS, programme_of

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import make_plan
from handfast.transition.models import Activity, Dates, Step
from handfast.transition.reading.templates import template_of
from handfast.transition.refusals import PlanExists

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("size", "steps", "activities"), [("light", 13, 33), ("standard", 15, 104), ("complex", 15, 132)]
)
def test_template_becomes_a_plan_whose_every_activity_has_dates_and_a_reason(
    size: str, steps: int, activities: int
) -> None:
    programme = programme_of(size)
    with entered(programme.client.reach):
        plan = programme.plan()
        assert Step.objects.filter(plan=plan).count() == steps
        assert Activity.objects.filter(plan=plan).count() == activities
        dates = list(Dates.objects.filter(plan=plan))
        assert len(dates) == activities
        assert all(one.why and one.starts_at <= one.ends_at <= one.latest_ends_at for one in dates)
        assert plan.dated_version == plan.version


def test_a_milestone_waits_for_everything_in_its_step() -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        passed = programme.dates("launch.milestone").ends_at
        inside = Activity.objects.filter(plan_id=programme.plan_id, step_key="launch")
        ends = Dates.objects.filter(activity_id__in=[one.pk for one in inside])
        assert passed == max(one.ends_at for one in ends)


def test_an_engagement_has_one_plan() -> None:
    programme = programme_of("light")
    with entered(programme.client.reach), pytest.raises(PlanExists):
        _make(programme.client, programme.cast.engagement)


def test_a_reader_makes_no_plan() -> None:
    programme = programme_of("light")
    reader = programme.cast.actor(programme.cast.reader)
    with entered(reader.reach), pytest.raises(NotPermitted):
        _make(reader, programme.cast.engagement)


def _make(actor: Actor, engagement: Engagement) -> None:
    make_plan(actor, engagement, template=template_of("light"), starts_on=BEGINS, calendars=CALENDARS, at=AT)
