"""The API tells what the plan foresees: odds, demand and both sides' year, each as far as the caller sees."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.scope import entered
from handfast.transition.actions import simulate_now

if TYPE_CHECKING:
    from django.test import Client

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross

pytestmark = pytest.mark.django_db


def _told(client: Client, programme: Programme, what: str, *, by_provider: bool = False) -> Any:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    return client.get(f"/api/transition/engagements/{programme.cast.engagement.pk}/plan/{what}")


def test_outlook_is_a_conflict_before_the_first_simulation_and_then_tells_the_odds(
    client: Client, programme: Programme
) -> None:
    assert _told(client, programme, "outlook").status_code == 409
    simulate_now(programme.cast.engagement.pk, at=AT, runs=200)
    told = _told(client, programme, "outlook").json()
    assert (told["runs"], told["is_stale"]) == (200, False)
    assert told["live"]["p10_at"] <= told["live"]["p50_at"] <= told["live"]["p90_at"]
    assert sum(one["runs"] for one in told["bars"]) == 200


def test_demand_counts_what_is_internal_for_its_own_side_alone(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "council", SECRET, lead="client", likely="3d")
        own.needs = [{"role": "labour lawyer", "side": "client", "number": 1}]
        own.save()
    programme.date()
    mine = [one for one in _told(client, programme, "demand").json() if one["role"] == "labour lawyer"]
    assert sum(Decimal(one["days"]) for one in mine) == 3
    theirs = _told(client, programme, "demand", by_provider=True)
    assert "labour lawyer" not in theirs.content.decode()
    assert theirs.json()


def test_year_tells_holidays_shared_hours_and_one_best_window(client: Client, programme: Programme) -> None:
    told = _told(client, programme, "year?year=2026").json()
    assert {"on": "2026-05-18", "side": "client", "name": "Victoria Day"} in told["closed"]
    assert {"on": "2026-03-09", "open_us": 3 * 3_600_000_000} in told["shared"]
    assert [one["weekday"] for one in told["windows"]] == [0, 1, 2, 3, 4]
    assert sum(one["is_best"] for one in told["windows"]) == 1
    assert _told(client, programme, "year").json()["year"] == 2026
    assert _told(client, programme, "year?year=9999").status_code == 422
