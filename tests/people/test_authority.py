"""What somebody may do for others, or after their time: never more than was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.evidence.papers import drafted, published
from tests.factories.cast import AT, PASSWORD, Cast, joined, make_cast
from tests.people.test_delegating import made
from tests.transition.owed import HANDED_IN, owed

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.scope import entered
from handfast.people.actions.memberships import change_roles
from handfast.people.models import AccessEntry, Membership, Organisation
from handfast.people.queries import link_secret
from handfast.transition.actions import amend_deliverable
from handfast.transition.reading.deliverables import DeliverableSaid

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def browser(member: Membership) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.person, backend=BACKEND)
    return client


def for_a_time(cast: Cast, role: str, *, ends_in: timedelta) -> Membership:
    member = joined(cast.actor(cast.owner), cast.engagement, "client", [role], "Ada Auditor", "lumen")
    now = timezone.now()
    Membership.objects.filter(pk=member.pk).update(starts_at=now - 9 * DAY, ends_at=now + ends_in)
    member.refresh_from_db()
    return member


def test_silence_binds_only_by_whoever_may_review() -> None:
    away = made()
    away.handed("manage-plan")
    stand_in = away.actor(away.cast.reader, HANDED_IN)
    assert not stand_in.can("review-deliverables", away.cast.engagement.pk)
    one = owed(away.cast.actor(away.cast.delivery), away.cast.engagement, is_silence_acceptance=True)
    said = DeliverableSaid(one.title, one.submits_side, one.due_on, one.review_days + 1, True)
    with entered(stand_in.reach):
        engagement_seen_by(stand_in, one.engagement_id)
    changed = amend_deliverable(stand_in, one, said=said, at=HANDED_IN)
    assert not changed.is_silence_agreed
    again = DeliverableSaid(one.title, one.submits_side, one.due_on, one.review_days + 2, True)
    assert amend_deliverable(
        away.cast.actor(away.cast.owner), changed, said=again, at=HANDED_IN
    ).is_silence_agreed


def test_who_becomes_an_auditor_stands_in_for_nobody_any_more() -> None:
    away = made()
    away.handed("keep-registers")
    reader = away.membership(away.cast.reader)
    at = datetime(2026, 4, 17, 12, tzinfo=UTC)
    assert away.actor(away.cast.reader, at).can("keep-registers", away.cast.engagement.pk)
    change_roles(away.cast.actor(away.cast.owner), reader, roles=["auditor"], at=AT)
    now = away.actor(away.cast.reader, at)
    assert not now.can("keep-registers", away.cast.engagement.pk)
    assert now.reach.writes == frozenset()


def test_what_an_auditor_asks_of_a_thing_is_listed_and_of_its_deal_alone(cast: Cast) -> None:
    document = published(cast, cast.delivery, drafted(cast, cast.delivery))
    member = for_a_time(cast, "auditor", ends_in=DAY)
    actor = cast.actor(cast.owner)
    other = next(one for one in actor.capabilities if one != cast.engagement.pk)
    with entered(actor.reach):
        sent = invite_to_side(
            actor, engagement_seen_by(actor, other), email=member.person.email, side="client", roles=["auditor"],
            ends_at=timezone.now() + DAY, at=timezone.now(),
        )  # fmt: skip
    Client().post(reverse("engagement:join", args=[link_secret(sent.pk)]))
    client = browser(member)
    for path in (
        f"/api/evidence/documents/{document.pk}",
        f"/api/evidence/documents/{document.pk}/versions/1/text",
    ):
        assert client.get(path).status_code == 200
        assert AccessEntry.objects.filter(membership=member, path=path).count() == 1
    assert not AccessEntry.objects.filter(membership__engagement_id=other).exists()


def test_after_their_time_somebody_keeps_their_own_account(cast: Cast) -> None:
    client = browser(for_a_time(cast, "auditor", ends_in=-DAY))
    told = client.put("/api/me", {"name": "Ada A", "zone": "UTC"}, content_type="application/json")
    assert told.status_code == 200
    assert (
        client.post(reverse("people:account"), {"name": "Ada B", "zone": "UTC", "language": ""}).status_code
        == 302
    )
    assert client.get(reverse("engagement:new")).status_code == 200


def test_a_right_password_that_opens_nothing_is_counted_as_a_wrong_one(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.lumen.pk).update(required_issuer="https://login.lumen.example")
    told = []
    for password in (PASSWORD, "certainly another word"):
        cache.clear()
        said = {"login": cast.owner.email, "password": password}
        told.append(
            ["Too many" in Client().post("/accounts/login/", said).content.decode() for _ in range(12)]
        )
    assert True in told[0]
    assert True in told[1]
    cache.clear()


def test_to_whom_and_in_which_deal_is_said_before_and_after(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    other = next(one for one in actor.capabilities if one != cast.engagement.pk)
    with entered(actor.reach):
        deal = engagement_seen_by(actor, other)
        sent = invite_to_side(
            actor, deal, email=cast.reader.email, side="client", roles=["reader"], at=timezone.now()
        )
    Client().post(reverse("engagement:join", args=[link_secret(sent.pk)]))
    client = Client()
    client.force_login(cast.owner, backend=BACKEND)
    page = client.get(reverse("people:away")).content.decode()
    assert f"Reader: {deal.name}</option>" in page
    assert f"Reader: {cast.engagement.name}</option>" in page
    to = Membership.objects.get(person=cast.reader, engagement_id=other)
    first = date.today() + 2 * DAY  # noqa: DTZ011 - by the clock of whoever is away, which is UTC
    said = {"to": str(to.pk), "words": ["manage-plan"], "starts_on": first, "ends_on": first + DAY}
    after = client.post(reverse("people:away"), said, follow=True).content.decode()
    assert f"stands in for you in {deal.name} from" in after
    assert f"{deal.name}: Manage the plan" in after
