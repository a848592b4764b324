"""What opens without a sign-in is held to the sign-in that an organisation asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.people.actions.feeds import make_feed
from handfast.people.actions.tokens import issue_token, new_secret
from handfast.people.models import CompanyAccount, Membership, Organisation, Person
from handfast.people.queries import actor_for, feed_in_force, secret_digest, token_in_force

if TYPE_CHECKING:
    from handfast.people.models import Token

pytestmark = pytest.mark.django_db
ISSUER, OTHER = "https://login.lumen.example", "https://login.elsewhere.example"
NOW = datetime.now(UTC)


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    Organisation.objects.filter(pk=made.lumen.pk).update(required_issuer=ISSUER)
    return made


def linked(person: Person, *, issuer: str = ISSUER, days_ago: float = 1) -> CompanyAccount:
    used = NOW - timedelta(days=days_ago)
    return CompanyAccount.objects.create(
        person=person, issuer=issuer, subject=f"{person.pk} {issuer}", linked_at=used, last_used_at=used
    )


def opened(cast: Cast, person: Person) -> tuple[Token | None, object]:
    """What a token and a feed of theirs open."""
    member = Membership.objects.get(person=person, engagement_id=cast.engagement.pk)
    secret, actor = new_secret(), actor_for(person)
    issue_token(
        actor, member, name="Export", secret=secret, digest=secret_digest(secret),
        expires_at=NOW + timedelta(days=30), at=NOW,
    )  # fmt: skip
    make_feed(actor, member, digest=secret_digest(f"feed {secret}"), at=NOW)
    return token_in_force(secret, NOW), feed_in_force(f"feed {secret}")


def test_whoever_never_entered_so_opens_nothing(cast: Cast) -> None:
    assert opened(cast, cast.owner) == (None, None)


def test_whoever_entered_lately_opens_as_ever(cast: Cast) -> None:
    linked(cast.owner)
    token, feed = opened(cast, cast.owner)
    assert token is not None
    assert feed is not None


def test_what_was_proven_does_not_last_and_one_sign_in_mends_it(cast: Cast) -> None:
    account = linked(cast.owner, days_ago=30.1)
    assert opened(cast, cast.owner) == (None, None)
    account.last_used_at = NOW
    account.save()
    assert None not in opened(cast, cast.owner)


def test_account_at_another_company_or_of_another_person_proves_nothing(cast: Cast) -> None:
    linked(cast.owner, issuer=OTHER)
    linked(cast.reader)
    assert opened(cast, cast.owner) == (None, None)


def test_people_of_an_organisation_that_asks_for_nothing_are_not_touched(cast: Cast) -> None:
    assert None not in opened(cast, cast.delivery)


def test_program_hears_401_and_a_calendar_404(cast: Cast) -> None:
    member = Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk)
    secret = new_secret()
    issue_token(
        actor_for(cast.owner), member, name="Export", secret=secret, digest=secret_digest(secret),
        expires_at=NOW + timedelta(days=30), at=NOW,
    )  # fmt: skip
    make_feed(actor_for(cast.owner), member, digest=secret_digest("feed"), at=NOW)
    asked = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/me", headers=asked).status_code == 401
    assert Client().get(reverse("journeys:feed", args=["feed"])).status_code == 404
    linked(cast.owner)
    assert Client().get("/api/me", headers=asked).status_code == 200
    assert Client().get(reverse("journeys:feed", args=["feed"])).status_code == 200
