"""My work: whose an activity is, what is late on the reader's own clock, and reporting where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import joined, make_cast
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.people.queries import actor_for
from handfast.transition.actions import propose_baseline, report_progress
from handfast.transition.models import Activity
from handfast.transition.queries.working import AHEAD, today_of, waiting_for, work_of
from handfast.transition.web.work_view import work_view

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.foundation.actor import Actor
    from handfast.people.models import Person
    from handfast.transition.web.work_view import WorkView

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross
MONDAY = datetime(2026, 5, 4, 14, tzinfo=UTC)
ASKED_BY_MY_WORK = 18

pytestmark = pytest.mark.django_db


def _view(actor: Actor, at: datetime = MONDAY, zone: str = "America/Toronto") -> WorkView:
    with entered(actor.reach):
        found = work_of(actor, at=at)
        return work_view(actor, found, waiting_for(actor), zone=zone, at=at)


def _whose(actor: Actor) -> dict[str, str]:
    with entered(actor.reach):
        return {one.activity.key: one.whose for one in work_of(actor, at=MONDAY)}


def _owned(programme: Programme, key: str, person: Person) -> None:
    with entered(programme.client.reach):
        Activity.objects.filter(key=key).update(owner_id=person.pk)


def test_activity_is_its_owners_and_nobody_elses(programme: Programme) -> None:
    assert _whose(programme.client)["prepare.goal"] == "side"
    _owned(programme, "prepare.goal", programme.cast.owner)
    assert _whose(programme.client)["prepare.goal"] == "own"
    _owned(programme, "prepare.goal", programme.cast.delivery)
    assert "prepare.goal" not in _whose(programme.client)


def test_what_nobody_owns_falls_to_the_side_that_leads_it_and_first_to_its_role(programme: Programme) -> None:
    with entered(programme.client.reach):
        leads = {one.key: one.lead for one in Activity.objects.all()}
        Activity.objects.filter(key="people.team").update(
            needs=[{"role": "Trainer", "side": "provider", "number": 1}]
        )
    client, provider = _whose(programme.client), _whose(programme.provider)
    assert {leads[key] for key in client} <= {"client", "joint", "either"}
    assert {leads[key] for key in provider} <= {"provider", "joint", "either"}
    assert provider["people.team"] == "side"
    cast = programme.cast
    trainer = joined(programme.provider, cast.engagement, "provider", ["trainer"], "Tena Trainer", "danube")
    assert _whose(actor_for(trainer.person))["people.team"] == "role"


def test_reader_has_only_what_they_own(programme: Programme) -> None:
    reader = programme.cast.actor(programme.cast.reader)
    assert _whose(reader) == {}
    _owned(programme, "prepare.goal", programme.cast.reader)
    assert _whose(reader) == {"prepare.goal": "own"}
    assert [one.form for one in _view(reader).running] == [None]


def test_work_is_late_by_the_agreed_day_and_by_the_foreseen_one_on_the_readers_calendar(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        ends_at = programme.dates("prepare.goal").ends_at
    assert {"Write one page" in one.name for one in _view(programme.client).late} <= {False}
    after = _view(programme.client, ends_at + timedelta(hours=24))
    assert [one.said_late for one in after.late if one.begins == "Mon 4 May, 09:00"][:1] == ["1 day late"]
    # 23:30 in Toronto is the next morning in Belgrade, where it was due the evening before.
    evening = ends_at.replace(hour=3, minute=30) + timedelta(days=1)
    assert not _view(programme.client, evening).late
    assert _view(programme.client, evening, "Europe/Belgrade").late
    with entered(programme.client.reach):
        Activity.objects.filter(key="prepare.goal").update(
            baseline_starts_at=AT, baseline_ends_at=MONDAY - timedelta(days=3)
        )
    assert [one.said_late for one in _view(programme.client).late] == ["3 days late"]


def test_work_is_running_or_begins_within_two_weeks_and_later_work_is_not_shown(programme: Programme) -> None:
    view = _view(programme.client)
    assert view.running
    assert view.following
    with entered(programme.client.reach):
        for one in (*view.running, *view.following):
            assert programme.dates(Activity.objects.get(pk=one.id).key).starts_at < MONDAY + AHEAD
        every = Activity.objects.exclude(lead="provider").count()
    assert len(view.running) + len(view.following) < every


def test_internal_work_is_its_sides_alone_and_says_so(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.internal(programme.client, "council", SECRET, lead="client", likely="20d")
    programme.date()
    assert [one.only for one in _view(programme.client).running if one.name == SECRET] == ["Lumen"]
    client.force_login(programme.cast.delivery)
    assert SECRET not in client.get(reverse("transition:work")).content.decode()
    assert SECRET not in client.get("/api/transition/work").content.decode()
    client.force_login(programme.cast.owner)
    assert SECRET in client.get("/api/transition/work").content.decode()


def test_what_the_other_side_proposed_waits_here_until_it_is_answered(
    client: Client, programme: Programme
) -> None:
    with entered(programme.provider.reach):
        propose_baseline(programme.provider, programme.plan(), at=AT)
        programme.propose(programme.provider, "prepare.goal", likely="4d", high="9d")
    client.force_login(programme.cast.owner)
    page = client.get(reverse("transition:work")).content.decode()
    assert "2 proposals wait for your side" in page
    assert "access came late" in page
    told = client.get("/api/transition/work").json()
    assert (len(told["changes"]), told["baselines"]) == (1, [str(programme.cast.engagement.pk)])
    client.force_login(programme.cast.delivery)
    assert (
        "for your side" not in client.get(reverse("transition:work")).content.decode().split("<main")[1][:900]
    )


def test_progress_is_reported_where_the_work_stands(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    with entered(programme.client.reach):
        goal = programme.activity("prepare.goal")
        today = today_of(programme.client, timezone.now())
    said = {"started_on": today.isoformat(), "as_seen": goal.seen_as, "back": "work"}
    done = client.post(reverse("transition:progress", args=[programme.cast.engagement.pk, goal.pk]), said)
    assert done.headers["Location"] == reverse("transition:work")
    with entered(programme.client.reach):
        assert programme.activity("prepare.goal").started_on == today


def test_finished_work_is_gone(programme: Programme) -> None:
    assert "prepare.goal" in _whose(programme.client)
    with entered(programme.client.reach):
        report_progress(
            programme.client, programme.activity("prepare.goal"), started_on=date(2026, 5, 4),
            finished_on=date(2026, 5, 4), remaining="", on=date(2026, 5, 4), at=MONDAY,
        )  # fmt: skip
    assert "prepare.goal" not in _whose(programme.client)


def test_day_of_a_report_is_the_reporters_own(programme: Programme) -> None:
    owner = programme.cast.owner
    owner.zone = "Pacific/Auckland"
    owner.save()
    assert today_of(programme.client, datetime(2026, 5, 4, 20, tzinfo=UTC)) == date(2026, 5, 5)


def test_own_activity_that_is_due_needs_its_owner(programme: Programme) -> None:
    actor = programme.client
    with entered(actor.reach):
        assert not [one for one in needs_of(actor, at=MONDAY) if one.kind == "activity"]
    _owned(programme, "prepare.goal", programme.cast.owner)
    with entered(actor.reach):
        found = [one for one in needs_of(actor, at=MONDAY) if one.kind == "activity"]
        assert [one.due_on for one in found] == [programme.dates("prepare.goal").ends_at.date()]
        assert not [one for one in needs_of(actor, at=AT - timedelta(days=60)) if one.kind == "activity"]


def test_rival_and_nobody_have_no_work(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.rival)
    page = client.get(reverse("transition:work"))
    assert "No work within two weeks" in page.content.decode()
    assert client.get("/api/transition/work").json()["activities"] == []


@pytest.mark.parametrize("size", ["light", "complex"])
def test_my_work_asks_as_often_for_a_short_plan_as_for_a_long_one(
    size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size, make_cast())
    client.force_login(programme.cast.owner)
    client.get(reverse("transition:work"))
    with django_assert_num_queries(ASKED_BY_MY_WORK):
        assert client.get(reverse("transition:work")).status_code == 200
