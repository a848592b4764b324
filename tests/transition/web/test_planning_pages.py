"""Adding, linking, freezing and signing by the pages, as either side meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.transition.programme import programme_of

from handfast.foundation.scope import entered
from handfast.transition.models import Activity, Freeze, Link

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db
OK, DONE, REFUSED, FORBIDDEN = 200, 302, 422, 403
GIVEN = {"name": "Ask the works council", "lead": "client", "low": "2d", "likely": "3d", "high": "5d"}


def address(programme: Programme, name: str, *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def sent(client: Client, programme: Programme, name: str, given: dict[str, Any], *more: object) -> int:
    return client.post(address(programme, name, *more), given).status_code


def seen_as(programme: Programme) -> str:
    with entered(programme.client.reach):
        return programme.plan().seen_as


def test_own_business_is_added_by_its_side_and_not_on_the_page_of_the_other(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.owner)
    assert sent(client, programme, "add", GIVEN | {"audience": "own"}) == DONE
    assert GIVEN["name"] in client.get(address(programme, "plan")).content.decode()
    with entered(programme.client.reach):
        made = Activity.objects.get(name=GIVEN["name"])
    client.force_login(programme.cast.delivery)
    assert GIVEN["name"] not in client.get(address(programme, "plan")).content.decode()
    assert client.get(address(programme, "activity", made.pk)).status_code == 404


def test_shared_activity_is_added_linked_unlinked_and_removed(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    assert sent(client, programme, "add", GIVEN | {"audience": "shared"}) == DONE
    with entered(programme.client.reach):
        made, goal = Activity.objects.get(name=GIVEN["name"]), programme.activity("prepare.goal")
    assert client.get(address(programme, "link", made.pk)).status_code == OK
    wanted = {"before": str(goal.pk), "kind": "FS", "lag": "-1d", "lag_on": "elapsed"}
    assert sent(client, programme, "link", wanted | {"lag": "soon"}, made.pk) == REFUSED
    assert sent(client, programme, "link", wanted, made.pk) == DONE
    with entered(programme.client.reach):
        link = Link.objects.get(after_id=made.pk)
    assert sent(client, programme, "unlink", {}, link.pk) == DONE
    assert sent(client, programme, "remove", {"as_seen": "1"}, made.pk) == DONE
    with entered(programme.client.reach):
        assert not Link.objects.filter(after_id=made.pk).exists()
        assert Activity.objects.get(pk=made.pk).removed_at is not None


def test_each_side_sets_its_own_week_and_people_and_freezes_are_declared_and_lifted(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.owner)
    week = {"hours": "08:00-16:00", "country": "CA", "subdivision": "ON", "as_seen": seen_as(programme)}
    assert sent(client, programme, "calendar", week) == DONE
    assert sent(client, programme, "calendar", week) == 409
    week["as_seen"] = seen_as(programme)
    assert sent(client, programme, "calendar", week | {"country": "QQ"}) == REFUSED
    people = {"role": "process owner", "number": "2", "as_seen": seen_as(programme)}
    assert sent(client, programme, "people", people) == DONE
    assert (
        sent(client, programme, "start", {"starts_on": "2026-06-01", "as_seen": seen_as(programme)}) == DONE
    )
    peak = {"name": "Peak season", "first_on": "2026-07-01", "last_on": "2026-07-10", "percent": "0"}
    assert sent(client, programme, "freeze", peak | {"last_on": "2026-06-01"}) == REFUSED
    assert sent(client, programme, "freeze", peak | {"as_seen": seen_as(programme)}) == DONE
    page = client.get(address(programme, "frame")).content.decode()
    assert [
        word
        for word in ("08:00-16:00", "2 × process owner", "Peak season", "10 Jul 2026")
        if word not in page
    ] == []
    with entered(programme.client.reach):
        freeze = Freeze.objects.get()
    assert sent(client, programme, "lift", {}, freeze.pk) == DONE


def test_baseline_is_proposed_by_one_side_and_signed_by_the_other(
    client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.owner)
    assert sent(client, programme, "propose_baseline", {"as_seen": seen_as(programme)}) == DONE
    assert client.get(address(programme, "baseline")).status_code == FORBIDDEN
    client.force_login(programme.cast.delivery)
    assert client.get(address(programme, "baseline")).status_code == OK
    assert sent(client, programme, "baseline", {"typed": "7", "as_seen": seen_as(programme)}) == REFUSED
    assert sent(client, programme, "baseline", {"typed": "1", "as_seen": seen_as(programme)}) == DONE
    assert "Baseline 1, agreed" in client.get(address(programme, "plan")).content.decode()


def test_plan_asks_the_database_as_often_for_many_activities_as_for_few(client: Client) -> None:
    counts = {}
    few = programme_of("light")
    with entered(few.client.reach):
        keep = few.activity("write.tone").pk
        Activity.objects.exclude(pk=keep).update(removed_at=few.plan().made_at)
    client.force_login(few.cast.owner)
    for size in ("one", "all"):
        client.get(address(few, "plan"))  # what is read once is read now
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(few, "plan")).status_code == OK
        counts[size] = len(asked)
        with entered(few.client.reach):
            Activity.objects.update(removed_at=None)
    assert counts["one"] == counts["all"]
