"""Where a plan is made its length can be estimated first: by the address, without script, without saving anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.foundation.scope import entered
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ASKED = {"complexity": "moderate", "people": "40", "knowledge": "partly", "pilots": "2", "training_days": "8"}
OK, REFUSED = 200, 422


@pytest.fixture
def cast(client: Client) -> Cast:
    made = make_cast()
    client.force_login(made.owner)
    return made


def test_page_says_where_the_length_lies_and_why_and_offers_the_template_that_fits(
    client: Client, cast: Cast
) -> None:
    place = reverse("transition:make", args=[cast.engagement.pk])
    assert "To full volume" not in client.get(place).content.decode()
    answer = client.get(place, ASKED)
    said = answer.content.decode()
    assert answer.status_code == OK
    assert "between 11 and 20 weeks, most likely 14" in said
    assert "Three weeks for two pilots" in said
    assert 'value="standard" checked' in said
    with entered(cast.actor(cast.owner).reach):
        assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people", "0"), ("people", "many"), ("people", "99999999999999999999"), ("pilots", "-1"),
        ("training_days", "61"), ("complexity", "hard"), ("knowledge", "\u202enowhere"), ("people", ""),
    ],
)  # fmt: skip
def test_answer_that_cannot_be_is_told_at_its_field(
    client: Client, cast: Cast, name: str, value: str
) -> None:
    answer = client.get(reverse("transition:make", args=[cast.engagement.pk]), ASKED | {name: value})
    said = answer.content.decode()
    assert answer.status_code == REFUSED
    assert f"id_{name}_error" in said
    assert "To full volume" not in said


def test_program_is_told_the_same(client: Client, cast: Cast) -> None:
    told = client.get("/api/transition/estimate", ASKED).json()
    assert (told["low_weeks"], told["likely_weeks"], told["high_weeks"], told["size"]) == (
        11,
        14,
        20,
        "standard",
    )
    assert [part["of"] for part in told["parts"]] == [
        "complexity", "people", "knowledge", "pilots", "training_days"
    ]  # fmt: skip
    refused = client.get("/api/transition/estimate", ASKED | {"people": "0"})
    assert refused.json()["code"] == "estimate-refused"
    assert "people: write 1 to 1000" in refused.content.decode()
    assert client.get("/api/transition/estimate", ASKED | {"people": "many"}).status_code == REFUSED


def test_stranger_is_told_nothing(client: Client, cast: Cast) -> None:
    client.logout()
    assert client.get("/api/transition/estimate", ASKED).status_code == 401
