"""An auditor belongs for a time: it ends by itself, and what was opened meanwhile stands in a list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import AT, Cast, joined, make_cast

from handfast.engagement.actions.inviting import invite_to_side
from handfast.foundation.scope import entered
from handfast.people.actions.feeds import make_feed
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.actions.tokens import issue_token
from handfast.people.models import AccessEntry, Invitation, Membership
from handfast.people.queries import actor_for, feed_in_force, memberships_in_force, secret_digest
from handfast.people.refusals import LastManager, SpanRefused

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def auditor(cast: Cast, *, starts_in: timedelta = -DAY, ends_in: timedelta = DAY) -> Membership:
    """Somebody of the client who audits, from then until then."""
    member = joined(cast.actor(cast.owner), cast.engagement, "client", ["auditor"], "Ada Auditor", "lumen")
    now = timezone.now()
    Membership.objects.filter(pk=member.pk).update(starts_at=now + starts_in, ends_at=now + ends_in)
    member.refresh_from_db()
    return member


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def people_of(cast: Cast) -> str:
    return reverse("engagement:people", args=[cast.engagement.pk])


def opened(cast: Cast, member: Membership) -> str:
    return reverse("engagement:person_access", args=[cast.engagement.pk, member.pk])


def invited(cast: Cast, **told: Any) -> Invitation:
    asked = {"email": "ada@lumen.example", "side": "client", "roles": ["auditor"], "at": AT} | told
    return invite_to_side(cast.actor(cast.owner), cast.engagement, **asked)


def test_days_of_the_invitation_become_instants_by_the_clock_of_whoever_invites(cast: Cast) -> None:
    cast.owner.zone = "America/Toronto"
    cast.owner.save(update_fields=["zone"])
    client = Client()
    client.force_login(cast.owner)
    first, last = timezone.now().date() + DAY, timezone.now().date() + 30 * DAY
    told = {"email": "ada@lumen.example", "roles": "auditor", "starts_on": first, "ends_on": last}
    assert client.post(reverse("engagement:invite", args=[cast.engagement.pk]), told).status_code == 302
    sent = Invitation.objects.get(email="ada@lumen.example")
    assert sent.starts_at is not None
    assert sent.ends_at is not None
    assert sent.starts_at.astimezone(UTC).hour in {4, 5}
    assert timedelta(days=29, hours=22) < sent.ends_at - sent.starts_at < timedelta(days=30, hours=2)


def test_membership_has_what_the_invitation_said(cast: Cast) -> None:
    now = timezone.now()
    program = Client()
    program.force_login(cast.owner)
    told = {
        "email": "ada.auditor@lumen.example", "side": "client", "roles": ["auditor"],
        "starts_at": now.isoformat(), "ends_at": (now + DAY).isoformat(),
    }  # fmt: skip
    url = f"/api/engagements/{cast.engagement.pk}/invitations/"
    assert program.post(url, told, content_type="application/json").status_code == 201
    assert Invitation.objects.get(email="ada.auditor@lumen.example").ends_at == now + DAY


def test_auditor_reads_from_the_beginning_to_the_end_and_not_a_moment_longer(cast: Cast) -> None:
    member = auditor(cast)
    client = browser(member)
    assert client.get(people_of(cast)).status_code == 200
    invite = reverse("engagement:invite", args=[cast.engagement.pk])
    assert client.post(invite, {"email": "a@lumen.example", "roles": "reader"}).status_code == 403
    for starts_in, ends_in in ((HOUR, DAY), (-DAY, -timedelta(seconds=1))):
        now = timezone.now()
        Membership.objects.filter(pk=member.pk).update(starts_at=now + starts_in, ends_at=now + ends_in)
        assert client.get(people_of(cast)).status_code == 404
        assert memberships_in_force(member.person_id) == []


def test_tokens_and_feeds_end_with_the_time(cast: Cast) -> None:
    member = auditor(cast)
    actor, now = actor_for(member.person), timezone.now()
    told = {"secret": "hf_a", "digest": secret_digest("hf_a"), "expires_at": now + DAY, "at": now}
    issue_token(actor, member, name="Ada's", **told)
    make_feed(actor, member, digest=secret_digest("hf_b"), at=now)
    url = f"/api/engagements/{cast.engagement.pk}/"
    asked = {"authorization": "Bearer hf_a"}
    assert Client().get(url, headers=asked).status_code == 200
    assert feed_in_force("hf_b") is not None
    Membership.objects.filter(pk=member.pk).update(ends_at=now - HOUR)
    assert Client().get(url, headers=asked).status_code == 401
    assert feed_in_force("hf_b") is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"starts_at": AT}, "also ends"),
        ({"ends_at": AT}, "after the beginning"),
        ({"starts_at": AT + 2 * DAY, "ends_at": AT + DAY}, "after the beginning"),
        ({"ends_at": AT + 800 * DAY}, "two years"),
        ({"ends_at": AT + DAY, "roles": ["sponsor"]}, "until somebody ends it"),
    ],
)
def test_span_that_does_not_hold_is_refused(cast: Cast, told: dict[str, Any], said: str) -> None:
    reach = cast.actor(cast.owner).reach
    with entered(reach), pytest.raises(SpanRefused, match=said):
        invited(cast, **told)
    assert not Invitation.objects.filter(email="ada@lumen.example").exists()


def test_whoever_comes_back_after_the_end_gets_a_membership_of_its_own(cast: Cast) -> None:
    first = auditor(cast, ends_in=-HOUR)
    Membership.objects.filter(pk=first.pk).update(ends_at=AT - HOUR)
    second = joined(cast.actor(cast.owner), cast.engagement, "client", ["reader"], "Ada Auditor", "lumen")
    first.refresh_from_db()
    assert (second.pk != first.pk, second.roles, second.ends_at) == (True, ["reader"], None)
    assert first.ended_at == first.ends_at


def test_whoever_belongs_without_an_end_keeps_it_so(cast: Cast) -> None:
    joined(cast.actor(cast.owner), cast.engagement, "client", ["auditor"], "Rada Reader", "lumen")
    mine = Membership.objects.get(person=cast.reader)
    assert (mine.roles, mine.ends_at) == (["auditor", "reader"], None)


def test_one_who_leaves_by_the_clock_is_not_the_last_manager(cast: Cast) -> None:
    member = auditor(cast)
    Membership.objects.filter(pk=member.pk).update(roles=["sponsor"])
    mine = Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk)
    with pytest.raises(LastManager):
        end_membership(cast.actor(cast.owner), mine, at=datetime.now(UTC))


def test_what_an_auditor_opens_is_listed_for_them_and_for_their_own_managers(cast: Cast) -> None:
    member = auditor(cast)
    client = browser(member)
    client.get(people_of(cast))
    assert client.get(f"/api/engagements/{cast.engagement.pk}/people/").status_code == 200
    client.get(reverse("engagement:person", args=[cast.engagement.pk, member.pk]))
    rows = list(AccessEntry.objects.order_by("at").values_list("membership", "method", "status"))
    assert rows == [(member.pk, "GET", 200), (member.pk, "GET", 200), (member.pk, "GET", 403)]
    owner, other, reader = Client(), Client(), Client()
    owner.force_login(cast.owner)
    other.force_login(cast.delivery)
    reader.force_login(cast.reader)
    assert "Ada Auditor opened" in owner.get(opened(cast, member)).content.decode()
    assert client.get(opened(cast, member)).status_code == 200
    assert [one.get(opened(cast, member)).status_code for one in (other, reader)] == [403, 403]
    program = owner.get(f"/api/engagements/{cast.engagement.pk}/people/{member.pk}/opened?most=2").json()
    assert len(program) == 2
    owner.get(people_of(cast))
    assert not AccessEntry.objects.exclude(membership=member).exists()  # who is no auditor leaves none


def test_list_stays_when_the_audit_is_over_and_is_taken_away_whole(cast: Cast) -> None:
    member = auditor(cast)
    browser(member).get(people_of(cast) + "?side=client")
    Membership.objects.filter(pk=member.pk).update(ends_at=timezone.now() - HOUR)
    owner = Client()
    owner.force_login(cast.owner)
    assert "Audits that ended" in owner.get(people_of(cast)).content.decode()
    url = reverse("engagement:person_access_export", args=[cast.engagement.pk, member.pk, "csv"])
    told = b"".join(owner.get(url).streaming_content).decode()  # type: ignore[attr-defined]  # an export streams
    assert f"{people_of(cast)}?side=client,200,browser" in told
    elsewhere = Membership.objects.filter(person=cast.rival).get()
    assert owner.get(opened(cast, elsewhere)).status_code == 404


def test_roles_of_a_membership_for_a_time_gain_no_management(cast: Cast) -> None:
    member = auditor(cast)
    with pytest.raises(SpanRefused):
        change_roles(cast.actor(cast.owner), member, roles=["sponsor"], at=datetime.now(UTC))
