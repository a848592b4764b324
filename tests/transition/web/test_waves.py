"""The pages of the waves, and the plan seen one wave at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.transition.programme import BEGINS, programme_of

from handfast.foundation.scope import entered
from handfast.transition.actions import simulate_now
from handfast.transition.models import Activity, Wave

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db
OK, DONE, REFUSED, CONFLICT = 200, 302, 422, 409
GIVEN = {
    "name": "Kraków", "carries": "German and Polish", "criticality": "1", "starts_on": "2026-09-07", "percent": "100",
    "steps": ["knowledge", "go_live"],
}  # fmt: skip


def address(programme: Programme, name: str, *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def page_of(client: Client, programme: Programme, name: str, *more: object) -> str:
    return client.get(address(programme, name, *more)).content.decode()


def sent(client: Client, programme: Programme, given: dict[str, Any]) -> HttpResponse:
    with entered(programme.client.reach):
        seen = programme.plan().seen_as
    return client.post(address(programme, "wave_add"), {"as_seen": seen} | given, follow=True)


def the_second() -> Wave:
    return Wave.objects.get(number=2)


@pytest.fixture
def signed_in(client: Client, programme: Programme) -> Client:
    client.force_login(programme.cast.owner)
    return client


def test_plan_of_one_wave_shows_no_waves(signed_in: Client, programme: Programme) -> None:
    shown = page_of(signed_in, programme, "plan")
    assert "Wave 1" not in shown
    assert "How they stand" not in shown
    assert "One wave" in page_of(signed_in, programme, "waves")
    assert address(programme, "wave_add") in page_of(signed_in, programme, "frame")


def test_wave_is_added_and_the_plan_is_seen_one_wave_at_a_time(
    signed_in: Client, programme: Programme
) -> None:
    answer = sent(signed_in, programme, GIVEN)
    assert "more critical than" in answer.content.decode()  # the first one is of medium criticality
    overview = page_of(signed_in, programme, "waves")
    missing = [one for one in ("German and Polish", "First wave", "not simulated") if one not in overview]
    assert missing == []
    assert "more critical than" in overview
    with entered(programme.client.reach):
        copy, first = programme.activity("w2.train.product"), programme.activity("write.tone")
        Activity.objects.filter(pk=copy.pk).update(name="Train the second time")
        Activity.objects.filter(pk=first.pk).update(name="Tone of the first")
    for asked, told, untold in (
        ("?wave=2", "Train the second time", "Tone of the first"),
        ("?wave=1", "Tone of the first", "Train the second time"),
        ("?wave=nothing", "Tone of the first", "Train the second time"),
        ("?wave=99", "Tone of the first", "Train the second time"),
    ):
        shown = signed_in.get(address(programme, "plan") + asked).content.decode()
        assert told in shown
        assert untold not in shown
    every = signed_in.get(address(programme, "plan") + "?wave=all&zoom=days").content.decode()
    assert "Train the second time" in every
    assert "Tone of the first" in every
    assert "Wave 2: Train" in every
    assert "?zoom=days&amp;wave=2" in every
    assert "Transition / Wave 2" in signed_in.get(address(programme, "plan") + "?wave=2").content.decode()


def test_wave_tells_its_go_live_and_its_odds(signed_in: Client, programme: Programme) -> None:
    sent(signed_in, programme, GIVEN)
    with entered(programme.client.reach):
        live = programme.dates("w2.golive.full").ends_at
    simulate_now(programme.cast.engagement.pk, at=programme.cast.engagement.opened_at, runs=200)
    overview = page_of(signed_in, programme, "waves")
    assert f"{live.day} {live:%b %Y}" in overview
    assert "not simulated" not in overview


def test_wave_is_amended_and_taken_out(signed_in: Client, programme: Programme) -> None:
    sent(signed_in, programme, GIVEN)
    with entered(programme.client.reach):
        wave = the_second()
    given = {"name": "Wrocław", "criticality": "2", "starts_on": "2026-10-05", "as_seen": wave.seen_as}
    assert signed_in.get(address(programme, "wave", wave.pk)).status_code == OK
    assert signed_in.post(address(programme, "wave", wave.pk), given).status_code == DONE
    assert signed_in.post(address(programme, "wave", wave.pk), given).status_code == CONFLICT
    assert "Wrocław" in page_of(signed_in, programme, "waves")
    given["as_seen"] = "2"
    assert signed_in.post(address(programme, "wave", wave.pk), given).status_code == REFUSED
    assert (
        signed_in.post(address(programme, "wave_remove", wave.pk), {"as_seen": "1"}).status_code == CONFLICT
    )
    assert signed_in.post(address(programme, "wave_remove", wave.pk), {"as_seen": "2"}).status_code == DONE
    assert "One wave" in page_of(signed_in, programme, "waves")


def test_first_wave_has_no_start_of_its_own(signed_in: Client, programme: Programme) -> None:
    sent(signed_in, programme, GIVEN)
    with entered(programme.client.reach):
        first = Wave.objects.get(number=1)
    assert 'name="starts_on"' not in page_of(signed_in, programme, "wave", first.pk)
    given = {"name": "Novi Sad", "criticality": "1", "as_seen": first.seen_as}
    assert signed_in.post(address(programme, "wave", first.pk), given).status_code == DONE
    assert "go first" not in page_of(signed_in, programme, "waves")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("steps", []), ("percent", "1000"), ("starts_on", "soon"), ("criticality", "9")],
)
def test_wave_that_cannot_be_added_is_told_beside_its_field(
    signed_in: Client, programme: Programme, field: str, value: object
) -> None:
    answer = sent(signed_in, programme, GIVEN | {field: value})
    assert answer.status_code == REFUSED
    assert f'id="id_{field}_error"' in answer.content.decode()
    with entered(programme.client.reach):
        assert not Wave.objects.exists()


def test_activity_is_added_to_a_wave(signed_in: Client, programme: Programme) -> None:
    assert 'name="wave"' not in page_of(signed_in, programme, "add")
    sent(signed_in, programme, GIVEN)
    assert 'name="wave"' in page_of(signed_in, programme, "add")
    given = {
        "name": "Translate", "lead": "client", "low": "1d", "likely": "2d", "high": "3d", "audience": "shared",
    }  # fmt: skip
    for wave, number in (("2", 2), ("", 1)):
        answer = signed_in.post(
            address(programme, "add"), given | {"wave": wave, "name": f"Translate {number}"}
        )
        assert answer.status_code == DONE
        with entered(programme.client.reach):
            assert Activity.objects.get(name=f"Translate {number}").wave == number
    assert signed_in.post(address(programme, "add"), given | {"wave": "7"}).status_code == REFUSED


def test_rival_finds_no_waves(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    sent(client, programme, GIVEN)
    with entered(programme.client.reach):
        wave = the_second()
    client.force_login(programme.cast.rival)
    assert client.get(address(programme, "waves")).status_code == 404
    assert client.get(address(programme, "wave", wave.pk)).status_code == 404


def test_waves_page_asks_the_database_as_often_for_many_as_for_few(client: Client) -> None:
    programme = programme_of("light")
    client.force_login(programme.cast.owner)
    with entered(programme.client.reach):
        plan = programme.plan()
    counts = []
    for last in (2, 16):
        with entered(programme.client.reach):
            Wave.objects.all().delete()
            Wave.objects.bulk_create(
                Wave(space_id=plan.space_id, plan=plan, number=number, name="W", starts_on=BEGINS)
                for number in range(1, last)
            )
        page_of(client, programme, "waves")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, programme, "waves")
        counts.append(len(asked))
    assert counts[0] == counts[1]
