"""A calendar feed shows what waits for one person in one engagement, until it ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from tests.factories.cast import AT, Cast, make_cast
from tests.operate.month import Month, a_month
from tests.transition.programme import Programme, programme_of

from handfast.engagement.actions.inviting import invite_to_side
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.operate.actions import agree_statement, issue_statement
from handfast.people.actions.feeds import make_feed, revoke_feed
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Feed, Membership, Person
from handfast.people.queries import actor_for, secret_digest
from handfast.people.refusals import FeedRevoked
from handfast.transition.models import Activity

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
SECRET = "hf_" + "s" * 43


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def fed(cast: Cast, person: Person, secret: str = SECRET) -> Feed:
    return make_feed(actor_for(person), member(cast, person), digest=secret_digest(secret), at=AT)


def asked(secret: str = SECRET, client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(reverse("journeys:feed", args=[secret]))


def parts(secret: str = SECRET) -> list[dict[str, str]]:
    """Every component, its lines as plain text."""
    told = Calendar.from_ical(asked(secret).content)
    return [
        {"is": one.name, **{key: value.to_ical().decode() for key, value in one.items()}}
        for one in told.subcomponents
    ]


def waiting(month: Month) -> None:
    """March waits for the client's answer until the 28th; an invitation of the client's is open."""
    issue_statement(month.provider, month.drafted(month.provider), answer_by_on=date(2026, 4, 28), at=AT)
    client = month.client
    with entered(client.reach):
        deal = month.bargain.cast.engagement
        invite_to_side(client, deal, email="new@lumen.example", side="client", roles=["reader"], at=AT)


def test_feed_shows_what_waits_with_its_day_its_engagement_and_the_way_there() -> None:
    month = a_month()
    cast = month.bargain.cast
    waiting(month)
    fed(cast, cast.owner)
    told = {one["SUMMARY"]: one for one in parts()}
    assert sorted(told) == [
        "Agree or dispute March 2026: Customer Support",
        "An invitation is open: Customer Support",
    ]
    statement = told["Agree or dispute March 2026: Customer Support"]
    assert (statement["is"], statement["DTSTART"], statement["DTEND"]) == ("VEVENT", "20260428", "20260429")
    way = reverse("operate:statement", args=[cast.engagement.pk, "2026-03"])
    assert statement["URL"].startswith("http")
    assert statement["URL"].endswith(way)
    assert [one["UID"] for one in parts()] == [one["UID"] for one in parts()]


def test_what_has_no_day_is_a_task_and_what_is_answered_is_gone() -> None:
    month = a_month()
    cast = month.bargain.cast
    statement = month.issued()
    fed(cast, cast.owner)
    assert [(one["is"], one["STATUS"]) for one in parts()] == [("VTODO", "NEEDS-ACTION")]
    agree_statement(month.client, statement, typed="2026-03", at=AT)
    assert parts() == []


def test_feed_holds_nothing_of_the_other_side_or_of_another_engagement() -> None:
    month = a_month()
    cast = month.bargain.cast
    waiting(month)
    fed(cast, cast.delivery)
    assert parts() == []
    other = Membership.objects.filter(person=cast.owner).exclude(engagement_id=cast.engagement.pk).get()
    make_feed(actor_for(cast.owner), other, digest=secret_digest("hf_other"), at=AT)
    text = asked("hf_other").content.decode()
    assert "Back Office" in text
    assert "Customer Support" not in text
    assert parts("hf_other") == []


def test_feed_is_for_no_cache_no_referrer_and_no_other_method(cast: Cast) -> None:
    fed(cast, cast.owner)
    answer = asked()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies.output()
    assert Client().post(reverse("journeys:feed", args=[SECRET])).status_code == 405


def test_feed_ends_at_once_when_it_is_revoked_made_again_or_its_membership_ends(cast: Cast) -> None:
    feed = fed(cast, cast.reader)
    assert asked().status_code == 200
    fed(cast, cast.reader, "hf_again")
    assert [asked().status_code, asked("hf_again").status_code] == [404, 200]
    with pytest.raises(FeedRevoked):
        revoke_feed(actor_for(cast.reader), feed, at=AT)
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert asked("hf_again").status_code == 404
    assert not Feed.objects.filter(revoked_at=None).exists()


def test_feed_of_somebody_who_may_not_sign_in_shows_nothing(cast: Cast) -> None:
    fed(cast, cast.reader)
    Person.objects.filter(pk=cast.reader.pk).update(is_active=False)
    assert asked().status_code == 404


def test_session_that_comes_along_neither_widens_nor_narrows_a_feed() -> None:
    month = a_month()
    cast = month.bargain.cast
    waiting(month)
    fed(cast, cast.owner)
    rival = Client()
    rival.force_login(cast.rival, backend="allauth.account.auth_backends.AuthenticationBackend")
    summaries = [line for line in asked(client=rival).content.decode().splitlines() if "SUMMARY" in line]
    assert len(summaries) == 2


def test_feed_is_made_on_the_account_page_shown_once_and_told_in_the_journal(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post(reverse("people:feed_new"), {"membership": member(cast, cast.owner).pk})
    assert page["Cache-Control"] == "no-store"
    address = next(one for one in page.content.decode().replace("<", ">").split(">") if "/feeds/" in one)
    path = address.partition("://")[2].partition("/")[2]
    assert Client().get(f"/{path}").status_code == 200
    account = client.get(reverse("people:account")).content.decode()
    assert "Customer Support, for Lumen" in account
    assert path not in account
    feed = Feed.objects.get()
    assert feed.digest not in path
    assert client.post(reverse("people:feed_revoke", args=[feed.pk])).status_code == 302
    assert Client().get(f"/{path}").status_code == 404
    with entered(actor_for(cast.owner).reach):
        told = Contents.objects.filter(subject_id=feed.pk).order_by("entry__sequence")
        assert list(told.values_list("action", flat=True)) == ["feed.made", "feed.revoked"]


def test_nobody_makes_or_revokes_the_feed_of_somebody_else(cast: Cast) -> None:
    feed = fed(cast, cast.owner)
    client = Client()
    for other in (cast.rival, cast.delivery, cast.stranger):
        client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.post(reverse("people:feed_revoke", args=[feed.pk])).status_code == 404
        told = {"membership": member(cast, cast.owner).pk}
        assert client.post(reverse("people:feed_new"), told).status_code == 404
        assert client.post(reverse("people:feed_new"), {"membership": "mine"}).status_code == 404
    assert asked().status_code == 200


def queries_with(month: Month, count: int) -> int:
    client = month.client
    with entered(client.reach):
        for number in range(count):
            address = f"p{number}-{count}@lumen.example"
            invite_to_side(
                client, month.bargain.cast.engagement, email=address, side="client", roles=["reader"], at=AT
            )
    with CaptureQueriesContext(connection) as told:
        asked()
    return len(told)


def test_feed_costs_the_same_with_one_need_and_with_thirty() -> None:
    month = a_month()
    fed(month.bargain.cast, month.bargain.cast.owner)
    assert queries_with(month, 1) == queries_with(month, 29)
    assert len(parts()) == 30


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """A plan with one activity of the owner's, and something internal of each side."""
    found = programme_of(cast=cast)
    for actor, side, after in (
        (found.client, "client", "prepare.goal"),
        (found.provider, "provider", "people.team"),
    ):
        with entered(actor.reach):
            own = found.internal(actor, f"own.{side}", f"Budget of the {side}", lead=side, likely="9d")
            found.link(actor, own, found.activity(after))
    with entered(found.client.reach):
        Activity.objects.filter(key="write.tone").update(owner_id=cast.owner.pk)
    found.date()
    return found


