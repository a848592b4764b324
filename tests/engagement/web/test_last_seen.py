"""When somebody was last here is told to their own side only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.people.queries import actor_for, last_seen_of, members_seen_by

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def seen_by(cast: Cast, person: Person) -> set[str]:
    """The names of those of whom the person learns when they were here."""
    actor = actor_for(person)
    members = list(members_seen_by(actor, cast.engagement.pk))
    told = last_seen_of(actor, members)
    return {one.person.name for one in members if one.person_id in told}


def test_last_visit_is_told_to_the_own_side_and_not_to_the_other(cast: Cast) -> None:
    here = reverse("engagement:people", args=[cast.engagement.pk])
    for person in (cast.owner, cast.delivery):
        client = Client()
        client.force_login(person)
        assert client.get(here).status_code == 200
    assert seen_by(cast, cast.reader) == {"Priya Raman"}
    assert seen_by(cast, cast.delivery) == {"Jovana Petrović"}
    assert seen_by(cast, cast.rival) == set()


def test_register_shows_the_own_side_and_says_never_of_whom_was_not_here(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    here = reverse("engagement:people", args=[cast.engagement.pk])
    client.get(here)
    page = client.get(here).content.decode()
    rows = {name: row for row in page.split("<tr>") for name in ("Priya", "Rada", "Jovana") if name in row}
    assert " UTC</time>" in rows["Priya"]
    assert "never" in rows["Rada"]
    assert " UTC</time>" not in rows["Jovana"]
    assert "never" not in rows["Jovana"]
