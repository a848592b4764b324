"""The status: milestones that slip, what is late and whose move it is, colours that are computed and overridden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    add_wave,
    agree_baseline,
    lift_rag,
    override_rag,
    propose_baseline,
    report_progress,
)
from handfast.transition.models import Activity, Step, StepStatus
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.standing import standing_of
from handfast.transition.queries.told import day_in
from handfast.transition.refusals import StatusLapsed, StatusRefused

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.foundation.actor import Actor
    from handfast.transition.queries.standing import Standing, StepStanding

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross
ASKED_BY_THE_STATUS = 24
ON = date(2026, 5, 5)

pytestmark = pytest.mark.django_db


def _agreed(programme: Programme) -> None:
    """The dates of now are the baseline."""
    with entered(programme.provider.reach):
        propose_baseline(programme.provider, programme.plan(), at=AT)
    with entered(programme.client.reach):
        agree_baseline(programme.client, programme.plan(), typed="1", at=AT)


def _late_start(programme: Programme, key: str, on: date = date(2026, 5, 15)) -> None:
    """The first activity begins on a later day than agreed, and it is told at once."""
    with entered(programme.client.reach):
        goal = programme.activity(key)
        at = datetime(on.year, on.month, on.day, 16, tzinfo=UTC)
        report_progress(
            programme.client, goal, started_on=on, finished_on=None, remaining="", on=on, at=at
        )  # fmt: skip
    programme.date()


def _standing(programme: Programme, on: date = ON, actor: Actor | None = None) -> Standing:
    with entered((actor or programme.client).reach):
        return standing_of(rows_of(programme.plan()), on=on)


def _step(programme: Programme, key: str, on: date = ON) -> StepStanding:
    return next(one for one in _standing(programme, on).steps if one.step.key == key)


def _said(programme: Programme, actor: Actor | None = None, **other: Any) -> StepStatus:
    values: dict[str, Any] = {
        "wave": 1, "rag": "red", "reason": "The new hires left", "path_to_green": "Four more by Friday",
        "until_on": date(2026, 4, 24), "at": AT,
    }  # fmt: skip
    actor = actor or programme.client
    with entered(actor.reach):
        return override_rag(actor, Step.objects.get(key="launch"), **(values | other))


def _seen(client: Client, programme: Programme, *, by_provider: bool = False) -> str:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    page = client.get(reverse("transition:status", args=[programme.cast.engagement.pk]))
    assert page.status_code == 200
    return page.content.decode()


def test_nothing_is_rated_before_a_baseline_and_all_is_green_right_after_it(programme: Programme) -> None:
    assert {one.computed.colour for one in _standing(programme, AT.date()).steps} == {"unrated"}
    _agreed(programme)
    assert {one.computed.colour for one in _standing(programme, AT.date()).steps} == {"green"}
    assert _standing(programme, AT.date()).slips == ()


def test_milestone_that_slips_is_told_in_working_days_of_its_lead() -> None:
    programme = programme_of("standard")
    _agreed(programme)
    with entered(programme.client.reach):
        first = min(
            (one for one in Activity.objects.filter(kind="work").exclude(lead="provider")),
            key=lambda one: (one.baseline_starts_at, one.position),
        )
    assert not _standing(programme).slips
    _late_start(programme, first.key)
    found = _standing(programme, date(2026, 5, 15))
    assert found.slips
    with entered(programme.client.reach):
        for one in found.slips:
            forecast = programme.dates(one.activity.key).ends_at
            assert one.activity.baseline_ends_at < forecast
            weekdays = sum(
                (one.agreed_on + timedelta(days=day)).weekday() < 5
                for day in range(1, (one.ends_on - one.agreed_on).days + 1)
            )
            # No more than the days from Monday to Friday: holidays are fewer working days.
            assert 0 < one.later_days <= weekdays
    red = {one.step.key for one in found.steps if one.computed.colour == "red"}
    assert first.step_key in red


def test_what_is_late_waits_for_whoever_has_the_next_move(programme: Programme) -> None:
    later = date(2026, 5, 13)
    late = {one.activity.key: one for one in _standing(programme, later).late}
    goal, tasks = late["prepare.goal"], late["prepare.tasks"]
    assert (goal.waits_for, goal.before) == ("client", None)
    assert tasks.before is not None
    assert tasks.before.key == "prepare.goal"
    assert goal.days == 7  # 5 to 13 May
    assert not _standing(programme, date(2026, 5, 4)).late


def test_what_waits_for_internal_work_says_whose_and_never_what(client: Client, programme: Programme) -> None:
    with entered(programme.provider.reach):
        secret = programme.internal(programme.provider, "union", SECRET, lead="provider", likely="40d")
        programme.link(programme.provider, secret, programme.activity("people.team"))
    programme.date()
    later = date(2027, 1, 15)
    for actor in (programme.client, programme.provider):
        found = {one.activity.key: one for one in _standing(programme, later, actor).late}
        assert "union" not in found
        assert (found["people.team"].waits_for, found["people.team"].before) == ("provider", None)
    client.force_login(programme.cast.owner)
    here = reverse("transition:status", args=[programme.cast.engagement.pk])
    assert SECRET not in client.get(here).content.decode()
    assert (
        SECRET
        not in client.get(
            f"/api/transition/engagements/{programme.cast.engagement.pk}/status"
        ).content.decode()
    )


def test_both_sides_read_the_same_standing(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.internal(programme.client, "council", SECRET, lead="client", likely="60d")
    programme.date()
    _agreed(programme)
    ours, theirs = (_standing(programme, ON, one) for one in (programme.client, programme.provider))
    assert [(one.step.key, one.computed, one.facts) for one in ours.steps] == [
        (one.step.key, one.computed, one.facts) for one in theirs.steps
    ]


def test_colour_that_somebody_says_stands_beside_the_computed_one_until_it_lapses(
    client: Client, programme: Programme
) -> None:
    _said(programme)
    step = _step(programme, "launch", date(2026, 4, 24))
    assert (step.colour, step.computed.colour) == ("red", "unrated")
    assert _step(programme, "launch", date(2026, 4, 25)).colour == "unrated"
    with entered(programme.client.reach):
        StepStatus.objects.update(until_on=datetime.now(UTC).date() + timedelta(days=2))
    page = _seen(client, programme, by_provider=True)
    for said in ("The new hires left", "Path to green: Four more by Friday", "computed: "):
        assert said in page
    assert "Lift" not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"path_to_green": ""}, "path_to_green"),
        ({"path_to_green": "x" * 2001}, "path_to_green"),
        ({"rag": "blue"}, "rag"),
        ({"until_on": date(2026, 4, 15)}, "until_on"),
        ({"until_on": date(2026, 5, 15)}, "until_on"),
        ({"wave": 7}, "wave"),
    ],
)
def test_colour_without_reason_path_or_end_is_refused_by_its_field(
    programme: Programme, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(StatusRefused) as refused:
        _said(programme, **wrong)
    assert [name for name, _ in refused.value.fields] == [field]
    with entered(programme.client.reach):
        assert not StepStatus.objects.exists()


def test_what_is_computed_so_is_not_overridden(programme: Programme) -> None:
    _agreed(programme)
    with pytest.raises(StatusRefused, match="as computed"):
        _said(programme, rag="green")


def test_side_that_set_it_lifts_it_once_and_the_other_does_not(programme: Programme) -> None:
    said = _said(programme)
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        lift_rag(programme.provider, said, at=AT)
    with entered(programme.client.reach):
        lift_rag(programme.client, said, at=AT)
        assert _step(programme, "launch", AT.date()).said is None
        with pytest.raises(StatusLapsed):
            lift_rag(programme.client, StepStatus.objects.get(), at=AT)


def test_newer_word_of_either_side_stands(programme: Programme) -> None:
    _said(programme)
    _said(programme, programme.provider, rag="amber", at=AT + timedelta(hours=1))
    assert _step(programme, "launch", AT.date()).colour == "amber"


def test_page_takes_another_colour_and_tells_what_is_wrong_beside_its_field(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.owner)
    with entered(programme.client.reach):
        step, today = Step.objects.get(key="launch"), day_in(programme.plan(), datetime.now(UTC))
    here = reverse("transition:override", args=[programme.cast.engagement.pk, step.pk])
    assert "It was computed as" in client.get(f"{here}?wave=1").content.decode()
    given = {
        "wave": "1", "rag": "red", "reason": "They left", "path_to_green": "Hire four",
        "until_on": (today + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    refused = client.post(here, given)
    assert refused.status_code == 422
    assert "it lapses by itself" in refused.content.decode()
    given["until_on"] = today.isoformat()
    assert client.post(here, given).status_code == 302
    page = _seen(client, programme)
    assert "Hire four" in page
    with entered(programme.client.reach):
        made = StepStatus.objects.get()
    lift = reverse("transition:lift_override", args=[programme.cast.engagement.pk, made.pk])
    assert client.post(lift).status_code == 302
    assert "Hire four" not in _seen(client, programme)


def test_api_says_the_same_as_the_page(client: Client, programme: Programme) -> None:
    _agreed(programme)
    client.force_login(programme.cast.owner)
    here = f"/api/transition/engagements/{programme.cast.engagement.pk}/status"
    told = client.get(here).json()
    assert [one["key"] for one in told["steps"]] == [one.step.key for one in _standing(programme).steps]
    step = next(one for one in told["steps"] if one["key"] == "launch")
    given = {
        "rag": "amber" if step["computed"] != "amber" else "red",
        "reason": "They left",
        "path_to_green": "Hire",
        "until_on": told["on"],
    }
    made = client.post(f"{here}/steps/{step['id']}", given, content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get(here).json()["steps"][0]["said"]["reason"] == "They left"
    lifted = client.post(f"{here}/said/{made.json()['id']}/lifting")
    assert lifted.json()["lifted_at"]


def test_status_before_there_is_a_plan_says_what_belongs_here(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    page = client.get(reverse("transition:status", args=[cast.engagement.pk])).content.decode()
    assert "No status yet" in page


@pytest.mark.parametrize("size", ["light", "complex"])
def test_status_asks_as_often_for_a_short_plan_as_for_a_long_one(
    size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size)
    client.force_login(programme.cast.owner)
    here = reverse("transition:status", args=[programme.cast.engagement.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_THE_STATUS):
        assert client.get(here).status_code == 200


def test_waves_that_still_run_stand_before_those_that_are_done(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        values = {"name": "Second", "criticality": 2, "starts_on": date(2026, 9, 7)}
        add_wave(programme.client, plan, values=values, steps=["knowledge"], percent=100, at=AT)
        Activity.objects.filter(plan=plan, wave=1).update(started_on=ON, finished_on=ON)
    programme.date()
    client.force_login(programme.cast.owner)
    page = client.get(reverse("transition:status", args=[programme.cast.engagement.pk])).content.decode()
    assert -1 < page.index(">wave 2<") < page.index(">wave 1<")
