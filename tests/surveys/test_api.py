"""Surveys by the API: drafted, amended, sent and closed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.surveys.asking import Asking

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def called(person: Person, method: str, path: str, said: dict[str, Any] | None = None) -> tuple[int, Any]:
    client = Client()
    client.force_login(person, backend=BACKEND)
    given = {"data": json.dumps(said or {}), "content_type": "application/json"} if method != "get" else {}
    answer = getattr(client, method)(f"/api/surveys{path}", **given)
    return answer.status_code, answer.json()


def test_a_survey_goes_its_way_by_the_api(asking: Asking) -> None:
    who, here = asking.cast.owner, f"/engagements/{asking.engagement.pk}"
    _, usual = called(who, "get", f"{here}/questionnaires")
    assert [one["key"] for one in usual][:3] == ["client_users", "customers", "change_pulse"]
    status, made = called(
        who, "post", f"{here}/surveys", {"usual": "client_users", "closes_on": "2099-07-01"}
    )
    assert (status, made["name"], len(made["questions"]), made["answered"]) == (201, "SV-1", 8, 0)
    assert [one["number"] for one in made["questions"] if one["is_counted"]] == [1]
    one = f"/surveys/{made['id']}"
    said = {"title": "Own", "closes_on": "2099-07-02", "questions": [{"text": "Why?", "kind": "text"}]}
    status, kept = called(who, "put", one, said | {"as_seen": "1"})
    assert (status, kept["title"], len(kept["questions"])) == (200, "Own", 1)
    status, wrong = called(who, "put", one, said | {"questions": [{"text": "Why?", "kind": "dance"}]})
    assert (status, wrong["code"], wrong["fields"][0]["name"]) == (422, "survey-refused", "questions")
    told = {"group": "Desk", "emails": [f"a{number}@users.example" for number in range(5)]}
    assert called(who, "post", f"{one}/invitations", told)[1]["invited_count"] == 5
    assert called(who, "post", f"{one}/opening")[1]["state"] == "opened"
    assert called(asking.cast.delivery, "post", f"{one}/closing")[0] == 403
    assert called(who, "post", f"{one}/closing")[1]["state"] == "closed"
    assert [each["state"] for each in called(asking.cast.delivery, "get", f"{here}/surveys")[1]] == ["closed"]


def test_the_address_of_the_link_for_all_is_told_to_the_side_that_sends_it_alone(asking: Asking) -> None:
    made = asking.drafted(sent_by="link")
    called(asking.cast.owner, "post", f"/surveys/{made.pk}/opening")
    assert asking.path(made) in called(asking.cast.owner, "get", f"/surveys/{made.pk}")[1]["link"]
    assert called(asking.cast.delivery, "get", f"/surveys/{made.pk}")[1]["link"] == ""
