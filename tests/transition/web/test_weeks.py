"""The weekly status: frozen once a week by the worker, as page, mail and slide, with nothing internal in it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import rfc8785
from django.core import mail
from django.urls import reverse
from pptx import Presentation
from tests.factories.cast import make_cast
from tests.records.deal import work
from tests.transition.programme import AT, Programme, programme_of

from handfast.engagement.models import Engagement
from handfast.foundation.models import Outgoing
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    ask_for_weeks,
    freeze_week,
    remark_on_week,
    report_progress,
    stop_weeks,
)
from handfast.transition.models import Activity, Plan, WeeklyStatus
from handfast.transition.queries.weeks import FREEZE_WEEK, evening_of, next_friday
from handfast.transition.refusals import StatusRefused

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross
FIRST, SECOND = date(2026, 4, 17), date(2026, 4, 24)
ASKED_BY_THE_WEEKS = 19

pytestmark = pytest.mark.django_db


def _friday(programme: Programme, on: date = FIRST) -> None:
    """The worker on the evening of a Friday."""
    with entered(programme.client.reach):
        at = evening_of(programme.plan(), on)
    work(at + timedelta(minutes=1))


def _week(programme: Programme, on: date = FIRST) -> WeeklyStatus:
    with entered(programme.client.reach):
        return WeeklyStatus.objects.get(ends_on=on)


def _pages(
    client: Client, programme: Programme, week: WeeklyStatus, *, by_provider: bool = False
) -> dict[str, bytes]:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    deal = programme.cast.engagement.pk
    places = {
        "weeks": reverse("transition:weeks", args=[deal]),
        "week": reverse("transition:week", args=[deal, week.pk]),
        "slide": reverse("transition:slide", args=[deal, week.pk]),
        "api": f"/api/transition/engagements/{deal}/weeks/{week.pk}",
    }
    return {name: client.get(place).content for name, place in places.items()}


def test_week_ends_on_the_first_friday_whose_evening_is_to_come(programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        assert next_friday(plan, AT) == FIRST
        evening = evening_of(plan, FIRST)
        assert next_friday(plan, evening - timedelta(seconds=1)) == FIRST
        assert next_friday(plan, evening) == SECOND


def test_worker_freezes_a_week_once_and_plants_the_next(programme: Programme) -> None:
    _friday(programme)
    week = _week(programme)
    assert week.digest == sha256(rfc8785.dumps(week.body)).hexdigest()
    assert Outgoing.objects.filter(kind=FREEZE_WEEK, done_at__isnull=True).count() == 1
    _friday(programme)
    assert _week(programme).frozen_at == week.frozen_at
    _friday(programme, SECOND)
    assert _week(programme, SECOND).body["since"] == FIRST.isoformat()


def test_weeks_that_were_missed_are_caught_up_by_one_status(programme: Programme) -> None:
    _friday(programme, date(2026, 5, 8))
    with entered(programme.client.reach):
        assert [one.ends_on for one in WeeklyStatus.objects.all()] == [date(2026, 5, 8)]
    rows = Outgoing.objects.filter(kind=FREEZE_WEEK, done_at__isnull=True)
    assert [row.key.rpartition(":")[2] for row in rows] == ["2026-05-15"]


def test_frozen_week_stays_as_it_was_and_the_next_one_says_what_moved(programme: Programme) -> None:
    _friday(programme)
    kept = _week(programme).body
    with entered(programme.client.reach):
        programme.propose(programme.client, "golive.ready", not_before_on=date(2026, 7, 1))
        Activity.objects.filter(key="golive.ready").update(not_before_on=date(2026, 8, 3))
    programme.date()
    _friday(programme, SECOND)
    assert _week(programme).body == kept
    moved = {one["name"]: one for one in _week(programme, SECOND).body["moved"]}
    with entered(programme.client.reach):
        ready = programme.activity("golive.ready")
    line = moved[ready.name]
    assert line["from"] == kept["ends"][str(ready.pk)]
    assert line["to"] > line["from"]
    assert line["days"] == (date.fromisoformat(line["to"]) - date.fromisoformat(line["from"])).days
    decisions = _week(programme, SECOND).body["decisions"]
    assert [(one["kind"], one["waits_for"]) for one in decisions] == [("change", "provider")]


def test_week_of_a_sample_is_the_one_before_its_last_status(programme: Programme) -> None:
    with entered(programme.client.reach):
        Plan.objects.filter(pk=programme.plan_id).update(as_of_on=FIRST - timedelta(days=2))
        Engagement.objects.filter(pk=programme.cast.engagement.pk).update(is_sample=True)
    for friday in (SECOND, SECOND + timedelta(days=140)):
        _friday(programme, friday)
    with entered(programme.client.reach):
        assert [one.ends_on for one in WeeklyStatus.objects.all()] == [FIRST - timedelta(days=7)]


def test_freeze_that_waits_is_a_decision_of_the_week(programme: Programme) -> None:
    with entered(programme.provider.reach):
        programme.freeze(programme.provider)
    _friday(programme)
    assert [(one["kind"], one["name"], one["waits_for"]) for one in _week(programme).body["decisions"]] == [
        ("freeze", "Peak season", "client")
    ]


def test_week_says_what_was_done_in_it_and_what_begins(programme: Programme) -> None:
    _friday(programme, date(2026, 5, 1))
    assert _week(programme, date(2026, 5, 1)).body["next"]
    with entered(programme.client.reach):
        goal = programme.activity("prepare.goal")
        report_progress(
            programme.client, goal, started_on=date(2026, 5, 4), finished_on=date(2026, 5, 5), remaining="",
            on=date(2026, 5, 5), at=datetime(2026, 5, 5, 18, tzinfo=UTC),
        )  # fmt: skip
    programme.date()
    _friday(programme, date(2026, 5, 8))
    body = _week(programme, date(2026, 5, 8)).body
    assert [one["name"] for one in body["done"]] == [goal.name]
    assert goal.name not in {one["name"] for one in body["late"]}
    assert body["late"]


def test_nothing_internal_of_either_side_is_in_page_mail_slide_or_body(
    client: Client, programme: Programme
) -> None:
    for actor, side, key in (
        (programme.client, "client", "prepare.goal"), (programme.provider, "provider", "people.team"),
    ):  # fmt: skip
        with entered(actor.reach):
            own = programme.internal(actor, f"secret.{side}", f"{SECRET} {side}", lead=side, likely="20d")
            programme.link(actor, own, programme.activity(key))
            ask_for_weeks(actor, programme.plan(), at=AT)
    programme.date()
    _friday(programme, date(2026, 5, 15))
    week = _week(programme, date(2026, 5, 15))
    told = [json.dumps(week.body).encode()]
    for by_provider in (False, True):
        told += _pages(client, programme, week, by_provider=by_provider).values()
    sent = [one for one in mail.outbox if "weekly status" in one.subject]
    assert len(sent) == 2
    told += [str(one.body).encode() for one in sent]
    with zipfile.ZipFile(io.BytesIO(_pages(client, programme, week)["slide"])) as packed:
        told += [packed.read(name) for name in packed.namelist()]
    assert not [one for one in told if b"works council" in one or b"severance" in one]


def test_slide_opens_and_holds_the_week_on_one_page(client: Client, programme: Programme) -> None:
    _friday(programme, date(2026, 5, 15))
    week = _week(programme, date(2026, 5, 15))
    deck = Presentation(io.BytesIO(_pages(client, programme, week)["slide"]))
    assert len(deck.slides) == 1
    said = "\n".join(shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    for heading in (
        "Done",
        "Late",
        "Next week",
        "Moved",
        "Decisions needed",
        "Steps",
        week.digest,
        "Lumen and Danube Care",
    ):
        assert heading in said
    within = (shape.left + shape.width <= deck.slide_width for shape in deck.slides[0].shapes)
    assert all(within)
    assert deck.core_properties.author == "Handfast"
    assert deck.core_properties.last_modified_by == "Handfast"


def test_remark_of_each_side_goes_into_the_week_and_both_read_it(
    client: Client, programme: Programme
) -> None:
    for actor, text in (
        (programme.client, "Payroll closes on Thursday"),
        (programme.provider, "Two trainers are ill"),
    ):
        with entered(actor.reach):
            remark_on_week(actor, programme.plan(), text="first", at=AT)
            remark_on_week(actor, programme.plan(), text=text, at=AT)
    _friday(programme)
    page = _pages(client, programme, _week(programme))["week"].decode()
    assert "Payroll closes on Thursday" in page
    assert "Two trainers are ill" in page
    with entered(programme.client.reach):
        later = remark_on_week(programme.client, programme.plan(), text=" ", at=AT + timedelta(days=3))
        assert (later.ends_on, later.remarks) == (SECOND, {})
        with pytest.raises(StatusRefused):
            remark_on_week(programme.client, programme.plan(), text="x" * 1001, at=AT)


def test_mail_goes_to_those_who_asked_until_they_stop_and_are_members(programme: Programme) -> None:
    with entered(programme.client.reach):
        reader = ask_for_weeks(programme.client, programme.plan(), at=AT)
        with pytest.raises(Conflict):
            ask_for_weeks(programme.client, programme.plan(), at=AT)
    _friday(programme)
    sent = [one for one in mail.outbox if "weekly status" in one.subject]
    assert [one.to for one in sent] == [[programme.cast.owner.email]]
    assert "Done" in str(sent[0].body)
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        stop_weeks(programme.provider, reader, at=AT)
    with entered(programme.client.reach):
        stop_weeks(programme.client, reader, at=AT)
    _friday(programme, SECOND)
    assert len([one for one in mail.outbox if "weekly status" in one.subject]) == 1


def test_nobody_freezes_a_week_by_hand(programme: Programme) -> None:
    with entered(programme.client.reach), pytest.raises(NotPermitted):
        freeze_week(programme.client, programme.plan(), ends_on=FIRST, body={}, at=AT)


def test_page_keeps_a_remark_and_the_place_on_the_list(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    deal = programme.cast.engagement.pk
    here = reverse("transition:weeks", args=[deal])
    assert client.post(here, {"text": "Payroll closes"}).status_code == 302
    assert "Payroll closes" in client.get(here).content.decode()
    assert client.post(here, {"text": "x" * 1001}).status_code == 422
    assert client.post(reverse("transition:read_weeks", args=[deal])).status_code == 302
    page = client.get(here).content.decode()
    assert "Stop mailing it to me" in page
    leave = reverse("transition:leave_weeks", args=[deal])
    assert [client.post(leave).status_code for _ in range(2)] == [302, 409]
    readers = f"/api/transition/engagements/{deal}/weeks/readers"
    assert client.post(readers).status_code == 201
    assert [client.post(f"{readers}/removal").status_code for _ in range(2)] == [204, 409]
    told = client.post(
        f"/api/transition/engagements/{deal}/weeks/remark", {"text": "Other"}, content_type="application/json"
    )
    assert told.json()["remarks"]["client"]["text"] == "Other"


def test_weeks_before_there_is_a_plan_say_what_belongs_here(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    page = client.get(reverse("transition:weeks", args=[cast.engagement.pk])).content.decode()
    assert "No weeks yet" in page


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_weeks_asks_as_often_for_one_as_for_thirty(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of("light")
    _friday(programme)
    week = _week(programme)
    with entered(programme.client.reach):
        for number in range(1, count):
            WeeklyStatus.objects.create(
                space_id=week.space_id, plan_id=week.plan_id, body=week.body, digest=week.digest,
                frozen_at=week.frozen_at, ends_on=FIRST - timedelta(days=7 * number),
            )  # fmt: skip
    client.force_login(programme.cast.owner)
    here = reverse("transition:weeks", args=[programme.cast.engagement.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_THE_WEEKS):
        assert client.get(here).content.decode().count("PPTX") == count


def test_status_says_what_moved_since_a_chosen_week(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    here = reverse("transition:status", args=[programme.cast.engagement.pk])
    assert "the first one is frozen on Friday evening" in client.get(here).content.decode()
    _friday(programme)
    assert "Everything ends on the day on which it ended then" in client.get(here).content.decode()
    with entered(programme.client.reach):
        Activity.objects.filter(key="golive.ready").update(not_before_on=date(2026, 8, 3))
    programme.date()
    assert "days later" in client.get(here).content.decode().split("What moved")[1]
    _friday(programme, SECOND)
    assert "Everything ends on the day" in client.get(here).content.decode()
    chosen = client.get(f"{here}?since={_week(programme).pk}").content.decode()
    assert "days later" in chosen.split("What moved")[1]
