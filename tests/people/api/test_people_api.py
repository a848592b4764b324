"""The operations of people: who I am by session or token, and what a token may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.cast import AT, Cast, make_cast

from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership, Person, Token
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


def test_somebody_in_no_engagement_changes_their_own_details(cast: Cast, client: Browser) -> None:
    client.force_login(cast.stranger)
    answer = client.put("/api/me", {"name": "Sam S.", "zone": "Asia/Tokyo"}, content_type=JSON)
    assert (answer.status_code, answer.json()["zone"]) == (200, "Asia/Tokyo")
    kept = Person.objects.get(pk=cast.stranger.pk)
    assert (kept.name, kept.zone) == ("Sam S.", "Asia/Tokyo")
    answer = client.put("/api/me", {"name": " ", "zone": "UTC"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "name-missing")


def test_token_is_noted_as_used_once_an_hour_and_never_for_nothing(cast: Cast, client: Browser) -> None:
    issued_now = issued(client, cast, cast.owner)
    program = bearer(issued_now["secret"])
    kept = Token.objects.filter(pk=issued_now["id"])
    assert kept.get().last_used_at is None
    program.get("/api/me")
    first = kept.get().last_used_at
    assert first is not None
    with CaptureQueriesContext(connection) as asked:
        program.get("/api/me")
    assert [one["sql"] for one in asked if "UPDATE" in one["sql"]] == []
    kept.update(last_used_at=first - timedelta(hours=1))
    program.get("/api/me")
    assert kept.get().last_used_at > first
    assert client.get("/api/tokens").json()[0]["last_used_at"] is not None


def test_token_that_opens_nothing_is_not_noted_as_used(cast: Cast, client: Browser) -> None:
    issued_now = issued(client, cast, cast.owner)
    client.post(f"/api/tokens/{issued_now['id']}/revoke")
    assert bearer(issued_now["secret"]).get("/api/me").status_code == 401
    assert Token.objects.get(pk=issued_now["id"]).last_used_at is None


def made(client: Browser, cast: Cast, person: Person) -> dict[str, str]:
    client.force_login(person)
    answer = client.post("/api/feeds", {"membership_id": str(member(cast, person).pk)}, content_type=JSON)
    assert answer.status_code == 201
    return dict(answer.json())


def test_feed_is_made_listed_without_its_address_and_revoked(cast: Cast, client: Browser) -> None:
    feed = made(client, cast, cast.owner)
    path = urlsplit(feed["address"]).path
    assert Client().get(path).status_code == 200
    listed = client.get("/api/feeds").json()
    assert [one["id"] for one in listed] == [feed["id"]]
    assert "address" not in listed[0]
    url = f"/api/feeds/{feed['id']}/revoke"
    assert client.post(url).status_code == 200
    assert client.post(url).json()["code"] == "feed-revoked"
    assert Client().get(path).status_code == 404
    client.force_login(cast.rival)
    assert client.post(url).status_code == 404


def test_token_makes_no_feed_and_reaches_only_that_of_its_membership(cast: Cast, client: Browser) -> None:
    program = bearer(issued(client, cast, cast.owner)["secret"])
    mine = str(member(cast, cast.owner).pk)
    answer = program.post("/api/feeds", {"membership_id": mine}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
    other = Membership.objects.filter(person=cast.owner).exclude(pk=mine).get()
    elsewhere = client.post("/api/feeds", {"membership_id": str(other.pk)}, content_type=JSON).json()["id"]
    assert program.post(f"/api/feeds/{elsewhere}/revoke").status_code == 404
    assert program.get("/api/feeds").json() == []
    assert [one["id"] for one in client.get("/api/feeds").json()] == [elsewhere]
    assert program.post(f"/api/feeds/{made(client, cast, cast.owner)['id']}/revoke").status_code == 200


def test_words_are_chosen_by_who_manages_people_and_read_by_the_own_side_only(
    cast: Cast, client: Browser
) -> None:
    told = {"client_word": "customer", "provider_word": "supplier"}
    client.force_login(cast.reader)
    assert client.put("/api/organisation/words", told, content_type=JSON).status_code == 403
    client.force_login(cast.owner)
    answer = client.put("/api/organisation/words", told, content_type=JSON)
    assert (answer.status_code, answer.json()["provider_word"]) == (200, "supplier")
    answer = client.put("/api/organisation/words", told | {"client_word": "boss"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "word-unknown")
    client.force_login(cast.delivery)
    assert client.get("/api/organisation").json()["provider_word"] == "provider"
    client.force_login(cast.stranger)
    assert client.get("/api/organisation").status_code == 404
