"""The operations of people: who I am by session or token, and what a token may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.factories.cast import AT, Cast, make_cast

from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership, Person
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from django.test import Client as Browser

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def issued(client: Browser, cast: Cast, person: Person, days: int = 30) -> dict[str, str]:
    client.force_login(person)
    told = {
        "name": "Export",
        "membership_id": str(member(cast, person).pk),
        "expires_at": (datetime.now(UTC) + timedelta(days=days)).isoformat(),
    }
    answer = client.post("/api/tokens", told, content_type=JSON)
    assert answer.status_code == 201
    return dict(answer.json())


def bearer(secret: str) -> Browser:
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_stranger_is_told_to_sign_in(client: Browser) -> None:
    answer = client.get("/api/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    assert bearer("hf_made_up").get("/api/me").status_code == 401


def test_session_says_who_i_am_and_what_i_am(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    told = client.get("/api/me").json()
    assert (told["name"], told["organisation_id"]) == ("Priya Raman", str(cast.lumen.pk))
    assert len(told["memberships"]) == 2


def test_token_shows_its_own_membership_only(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.owner)["secret"]
    told = bearer(secret).get("/api/me").json()
    assert [one["engagement_id"] for one in told["memberships"]] == [str(cast.engagement.pk)]
    assert [one["name"] for one in bearer(secret).get("/api/engagements/").json()] == ["Customer Support"]


def test_wrong_token_beside_a_session_does_not_fall_back_to_the_session(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    assert client.get("/api/me", headers={"authorization": "Bearer hf_made_up"}).status_code == 401


def test_token_issues_no_token(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.owner)["secret"]
    told = {"name": "x", "membership_id": str(member(cast, cast.owner).pk), "expires_at": AT.isoformat()}
    answer = bearer(secret).post("/api/tokens", told, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")


def test_tokens_are_listed_without_secrets_and_revoked(cast: Cast, client: Browser) -> None:
    token = issued(client, cast, cast.owner)
    listed = client.get("/api/tokens").json()
    assert [one["id"] for one in listed] == [token["id"]]
    assert "secret" not in listed[0]
    assert bearer(token["secret"]).get("/api/me").status_code == 200
    url = f"/api/tokens/{token['id']}/revoke"
    assert Client().post(url).status_code == 401
    assert client.post(url).status_code == 200
    assert bearer(token["secret"]).get("/api/me").status_code == 401
    assert client.post(url).json()["code"] == "token-revoked"
    client.force_login(cast.rival)
    assert client.post(url).status_code == 404


def test_token_stops_when_the_membership_ends(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.reader)["secret"]
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert bearer(secret).get("/api/me").status_code == 401


def test_own_details_are_changed_and_faults_named(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    answer = client.put("/api/me", {"name": "Priya R.", "zone": "America/Toronto"}, content_type=JSON)
    assert (answer.status_code, answer.json()["name"]) == (200, "Priya R.")
    answer = client.put("/api/me", {"name": "Priya R.", "zone": "Mars/Base"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "zone-unknown")
    assert answer.json()["fields"][0]["name"] == "zone"
    client.force_login(cast.stranger)
    assert client.put("/api/me", {"name": "S", "zone": "UTC"}, content_type=JSON).status_code == 403
