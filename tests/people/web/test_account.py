"""One's own settings: details, tokens that are shown once, and for whom a session acts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import AT, Cast, a_deal, engagement_of, joined, make_cast, organisation_of

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.actions.organisations import choose_words
from handfast.people.models import Membership, Person, Token
from handfast.people.queries import actor_for
from handfast.people.refusals import WordUnknown
from handfast.people.web.wording import browser_text, last_used_text

if TYPE_CHECKING:
    from django.test import Client as Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def issued(client: Browser, cast: Cast, person: Person) -> str:
    """The secret of a new token, read from the page that shows it once."""
    client.force_login(person)
    told = {"token_name": "Nightly export", "membership": member(cast, person).pk, "days": "30"}
    page = client.post(reverse("people:token_new"), told)
    assert page["Cache-Control"] == "no-store"
    found = re.search(r"hf_[A-Za-z0-9_-]{40,}", page.content.decode())
    assert found
    return found[0]


def asked(secret: str, path: str = "/api/me") -> int:
    return Client().get(path, headers={"authorization": f"Bearer {secret}"}).status_code


def test_name_and_zone_are_changed_and_a_wrong_zone_is_not(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    url = reverse("people:account")
    assert client.post(url, {"name": "Priya R.", "zone": "America/Toronto"}).status_code == 302
    kept = Person.objects.get(pk=cast.owner.pk)
    assert (kept.name, kept.zone) == ("Priya R.", "America/Toronto")
    assert client.post(url, {"name": "Priya R.", "zone": "Mars/Base"}).status_code == 422
    assert client.post(url, {"name": " ", "zone": "UTC"}).status_code == 422


def test_token_is_shown_once_and_works_until_it_is_revoked(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.owner)
    page = client.get(reverse("people:account")).content.decode()
    assert secret not in page
    assert "Customer Support, for Lumen" in page
    assert not Token.objects.filter(digest=secret).exists()
    assert asked(secret) == 200
    token = Token.objects.get()
    assert client.post(reverse("people:token_revoke", args=[token.pk])).status_code == 302
    assert asked(secret) == 401


def test_token_stops_at_once_when_its_membership_ends(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.reader)
    here = f"/api/engagements/{cast.engagement.pk}/"
    assert asked(secret, here) == 200
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert asked(secret, here) == 401


def test_session_reaches_nothing_at_once_when_its_membership_ends(cast: Cast, client: Browser) -> None:
    client.force_login(cast.reader)
    url = reverse("engagement:people", args=[cast.engagement.pk])
    assert client.get(url).status_code == 200
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert client.get(url).status_code == 404
    assert "Customer Support" not in client.get(reverse("engagement:list")).content.decode()


def test_session_writes_nothing_at_once_when_its_role_is_taken(cast: Cast, client: Browser) -> None:
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Helen Osei", "lumen")
    client.force_login(cast.owner)
    url = reverse("engagement:invite", args=[cast.engagement.pk])
    assert client.get(url).status_code == 200
    helen = Person.objects.get(name="Helen Osei")
    change_roles(actor_for(helen), member(cast, cast.owner), roles=["reader"], at=AT)
    assert client.get(url).status_code == 403


def test_nobody_revokes_the_token_of_somebody_else(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.owner)
    token = Token.objects.get()
    for other in (cast.rival, cast.delivery, cast.stranger):
        client.force_login(other)
        assert client.post(reverse("people:token_revoke", args=[token.pk])).status_code == 404
    assert asked(secret) == 200


def test_token_for_a_membership_of_somebody_else_is_refused(cast: Cast, client: Browser) -> None:
    client.force_login(cast.rival)
    told = {"token_name": "x", "membership": member(cast, cast.owner).pk, "days": "30"}
    assert client.post(reverse("people:token_new"), told).status_code == 422
    assert not Token.objects.exists()


def test_session_acts_for_one_organisation_and_switches_to_another(cast: Cast, client: Browser) -> None:
    own = organisation_of(cast.rival, "Duarte Advice")
    engagement_of(cast.rival, own, a_deal(name="Side Business", other_name="Somebody"))
    client.force_login(cast.rival)
    url = reverse("engagement:list")
    client.post(reverse("people:act_for", args=[cast.tagus.pk]))
    assert "Side Business" not in client.get(url).content.decode()
    page = client.get(reverse("people:account")).content.decode()
    assert "Act for Duarte Advice" in page
    assert client.post(reverse("people:act_for", args=[own.pk])).status_code == 302
    page = client.get(url).content.decode()
    assert "Side Business" in page
    assert "Back Office" not in page
    assert client.post(reverse("people:act_for", args=[cast.lumen.pk])).status_code == 404
    assert client.get(reverse("people:act_for", args=[own.pk])).status_code == 405


def test_somebody_in_no_engagement_changes_name_and_zone(cast: Cast, client: Browser) -> None:
    client.force_login(cast.stranger)
    url = reverse("people:account")
    assert client.post(url, {"name": "Sam S.", "zone": "Asia/Tokyo"}).status_code == 302
    kept = Person.objects.get(pk=cast.stranger.pk)
    assert (kept.name, kept.zone) == ("Sam S.", "Asia/Tokyo")


def test_token_says_when_it_was_last_used(cast: Cast, client: Browser) -> None:
    secret = issued(client, cast, cast.owner)
    url = reverse("people:account")
    assert "never used" in client.get(url).content.decode()
    asked(secret)
    assert "used within the hour" in client.get(url).content.decode()
    Token.objects.update(last_used_at=timezone.now() - timedelta(days=3, hours=1))
    assert "last used 3 days ago" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(minutes=59), "used within the hour"),
        (timedelta(hours=1), "last used 1 hour ago"),
        (timedelta(hours=23, minutes=59), "last used 23 hours ago"),
        (timedelta(days=1), "last used 1 day ago"),
    ],
)
def test_time_since_a_use_is_said_in_whole_hours_and_days(passed: timedelta, said: str) -> None:
    assert last_used_text(AT - passed, AT) == said


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) Version/17.1 Safari/605.1.15", "Safari on macOS"),
        ("Mozilla/5.0 (Linux; Android 15) Gecko/20100101 Firefox/140.0", "Firefox on Android"),
        ("curl/8.1", "curl/8.1"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_browser_is_told_by_its_name_and_system(user_agent: str, said: str) -> None:
    assert browser_text(user_agent) == said


def test_words_of_the_own_organisation_are_read_on_its_pages(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    url = reverse("people:organisation")
    told = {"client_word": "customer", "provider_word": "vendor"}
    assert client.post(url, told).status_code == 302
    heads = '<th scope="col">Customer</th><th scope="col">Vendor</th>'
    assert heads in client.get(reverse("engagement:list")).content.decode()
    client.force_login(cast.delivery)
    other = client.get(reverse("engagement:list")).content.decode()
    assert '<th scope="col">Client</th><th scope="col">Provider</th>' in other
    client.force_login(cast.reader)
    assert client.get(url).status_code == 200
    assert client.post(url, told).status_code == 403
    client.force_login(cast.stranger)
    assert client.get(url).status_code == 404


def test_word_that_is_none_of_the_fields_is_refused(cast: Cast, client: Browser) -> None:
    client.force_login(cast.owner)
    told = {"client_word": "boss", "provider_word": "vendor"}
    assert client.post(reverse("people:organisation"), told).status_code == 422
    with pytest.raises(WordUnknown):
        choose_words(actor_for(cast.owner), cast.lumen, **told, at=AT)
    assert Membership.objects.first().organisation.client_word == "client"


def test_what_is_mailed_is_chosen_by_a_page_and_by_the_api_and_told_without_what_it_is(
    cast: Cast, client: Browser
) -> None:
    client.force_login(cast.reader)
    url = reverse("people:mail")
    assert b"One mail a day at 8:00" in client.get(url).content
    assert client.post(url, {"is_mailed_mentions": "on", "digest_hour": "off"}).status_code == 302
    kept = Person.objects.get(pk=cast.reader.pk)
    assert (kept.is_mailed_approvals, kept.is_mailed_mentions, kept.digest_hour) == (False, True, None)
    assert client.post(url, {"digest_hour": "24"}).status_code == 422
    told = {"is_mailed_approvals": True, "is_mailed_mentions": False, "digest_hour": 24}
    wrong = client.put("/api/me/mail", told, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "hour-unknown")
    client.put("/api/me/mail", told | {"digest_hour": 6}, content_type="application/json")
    assert client.get("/api/me/mail").json() == told | {"digest_hour": 6}
    with entered(actor_for(cast.owner).reach):
        (first, *_) = Contents.objects.filter(action="mail.chosen")
    assert not any(word in first.payload for word in ("digest", "mailed"))
    client.force_login(cast.stranger)
    assert client.post(url, {"digest_hour": "6"}).status_code == 404
