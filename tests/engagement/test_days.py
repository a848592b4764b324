"""Days that nothing can be reckoned with are refused by their field, and those of the contract bind as they were signed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import Cast, make_cast

from handfast.people.models import Membership

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIRST_OF_ALL, LAST_OF_ALL = "0001-01-01", "9999-12-31"
SUMMARY = {
    "title": "Master agreement", "effective_on": "2026-01-01", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    "signed_on": "2026-01-01", "renewal": "automatic", "renewal_months": 12, "notice_months": 6, "after": 0,
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(cast.owner, backend=BACKEND)
    return made


def settings_of(cast: Cast, client: Client) -> tuple[str, dict[str, Any]]:
    url = reverse("engagement:settings", args=[cast.engagement.pk])
    form = client.get(url).context["form"]
    return url, {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


@pytest.mark.parametrize("day", [FIRST_OF_ALL, LAST_OF_ALL])
def test_no_summary_with_a_day_that_none_comes_after(cast: Cast, client: Client, day: str) -> None:
    asked = f"/api/contract/engagements/{cast.engagement.pk}/summaries"
    answer = client.post(asked, SUMMARY | {"ends_on": day}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "summary-refused")
    page = client.post(reverse("contract:summary", args=[cast.engagement.pk]), SUMMARY | {"ends_on": day})
    assert page.status_code == 422


@pytest.mark.parametrize("day", [FIRST_OF_ALL, LAST_OF_ALL])
def test_no_deal_that_ends_before_or_after_all_days(cast: Cast, client: Client, day: str) -> None:
    url, told = settings_of(cast, client)
    assert client.post(url, told | {"ends_on": day}).status_code == 422
    assert client.get(reverse("journeys:overview", args=[cast.engagement.pk])).status_code == 200


@pytest.mark.parametrize("day", [FIRST_OF_ALL, LAST_OF_ALL])
def test_nobody_is_away_until_after_all_days(cast: Cast, client: Client, day: str) -> None:
    to = str(Membership.objects.get(person=cast.reader).pk)
    told = {"to": to, "starts_on": day, "ends_on": day}
    assert client.post(reverse("people:away"), told).status_code == 422
    answer = client.post("/api/delegations", told, content_type="application/json")
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["starts_on", "ends_on"])
def test_nobody_is_invited_until_after_all_days(cast: Cast, client: Client, name: str) -> None:
    url = reverse("engagement:invite", args=[cast.engagement.pk])
    days = {"starts_on": "", "ends_on": LAST_OF_ALL}
    if name == "starts_on":
        days = {"starts_on": FIRST_OF_ALL, "ends_on": f"{timezone.now().date()}"}
    assert client.post(url, {"email": "ada@lumen.example", "roles": "reader"} | days).status_code == 422
    instants = {"starts_at": "0001-01-01T00:00:00+12:00", "ends_at": "2026-12-31T00:00:00Z"}
    told = {"email": "ada@lumen.example", "side": "client", "roles": ["reader"]} | instants
    asked = f"/api/engagements/{cast.engagement.pk}/invitations/"
    assert client.post(asked, told, content_type="application/json").status_code == 422


def test_what_the_contract_says_does_not_lock_the_settings(cast: Cast, client: Client) -> None:
    url, told = settings_of(cast, client)
    assert client.post(url, told | {"signed_on": "2026-01-01", "live_on": "2026-09-01"}).status_code == 302
    asked = f"/api/contract/engagements/{cast.engagement.pk}/summaries"
    made = client.post(asked, SUMMARY, content_type="application/json")
    assert made.status_code == 201
    _, told = settings_of(cast, client)
    assert told["notice_on"] < told["live_on"]
    assert client.post(url, told | {"name": "A better name"}).status_code == 302
    _, told = settings_of(cast, client)
    assert client.post(url, told | {"notice_on": "2027-03-01"}).status_code == 422
