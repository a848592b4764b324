"""Every page of people and engagements: shown to those in the deal, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
IN_THE_DEAL = ("journeys:overview", "engagement:settings", "engagement:people", "engagement:invite")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def address(name: str, cast: Cast) -> str:
    return reverse(name, args=[cast.engagement.pk])


@pytest.mark.parametrize("name", IN_THE_DEAL)
def test_page_of_a_deal_is_there_for_both_sides_and_nobody_else(
    name: str, cast: Cast, client: Client
) -> None:
    url = address(name, cast)
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={url}"
    for insider in (cast.owner, cast.delivery):
        client.force_login(insider)
        answer = client.get(url, follow=True)
        assert answer.status_code == 200
        assert "Customer Support" in answer.content.decode()
    for outsider in (cast.rival, cast.stranger):
        client.force_login(outsider)
        answer = client.get(url)
        assert answer.status_code == 404
        assert "Customer Support" not in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["home", "engagement:list", "engagement:new", "people:account", "mfa_index", "usersessions_list"]
)
def test_page_of_ones_own_is_there_for_everybody_signed_in(name: str, cast: Cast, client: Client) -> None:
    url = reverse(name)
    assert "/accounts/login/" in str(client.get(url, follow=True).redirect_chain[-1][0])
    for person in (cast.owner, cast.delivery, cast.rival, cast.stranger):
        client.force_login(person)
        assert client.get(url, follow=True).status_code == 200