def summaries(secret: str = SECRET) -> set[str]:
    return {one["SUMMARY"].partition(":")[0] for one in parts(secret) if one["UID"].startswith("planned")}


def test_feed_tells_the_own_activities_and_every_milestone_and_gate(cast: Cast, programme: Programme) -> None:
    fed(cast, cast.owner)
    with entered(programme.client.reach):
        Activity.objects.filter(key="write.tone").update(name="Tone of the house")
        marks = Activity.objects.exclude(kind="work").count()
    planned = [one for one in parts() if one["UID"].startswith("planned")]
    assert "Tone of the house" in summaries()
    assert len(planned) == marks + 1
    assert {one["TRANSP"] for one in planned} == {"TRANSPARENT"}


def test_feed_of_the_whole_plan_tells_no_internal_name_of_the_other_side(
    cast: Cast, programme: Programme
) -> None:
    for person, secret in ((cast.owner, "hf_a"), (cast.delivery, "hf_b")):
        held, digest = Feed.Holds.PLAN, secret_digest(secret)
        make_feed(actor_for(person), member(cast, person), digest=digest, holds=held, at=AT)
    assert "Budget of the client" in summaries("hf_a")
    assert "Budget of the provider" in summaries("hf_b")
    whole = asked("hf_a").content.decode().replace("\r\n ", "")
    assert "Budget of the provider" not in whole
    assert "Budget of the client" not in asked("hf_b").content.decode().replace("\r\n ", "")
    with entered(programme.client.reach):
        assert len(summaries("hf_a")) == Activity.objects.count()


def test_feed_of_the_plan_ends_with_its_membership(cast: Cast, programme: Programme) -> None:
    held = Feed.Holds.PLAN
    reader = member(cast, cast.reader)
    make_feed(actor_for(cast.reader), reader, digest=secret_digest(SECRET), holds=held, at=AT)
    assert asked().status_code == 200
    end_membership(actor_for(cast.owner), reader, at=AT)
    assert asked().status_code == 404


def test_account_page_makes_a_feed_of_the_whole_plan(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {"membership": member(cast, cast.owner).pk}
    client.post(reverse("people:feed_new"), told | {"holds": "plan"})
    assert Feed.objects.get(revoked_at=None).holds == Feed.Holds.PLAN
    assert "every activity of the plan; made" in client.get(reverse("people:account")).content.decode()
    client.post(reverse("people:feed_new"), told | {"holds": "everything"})
    assert Feed.objects.get(revoked_at=None).holds == Feed.Holds.MINE
