"""The operations of engagements: the same sight and the same refusals as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.cast import Cast, joined, make_cast

from handfast.people.models import Membership, Person
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
JSON = "application/json"
DEAL = {
    "size": "light", "side": "client", "other_name": "Sava Desk", "name": "Night Desk", "zone": "UTC",
    "other_zone": "Europe/Belgrade", "currency": "EUR",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def at(cast: Cast, rest: str = "") -> str:
    return f"/api/engagements/{cast.engagement.pk}/{rest}"


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


@pytest.mark.parametrize("rest", ["", "parties/", "people/", "invitations/"])
def test_deal_is_read_by_both_sides_and_is_not_there_for_others(
    rest: str, cast: Cast, client: Client
) -> None:
    assert client.get(at(cast, rest)).status_code == 401
    for insider in (cast.owner, cast.delivery):
        client.force_login(insider)
        assert client.get(at(cast, rest)).status_code == 200
    for outsider in (cast.rival, cast.stranger):
        client.force_login(outsider)
        answer = client.get(at(cast, rest))
        assert (answer.status_code, answer.json()["code"]) == (404, "not-seen")


def test_engagement_is_opened_with_and_without_an_organisation(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    answer = client.post("/api/engagements/", DEAL, content_type=JSON)
    assert (answer.status_code, answer.json()["name"]) == (201, "Night Desk")
    found = client.get(f"/api/engagements/{answer.json()['id']}/").json()
    assert [one["name"] for one in found["parties"]] == ["Lumen", "Sava Desk"]
    client.force_login(cast.stranger)
    answer = client.post("/api/engagements/", DEAL, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "name-missing")
    answer = client.post("/api/engagements/", {**DEAL, "organisation_name": "Elsewhere"}, content_type=JSON)
    assert answer.status_code == 201
    answer = client.post("/api/engagements/", {**DEAL, "currency": "euro"}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "engagement-refused")
    client.force_login(cast.reader)
    assert client.post("/api/engagements/", DEAL, content_type=JSON).status_code == 403


def test_amendment_of_what_was_changed_meanwhile_is_a_conflict(cast: Cast, client: Client) -> None:
    client.force_login(cast.delivery)
    seen = client.get(at(cast)).json()
    told = {"name": "Care", "size": "complex", "zone": "UTC", "currency": "CAD", "as_seen": seen["seen_as"]}
    answer = client.put(at(cast), told, content_type=JSON)
    assert (answer.status_code, answer.json()["name"]) == (200, "Care")
    answer = client.put(at(cast), told, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    client.force_login(cast.reader)
    assert client.put(at(cast), told, content_type=JSON).status_code == 403


def test_people_are_changed_by_their_own_side_only(cast: Cast, client: Client) -> None:
    here = at(cast, f"people/{member(cast, cast.reader).pk}/")
    for other in (cast.delivery, cast.reader):
        client.force_login(other)
        assert client.put(f"{here}roles", {"roles": ["finance"]}, content_type=JSON).status_code == 403
        assert client.post(f"{here}end").status_code == 403
    client.force_login(cast.rival)
    assert client.post(f"{here}end").status_code == 404
    client.force_login(cast.owner)
    answer = client.put(f"{here}roles", {"roles": ["finance"]}, content_type=JSON)
    assert (answer.status_code, answer.json()["roles"]) == (200, ["finance"])
    answer = client.put(f"{here}roles", {"roles": ["emperor"]}, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "role-unknown")
    assert client.post(f"{here}end").status_code == 200
    assert client.post(f"{here}end").status_code == 404
    own = at(cast, f"people/{member(cast, cast.owner).pk}/end")
    assert client.post(own).json()["code"] == "last-manager"


def test_invitations_are_sent_listed_and_withdrawn_without_telling_the_link(
    cast: Cast, client: Client
) -> None:
    told = {"email": "helen.osei@lumen.example", "side": "client", "roles": ["sponsor"]}
    client.force_login(cast.owner)
    answer = client.post(at(cast, "invitations/"), told, content_type=JSON)
    assert answer.status_code == 201
    assert set(answer.json()) == {"id", "email", "side", "roles", "invited_at", "expires_at"}
    for wrong, code in (
        ({**told, "side": "provider"}, "side-taken"),
        ({**told, "email": "nobody"}, "fields-refused"),
        ({**told, "side": "neither"}, "engagement-refused"),
        ({**told, "roles": []}, "role-unknown"),
    ):
        assert client.post(at(cast, "invitations/"), wrong, content_type=JSON).json()["code"] == code
    here = at(cast, f"invitations/{answer.json()['id']}/withdraw")
    client.force_login(cast.delivery)
    assert client.get(at(cast, "invitations/")).json() == []
    assert client.post(here).status_code == 404
    client.force_login(cast.reader)
    assert client.get(at(cast, "invitations/")).status_code == 403
    assert client.post(at(cast, "invitations/"), told, content_type=JSON).status_code == 403
    client.force_login(cast.owner)
    assert len(client.get(at(cast, "invitations/")).json()) == 1
    assert client.post(here).status_code == 200
    assert client.get(at(cast, "invitations/")).json() == []


def test_lists_cost_the_same_at_one_row_and_at_thirty(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    client.get(at(cast, "people/"))
    with CaptureQueriesContext(connection) as few:
        client.get(at(cast, "people/"))
    for number in range(30):
        joined(actor_for(cast.owner), cast.engagement, "client", ["reader"], f"Reader {number}", "lumen")
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(at(cast, "people/")).json()) == 33
    assert len(few) == len(many)


def test_schema_of_the_api_names_every_operation(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/me", "/api/tokens", "/api/engagements/"} <= set(paths)
