"""Waves by programs: added, read with how they stand, amended, taken out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.transition.programme import AT

from handfast.foundation.scope import entered
from handfast.transition.actions import simulate_now

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


def sent(client: Client, method: str, place: str, body: Any = None) -> HttpResponse:
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/transition{place}", data, content_type="application/json")


def test_wave_is_added_read_amended_and_taken_out(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    here = f"/engagements/{programme.cast.engagement.pk}/waves"
    assert sent(client, "GET", here).json() == {"waves": [], "warnings": []}
    with entered(programme.client.reach):
        seen = programme.plan().seen_as
    given = {"as_seen": seen, "name": "Kraków", "criticality": 1, "starts_on": "2026-09-07"}
    assert sent(client, "POST", here, given | {"percent": 1}).json()["code"] == "activity-refused"
    made = sent(client, "POST", here, given)
    assert (made.status_code, made.json()["number"]) == (201, 2)
    assert sent(client, "POST", here, given).json()["code"] == "conflict"
    simulate_now(programme.cast.engagement.pk, at=AT, runs=100)
    told = sent(client, "GET", here).json()
    first, second = told["waves"]
    assert (first["activities"], second["activities"], second["done"]) == (33, 33, 0)
    assert first["live_at"] < second["live_at"] <= second["odds"]["p90_at"]
    assert len(told["warnings"]) == 1
    place = f"/waves/{second['id']}"
    changed = sent(client, "PUT", place, {"as_seen": "1", "criticality": 2})
    assert changed.json()["criticality"] == 2
    assert sent(client, "PUT", place, {"as_seen": "1", "name": "Other"}).json()["code"] == "conflict"
    assert sent(client, "POST", f"{place}/removal", {"as_seen": "2"}).status_code == 204
    assert sent(client, "GET", here).json()["waves"] == []
