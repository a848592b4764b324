"""The year of both sides: holidays by name, the hours they share, when they meet, and what falls on closed days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.transition.models import Freeze
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.together import together_in
from handfast.transition.web.year_view import HOUR_US, year_view

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.transition.queries.together import Together
    from handfast.transition.web.year_view import YearView

NAMES = {"client": "Lumen", "provider": "Danube Care"}
ASKED_BY_THE_YEAR = 22

pytestmark = pytest.mark.django_db


def _year(programme: Programme, number: int = 2026) -> tuple[Together, YearView]:
    with entered(programme.client.reach):
        plan = programme.plan()
        found = together_in(plan, number)
        return found, year_view(rows_of(plan), found, NAMES)


def _seen(client: Client, programme: Programme, query: str = "") -> str:
    client.force_login(programme.cast.owner)
    page = client.get(reverse("transition:year", args=[programme.cast.engagement.pk]) + query)
    assert page.status_code == 200
    return page.content.decode()


def test_holidays_of_both_sides_stand_by_name(programme: Programme) -> None:
    found, view = _year(programme)
    assert found.named["client"][date(2026, 5, 18)] == "Victoria Day"
    assert date(2026, 5, 18) not in found.named["provider"]
    assert {one.side for one in view.special} == {"client", "provider"}
    days = {day.on: day for month in view.months for week in month.weeks for day in week if day}
    assert len(days) == 365
    assert (days[date(2026, 5, 18)].kind, days[date(2026, 5, 16)].kind) == ("client", "rest")
    assert days[date(2026, 1, 1)].kind == "both"
    # A holiday of one side on a day on which neither works anyway.
    assert (days[date(2026, 4, 12)].kind, days[date(2026, 4, 12)].is_named) == ("rest", True)
    assert "Victoria Day (Lumen)" in days[date(2026, 5, 18)].said


def test_shared_hours_follow_both_clocks(programme: Programme) -> None:
    """Toronto and Belgrade are six hours apart, five for the weeks in which only one clock is changed."""
    found, view = _year(programme)
    assert found.shared_us[date(2026, 3, 6)] == 2 * HOUR_US
    assert found.shared_us[date(2026, 3, 9)] == 3 * HOUR_US
    assert found.shared_us[date(2026, 3, 30)] == 2 * HOUR_US
    assert [one.hours for one in view.stretches] == ["2 h", "3 h", "2 h", "3 h", "2 h"]


def test_best_window_is_the_longest_that_holds_in_most_weeks(programme: Programme) -> None:
    found, _ = _year(programme)
    assert [one.weekday for one in found.windows] == [0, 1, 2, 3, 4]
    assert found.best is not None
    assert (found.best.client, found.best.provider) == ("09:00 to 11:00", "15:00 to 17:00")
    assert found.best.weeks == max(one.weeks for one in found.windows)
    monday = found.windows[0]
    assert monday.weeks < found.best.weeks  # most holidays are Mondays


def _joint(programme: Programme) -> tuple[UUID, date, date]:
    """The joint activity that lasts longest, with its first and its last day."""
    rows = rows_of(programme.plan())
    joint = [one for one in rows.activities if one.lead == "joint" and one.kind == "work"]
    dates = rows.dates[
        max(joint, key=lambda one: rows.dates[one.pk].ends_at - rows.dates[one.pk].starts_at).pk
    ]
    return dates.activity_id, dates.starts_at.date(), dates.ends_at.date()


@pytest.mark.parametrize(("place", "falls"), [("first", True), ("inside", False)])
def test_joint_work_that_meets_a_holiday_is_warned_of(place: str, *, falls: bool) -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        activity, first, last = _joint(programme)
        on = first if place == "first" else first + (last - first) / 2
        plan = programme.plan()
        plan.calendars["client"]["holidays"]["remove"] = ["2026-05-18", "2026-07-01"]
        plan.calendars["client"]["holidays"]["add"] = {on.isoformat(): "Founders' Day"}
        plan.calendars["provider"].pop("holidays")
        plan.save()
    told = {one.id: one for one in _year(programme)[1].warnings}
    assert told[activity].falls is falls
    assert f"Founders' Day ({on:%a} {on.day} {on:%b}, Lumen)" in told[activity].said


def test_joint_work_in_a_freeze_is_warned_of_and_other_work_is_not() -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        activity, first, _ = _joint(programme)
        plan = programme.plan()
        Freeze.objects.create(
            space_id=plan.space_id, plan=plan, name="Year end", first_on=first, end_on=date(2027, 1, 1), percent=0,
            leads=["joint"], step_keys=[],
        )  # fmt: skip
        work = {one.pk: one for one in rows_of(plan).activities}
    _, view = _year(programme)
    told = {one.id: one for one in view.warnings}
    assert "the freeze “Year end”" in told[activity].said
    assert all("freeze" not in one.said for one in view.warnings if work[one.id].lead != "joint")
    assert next(iter(view.freezes)).name == "Year end"


def test_what_is_finished_is_warned_of_no_more(programme: Programme) -> None:
    _, view = _year(programme)
    assert view.warnings
    with entered(programme.client.reach):
        for one in rows_of(programme.plan()).activities:
            one.started_on = one.finished_on = AT.date()
            one.save()
    assert _year(programme)[1].warnings == ()


def test_sides_without_a_common_hour_are_told_so(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        plan.calendars["provider"]["hours"] = {"mon-fri": ["09:00-12:00"]}
        plan.save()
    assert "share no hour of 2026" in _seen(client, programme)


def test_year_is_chosen_in_the_address_and_falls_back_to_the_plans_own(
    client: Client, programme: Programme
) -> None:
    assert "Calendar, 2026" in _seen(client, programme)
    assert "Calendar, 2027" in _seen(client, programme, "?year=2027")
    assert "Calendar, 2026" in _seen(client, programme, "?year=9999")
    assert "Calendar, 2026" in _seen(client, programme, "?year=x")
    page = _seen(client, programme)
    assert "they meet best on" in page
    assert "Statehood Day" in page


def test_calendar_before_there_is_a_plan_says_what_belongs_here(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    assert b"No calendar yet" in client.get(reverse("transition:year", args=[cast.engagement.pk])).content


@pytest.mark.parametrize("size", ["light", "complex"])
def test_year_asks_as_often_for_a_short_plan_as_for_a_long_one(
    size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size)
    client.force_login(programme.cast.owner)
    here = reverse("transition:year", args=[programme.cast.engagement.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_THE_YEAR):
        assert client.get(here).status_code == 200
