"""When somebody was last here is told to their own side only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import Cast, a_deal, engagement_of, make_cast, organisation_of

from handfast.people.actions.memberships import NOTED_EVERY
from handfast.people.actions.tokens import issue_token, new_secret
from handfast.people.models import Membership
from handfast.people.queries import actor_for, last_seen_of, members_seen_by, secret_digest

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


def test_visit_for_another_organisation_is_not_told(cast: Cast) -> None:
    own = organisation_of(cast.delivery, "Petrović Advice")
    deal = engagement_of(cast.delivery, own, a_deal(name="Side Business", other_name="Somebody"))
    client = Client()
    client.force_login(cast.delivery)
    client.post(reverse("people:act_for", args=[own.pk]))
    assert client.get(reverse("engagement:people", args=[deal.pk])).status_code == 200
    assert client.get(reverse("engagement:people", args=[cast.engagement.pk])).status_code == 404
    assert seen_by(cast, cast.delivery) == set()


def test_visit_is_noted_once_in_some_minutes_and_a_program_is_nobody(cast: Cast) -> None:
    here = reverse("engagement:people", args=[cast.engagement.pk])
    client = Client()
    client.force_login(cast.owner)
    client.get(here)
    mine = Membership.objects.filter(person=cast.owner, engagement_id=cast.engagement.pk)
    first = mine.get().last_seen_at
    assert first is not None
    client.get(here)
    assert mine.get().last_seen_at == first
    mine.update(last_seen_at=first - NOTED_EVERY)
    client.get(here)
    assert mine.get().last_seen_at > first
    secret = new_secret()
    issue_token(
        actor_for(cast.reader), Membership.objects.get(person=cast.reader), name="x", secret=secret,
        digest=secret_digest(secret), expires_at=timezone.now() + timedelta(days=1), at=timezone.now(),
    )  # fmt: skip
    assert Client().get(here, headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert Membership.objects.get(person=cast.reader).last_seen_at is None
