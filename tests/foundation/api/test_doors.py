"""The API says who may not call, what it cannot read, and what is not there, as problem+json with a code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.factories.cast import make_cast

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db


def problem(response: HttpResponse) -> dict[str, object]:
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, object] = json.loads(response.content)
    assert told["status"] == response.status_code
    return told


def test_nobody_is_told_to_sign_in() -> None:
    told = problem(Client().get("/api/engagements/"))
    assert (told["code"], told["status"]) == ("not-signed-in", 401)


def test_token_that_was_never_issued_opens_nothing() -> None:
    told = problem(Client().get("/api/engagements/", headers={"Authorization": "Bearer nothing"}))
    assert told["code"] == "not-signed-in"


def test_token_that_does_not_hold_is_not_saved_by_a_session() -> None:
    client = Client()
    client.force_login(make_cast().owner)
    assert client.get("/api/engagements/").status_code == 200
    told = problem(client.get("/api/engagements/", headers={"Authorization": "Bearer nothing"}))
    assert told["status"] == 401


def test_change_by_a_cookie_needs_the_token_of_a_form() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_cast().owner)
    answer = client.post("/api/engagements/", {}, content_type="application/json")
    assert answer.status_code == 403


def test_request_that_cannot_be_read_is_refused_by_its_code() -> None:
    client = Client()
    client.force_login(make_cast().owner)
    told = problem(client.post("/api/engagements/", "{", content_type="application/json"))
    assert (told["code"], told["status"]) == ("request-refused", 400)


def test_address_that_is_not_there_says_no_more() -> None:
    client = Client()
    client.force_login(make_cast().owner)
    told = problem(client.get("/api/engagements/00000000-0000-4000-8000-000000000000/"))
    assert (told["code"], told["status"]) == ("not-seen", 404)
