"""A body that cannot be read or kept is refused with the place of its fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.factories.cast import make_cast

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
UNREAD = [
    (b"{nope", "line 1, column 2"),
    (b'{"name": "\xff"}', "byte 10 is not UTF-8"),
    (b'{"name": NaN}', "NaN is no number"),
    (b'{"name": -Infinity}', "-Infinity is no number"),
    (b'{"name": ' + b"9" * 5000 + b"}", "too long"),
    (b"[" * 100_000, "deeper than 40 levels"),
    (b"[" * 41 + b"1" + b"]" * 41, "deeper than 40 levels"),
    (b'{"name": "a"} trailing', "Extra data"),
    (b"\x00", "Expecting value"),
    (b"PK\x03\x04" + bytes(100), "Expecting value"),
]
UNKEPT = [
    ('{"name": "\\u0000x"}', "name", "a zero character"),
    ('{"name": "x\\ud800"}', "name", "half of a character"),
    ('{"name": {"deep": ["a", "\\udfff"]}}', "name.deep.1", "half of a character"),
    ('{"name\\ud800": 1}', "the body", "half of a character"),
    ('{"name\\ud800": "\\u0000"}', "name?", "a zero character"),
]


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(make_cast().owner)
    return found


def problem(answer: HttpResponse) -> dict[str, object]:
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, object] = json.loads(answer.content)
    return told


@pytest.mark.parametrize(("body", "said"), UNREAD)
def test_body_that_is_no_json_is_refused_with_its_place(client: Client, body: bytes, said: str) -> None:
    told = problem(client.post("/api/engagements/", body, content_type="application/json"))
    assert (told["code"], told["status"]) == ("request-refused", 400)
    assert said in str(told["detail"])


@pytest.mark.parametrize(("body", "name", "fault"), UNKEPT)
def test_text_that_cannot_be_kept_is_refused_by_its_field(
    client: Client, body: str, name: str, fault: str
) -> None:
    told = problem(client.post("/api/engagements/", body, content_type="application/json"))
    assert (told["code"], told["status"]) == ("fields-refused", 422)
    assert any(one["name"] == name and fault in one["fault"] for one in told["fields"])  # type: ignore[attr-defined]  # a list


def test_two_halves_that_make_a_character_are_one(client: Client) -> None:
    body = '{"name": "\\ud83d\\ude00"}'
    told = problem(client.post("/api/engagements/", body, content_type="application/json"))
    assert "name" not in [one["name"] for one in told["fields"]]  # type: ignore[attr-defined]  # a list
