"""What is private is kept by no browser and no proxy; what is the same for all may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import make_cast

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_page_export_and_answer_of_the_api_are_kept_nowhere(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    here = f"/engagements/{cast.engagement.pk}"
    for address in ("/", f"{here}/people/", f"{here}/people/export/csv", "/api/me", f"{here}/not-there/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "private, no-store", address


def test_what_says_for_itself_how_long_it_lasts_is_left_so(client: Client) -> None:
    answer = client.get("/accounts/login/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cache-Control"] != "private, no-store"  # the library's own word
