"""What was agreed, by pages and by the API: taken in with one button, told where it stands, refused where it is fixed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.contract.promises import agreed
from tests.transition.programme import programme_of

from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


def here(programme: Programme, name: str, *more: object) -> str:
    return reverse(f"transition:{name}", args=[programme.cast.engagement.pk, *more])


def told(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_agreed_milestone_is_taken_in_by_one_button_and_marked_everywhere(client: Client) -> None:
    programme = programme_of("standard")
    agreed(programme.cast)
    client.force_login(programme.cast.owner)
    assert "1 agreed milestone of the contract is not in the plan" in told(client, here(programme, "plan"))
    form = client.get(here(programme, "agreed")).context["form"]
    sent = {"as_seen": form["as_seen"].value(), "milestone_1": form["milestone_1"].value()}
    assert client.post(here(programme, "agreed"), sent).status_code == 302
    with entered(programme.client.reach):
        live = programme.activity("go_live.milestone")
    assert live.agreed_id is not None
    said = "120,000.00 CAD waits on it"
    assert said in told(client, here(programme, "agreed"))
    assert said in told(client, here(programme, "status"))
    assert said in told(client, here(programme, "activity", live.pk))
    plan = told(client, here(programme, "plan"))
    assert "agreed in the contract for 26 Jun 2026" in plan
    assert "hf-gantt-ring" in plan
    assert "M-1: 2026-06-26" in client.get(here(programme, "plan_export", "csv")).content.decode()


def test_api_takes_in_and_refuses_what_the_contract_fixes(client: Client) -> None:
    programme = programme_of("standard")
    agreed(programme.cast)
    client.force_login(programme.cast.owner)
    place = f"/engagements/{programme.cast.engagement.pk}/plan/agreed"
    found = _sent(client, "GET", place).json()
    (missing,) = found["not_in_plan"]
    taken = [{"milestone_id": missing["milestone_id"], "activity_id": missing["suggested_id"]}]
    given = {"as_seen": found["seen_as"], "taken": taken}
    (kept,) = _sent(client, "POST", place, given).json()["in_plan"]
    assert (kept["number"], kept["payment"], kept["is_in_force"]) == (1, "120000.00", True)
    one = f"/activities/{kept['activity_id']}"
    seen = _sent(client, "GET", one).json()["seen_as"]
    wish = {"as_seen": seen, "deadline_on": "2026-08-01", "reason": "so"}
    refused = _sent(client, "POST", f"{one}/changes", wish)
    assert (refused.status_code, refused.json()["code"]) == (422, "agreed-in-contract")
    removal = _sent(client, "POST", f"{one}/removal/proposals", {"reason": "so"})
    assert removal.json()["code"] == "agreed-in-contract"


def _sent(client: Client, method: str, place: str, body: Any = None) -> HttpResponse:
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/transition{place}", data, content_type="application/json")
