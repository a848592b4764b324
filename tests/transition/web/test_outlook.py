"""The page of the outlook, and the odds on the plan's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.transition.actions import simulate_now
from handfast.transition.models import Plan
from handfast.transition.queries.outlook import SIMULATE_PLAN

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross
ASKED_BY_THE_OUTLOOK = 22

pytestmark = pytest.mark.django_db


def _seen(client: Client, programme: Programme, name: str, *, by_provider: bool = False) -> str:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    page = client.get(reverse(f"transition:{name}", args=[programme.cast.engagement.pk]))
    assert page.status_code == 200
    return page.content.decode()


def _simulate(programme: Programme) -> None:
    simulate_now(programme.cast.engagement.pk, at=AT, runs=300)
    Outgoing.objects.filter(kind=SIMULATE_PLAN).update(done_at=AT)


def test_outlook_before_there_is_a_plan_says_what_belongs_here(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    page = client.get(reverse("transition:outlook", args=[cast.engagement.pk])).content.decode()
    assert "No outlook yet" in page
    assert "Make the plan" in page


def test_outlook_tells_how_far_a_simulation_is(client: Client, programme: Programme) -> None:
    rows = Outgoing.objects.filter(kind=SIMULATE_PLAN)
    assert rows.update(done_share=250, said="2,500 of 10,000 runs") == 1
    page = _seen(client, programme, "outlook")
    assert "2,500 of 10,000 runs" in page
    assert "25 %" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    _simulate(programme)
    done = client.get(reverse("transition:outlook_progress", args=[programme.cast.engagement.pk]))
    assert done["HX-Refresh"] == "true"


def test_outlook_says_the_odds_the_milestones_and_what_buys_most(client: Client) -> None:
    programme = programme_of("standard")
    _simulate(programme)
    page = _seen(client, programme, "outlook")
    assert "even odds by" in page
    assert "the likely path ends earlier, on" in page
    assert "nothing agreed" in page
    assert page.count('class="hf-odds-bar hf-odds-bar--even"') > 1
    assert "hf-odds-bar--rest" in page
    assert "Buys most if shortened" in page
    assert "Of older dates" not in page
    with entered(programme.client.reach):
        Plan.objects.update(dated_at=AT.replace(hour=11))
    assert "Of older dates" in _seen(client, programme, "outlook")


def test_plan_flags_the_odds_and_a_light_one_hides_them_behind_one_click(client: Client) -> None:
    programme = programme_of("standard")
    _simulate(programme)
    page = _seen(client, programme, "plan")
    assert "hf-gantt-p50-box" in page
    assert "hf-gantt-p80-box" in page
    assert "four chances in five by" in page
    with entered(programme.client.reach):
        Plan.objects.update(size="light")
    light = _seen(client, programme, "plan")
    assert "hf-gantt-p50-box" not in light
    assert "four chances in five by" not in light
    assert "How sure is that?" in light


def test_no_page_of_the_outlook_names_what_is_internal_to_the_other_side(
    client: Client, programme: Programme
) -> None:
    with entered(programme.client.reach):
        secret = programme.internal(programme.client, "council", SECRET, lead="client", likely="20d")
        secret.low, secret.high = "5d", "60d"
        secret.save()
        programme.link(programme.client, secret, programme.activity("prepare.goal"))
    programme.date()
    _simulate(programme)
    page = _seen(client, programme, "outlook", by_provider=True)
    assert "An internal activity of the client" in page
    assert SECRET not in page
    assert str(secret.pk) not in page


@pytest.mark.parametrize("size", ["light", "complex"])
def test_outlook_asks_as_often_for_a_short_plan_as_for_a_long_one(
    size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size)
    _simulate(programme)
    client.force_login(programme.cast.owner)
    here = reverse("transition:outlook", args=[programme.cast.engagement.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_THE_OUTLOOK):
        assert client.get(here).status_code == 200
