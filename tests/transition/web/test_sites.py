"""Sites with days of their own: who writes them, what runs on them, and how the picture tells them apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from handfast.foundation.scope import entered
from handfast.transition.models import Activity, Dates
from handfast.transition.queries.told import day_of

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db
DONE, REFUSED = 302, 422
KRAKOW = {"name": "Kraków", "zone": "Europe/Warsaw", "hours": "09:00-17:00", "country": "PL"}


def address(programme: Programme, name: str, *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def sent(client: Client, programme: Programme, name: str, given: dict[str, Any], *more: object) -> int:
    with entered(programme.client.reach):
        seen = {"as_seen": programme.plan().seen_as}
    return client.post(address(programme, name, *more), seen | given).status_code


def written(one: Activity, **changes: Any) -> dict[str, Any]:
    names = ("name", "lead", "low", "likely", "high", "site")
    return (
        {name: getattr(one, name) for name in names}
        | {"as_seen": one.seen_as, "reason": "it moves"}
        | changes
    )


def test_a_side_writes_its_own_site_changes_it_under_its_name_and_takes_it_away(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.delivery)
    assert sent(client, programme, "site", KRAKOW) == DONE
    assert sent(client, programme, "site", KRAKOW | {"hours": "08:00-16:00"}) == DONE
    with entered(programme.client.reach):
        sites = programme.plan().sites
    assert sites["provider"]["Kraków"]["hours"] == {"mon-fri": ["08:00-16:00"]}
    assert not sites.get("client")
    page = client.get(address(programme, "frame")).content.decode()
    assert "Kraków" in page
    assert "Europe/Warsaw" in page
    assert sent(client, programme, "site_remove", {"name": "Kraków"}) == DONE
    assert sent(client, programme, "site_remove", {"name": "Kraków"}) == REFUSED
    with entered(programme.client.reach):
        assert programme.plan().sites["provider"] == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Europe/Cracow"}, "zone"),
        ({"country": "QQ"}, "QQ"),
        ({"hours": "17:00-09:99"}, "hours"),
        ({"name": "x" * 81}, "80"),
        ({"name": ""}, "required"),
    ],
)
def test_a_site_that_cannot_be_planned_with_is_refused_and_nothing_changes(
    client: Client, programme: Programme, wrong: dict[str, str], said: str
) -> None:
    client.force_login(programme.cast.delivery)
    with entered(programme.client.reach):
        before = programme.plan().version
        seen = {"as_seen": programme.plan().seen_as}
    answer = client.post(address(programme, "site"), seen | KRAKOW | wrong)
    assert answer.status_code == REFUSED
    assert said in answer.content.decode()
    with entered(programme.client.reach):
        assert programme.plan().version == before


def test_the_other_side_neither_writes_nor_removes_a_site_of_mine(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.delivery)
    sent(client, programme, "site", KRAKOW)
    client.force_login(programme.cast.owner)
    assert sent(client, programme, "site_remove", {"name": "Kraków"}) == REFUSED
    with entered(programme.client.reach):
        plan = programme.plan()
    assert "Remove Kraków" not in client.get(address(programme, "frame")).content.decode()
    answer = client.put(
        f"/api/transition/engagements/{programme.cast.engagement.pk}/plan",
        {"as_seen": plan.seen_as, "sites": {"provider": {}}},
        content_type="application/json",
    )
    assert answer.status_code == 403
    with entered(programme.client.reach):
        assert "Kraków" in programme.plan().sites["provider"]


def test_work_at_a_site_stands_still_on_its_holiday_and_only_its_row_shows_that(
    client: Client, programme: Programme
) -> None:
    """Corpus Christi, 4 June 2026, is free in Kraków and not in Novi Sad: two days from the Wednesday end a day later."""
    client.force_login(programme.cast.delivery)
    sent(client, programme, "site", KRAKOW)
    fit_out = {
        "audience": "own",
        "name": "Fit out the floor",
        "lead": "provider",
        "not_before_on": "2026-06-03",
    }
    assert sent(client, programme, "add", fit_out | {"low": "2d", "likely": "2d", "high": "2d"}) == DONE
    with entered(programme.provider.reach):
        made = Activity.objects.get(name="Fit out the floor")
        assert day_of(Dates.objects.get(activity_id=made.pk).ends_at, "Europe/Belgrade") == date(2026, 6, 4)
    assert "hf-gantt-site" not in client.get(address(programme, "plan")).content.decode()
    moved = written(made, site="Kraków", not_before_on="2026-06-03")
    assert sent(client, programme, "change", moved, made.pk) == DONE
    with entered(programme.provider.reach):
        assert day_of(Dates.objects.get(activity_id=made.pk).ends_at, "Europe/Belgrade") == date(2026, 6, 5)
    picture = client.get(address(programme, "plan")).content.decode()
    assert picture.count('class="hf-gantt-site"') >= 1
    client.force_login(programme.cast.owner)
    assert "hf-gantt-site" not in client.get(address(programme, "plan")).content.decode()


def test_a_site_in_use_stays_and_says_who_works_there(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.delivery)
    sent(client, programme, "site", KRAKOW)
    assert sent(client, programme, "add", {
        "audience": "own", "name": "Fit out the floor", "lead": "provider", "low": "2d", "likely": "3d", "high": "5d",
    }) == DONE  # fmt: skip
    with entered(programme.provider.reach):
        made = Activity.objects.get(name="Fit out the floor")
    assert sent(client, programme, "change", written(made, site="Łódź"), made.pk) == REFUSED
    assert sent(client, programme, "change", written(made, site="Kraków"), made.pk) == DONE
    with entered(programme.provider.reach):
        assert Activity.objects.get(pk=made.pk).site == "Kraków"
        assert Dates.objects.filter(activity_id=made.pk).exists()
        seen = {"as_seen": programme.plan().seen_as}
    answer = client.post(address(programme, "site_remove"), seen | {"name": "Kraków"})
    assert answer.status_code == REFUSED
    assert "Fit out the floor" in answer.content.decode()
