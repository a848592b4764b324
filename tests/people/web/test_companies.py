"""People sign in with their company's account, at a real provider on the loopback, and nobody else does."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import PASSWORD, Cast, make_cast
from tests.factories.companies import Provider, came_back, led_to, provider_running, walked

from handfast.foundation.outbox import work_once
from handfast.people.models import CompanyAccount, Organisation, Person
from handfast.people.web.company import asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
REFUSED, UNAVAILABLE = "company-sign-in-refused", "company-unavailable"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with provider_running() as found:
        yield found


@pytest.fixture
def provider(running: Provider, settings: SettingsWrapper) -> Provider:
    cache.clear()  # the counters of tries
    running.told()
    settings.HANDFAST_COMPANIES = (running.company("lumen.example"),)
    return running


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("people:account")).status_code == 200)


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def without_token(page: str) -> str:
    """The page without what changes at every showing."""
    return re.sub(r'"X-CSRFToken": ?"[^"]*"', "", page)


def tried(client: Client, address: str, password: str) -> HttpResponse:
    told = {"login": address, "password": password}
    answer: HttpResponse = client.post(reverse("account_login"), told)  # type: ignore[assignment]  # the client's own kind
    return answer


def again(client: Client) -> None:
    """Writes the password once more, as what changes sign-in asks."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def link_of(provider: Provider) -> str:
    return reverse("people:company_link", args=["1"])


def test_person_enters_by_the_verified_address_once_and_by_the_subject_from_then_on(
    provider: Provider, cast: Cast, client: Client
) -> None:
    assert "Sign in with Lumen" in said(client.get(reverse("account_login")))
    answer = walked(client, provider, onward=reverse("engagement:list"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("engagement:list"))
    assert is_in(client)
    assert list(CompanyAccount.objects.values_list("person", "subject")) == [(cast.owner.pk, "employee-1")]
    while work_once(timezone.now):
        continue
    told = [one.to for one in mail.outbox if "account at Lumen" in str(one.body)]
    assert told == [[cast.owner.email]]
    provider.told(claims={"email": "somebody.else@lumen.example"})
    later = Client()
    walked(later, provider)
    assert cast.owner.email in said(later.get(reverse("people:account")))
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_address_may_be_told_by_userinfo_of_the_same_subject_alone(
    provider: Provider, cast: Cast, client: Client
) -> None:
    told = {"email": cast.owner.email, "email_verified": True}
    provider.told(claims={"email": None}, user={"sub": "somebody", **told})
    assert REFUSED in said(walked(client, provider))
    provider.told(claims={"email": None}, user={"sub": "employee-1", **told})
    assert walked(client, provider).status_code == 302
    assert is_in(client)


NOW = int(time.time())
FORGED: dict[str, dict[str, Any]] = {
    "wrong nonce": {"claims": {"nonce": "of another sign-in"}},
    "no nonce": {"claims": {"nonce": None}},
    "wrong issuer": {"claims": {"iss": "https://login.elsewhere.example"}},
    "wrong audience": {"claims": {"aud": "somebody else"}},
    "several audiences": {"claims": {"aud": ["handfast", "somebody else"]}},
    "given to another": {"claims": {"azp": "somebody else"}},
    "expired": {"claims": {"iat": NOW - 900, "exp": NOW - 600}},
    "of tomorrow": {"claims": {"iat": NOW + 86_400, "exp": NOW + 90_000}},
    "without an end": {"claims": {"exp": None}},
    "no subject": {"claims": {"sub": ""}},
    "long subject": {"claims": {"sub": "s" * 256}},
    "not signed": {"signed": "none"},
    "signed with what everybody knows": {"signed": "HS256"},
    "signed by another": {"signed": "another"},
    "key unknown": {"kid": "second"},
    "another answers": {"back": {"iss": "https://login.elsewhere.example"}},
    "another state": {"back": {"state": "of another browser"}},
    "refused there": {"back": {"code": "", "error": "access_denied"}},
    "code made up": {"back": {"code": "made-up"}},
}


@pytest.mark.parametrize("forged", FORGED)
def test_answer_that_does_not_hold_signs_nobody_in(
    forged: str, provider: Provider, cast: Cast, client: Client
) -> None:
    provider.told(**FORGED[forged])
    answer = walked(client, provider)
    assert (answer.status_code, REFUSED in said(answer)) == (403, True)
    assert not is_in(client)
    assert not CompanyAccount.objects.exists()


STRANGERS: dict[str, dict[str, Any]] = {
    "nobody here": {"email": "nobody@lumen.example"},
    "not verified": {"email_verified": False},
    "verified in words": {"email_verified": "true"},
    "another domain": {"email": "jovana.petrovic@danubecare.example"},
    "domain within another": {"email": "priya.raman@lumen.example.elsewhere.example"},
    "no address": {"email": None},
}


def test_strangers_read_the_same_page_whoever_is_known_here(
    provider: Provider, cast: Cast, client: Client
) -> None:
    pages: set[str] = set()
    for claims in STRANGERS.values():
        provider.told(claims=claims)
        answer = walked(client, provider)
        assert answer.status_code == 403
        pages.add(without_token(said(answer)))
    Person.objects.filter(pk=cast.owner.pk).update(is_active=False)
    provider.told()
    pages.add(without_token(said(walked(client, provider))))
    assert len(pages) == 1
    assert not CompanyAccount.objects.exists()
    assert not is_in(client)


def test_address_handed_on_to_a_new_employee_opens_nothing(
    provider: Provider, cast: Cast, client: Client
) -> None:
    walked(client, provider)
    provider.told(claims={"sub": "employee-2"})
    new = Client()
    assert REFUSED in said(walked(new, provider))
    assert not is_in(new)


def test_code_and_state_serve_once_and_in_the_browser_that_began(
    provider: Provider, cast: Cast, client: Client
) -> None:
    begin = reverse("people:company_begin", args=["1"])
    back = provider.sent_back(led_to(client.post(begin)))  # type: ignore[arg-type]  # the client's own kind
    assert REFUSED in said(came_back(Client(), back))
    assert came_back(client, back).status_code == 302
    other = Client()
    other.post(begin)
    assert REFUSED in said(came_back(other, back))
    assert not is_in(other)


def test_answer_that_comes_too_late_is_refused(provider: Provider, cast: Cast, client: Client) -> None:
    begin = reverse("people:company_begin", args=["1"])
    back = provider.sent_back(led_to(client.post(begin)))  # type: ignore[arg-type]  # the client's own kind
    session = client.session
    session["company_sign_in"] = {**session["company_sign_in"], "at": time.time() - 601}
    session.save()
    assert REFUSED in said(came_back(client, back))


@pytest.mark.parametrize("place", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_provider_that_fails_leads_to_a_page_and_no_fault(
    place: str, provider: Provider, cast: Cast, client: Client
) -> None:
    begin = reverse("people:company_begin", args=["1"])
    back = provider.sent_back(led_to(client.post(begin)))  # type: ignore[arg-type]  # the client's own kind
    provider.told(broken=[place])
    answer = came_back(client, back)
    assert (answer.status_code, UNAVAILABLE in said(answer)) == (503, True)
    assert "Sign in another way" in said(answer)


def test_provider_that_is_down_or_slow_or_sends_elsewhere_leads_to_the_same_page(
    provider: Provider, cast: Cast, client: Client, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LONGEST_SILENCE", 0.3)
    place = "/.well-known/openid-configuration"
    begin = reverse("people:company_begin", args=["1"])
    with provider_running() as another:
        elsewhere = another.issuer
        faults: list[dict[str, Any]] = [
            {"slow": [place], "seconds": 3},
            {"elsewhere": [place], "there": f"{elsewhere}{place}"},
            {"described": {"issuer": elsewhere}},
            {"described": {"authorization_endpoint": "http://login.elsewhere.example/authorize"}},
            {"described": {"authorization_endpoint": "javascript:alert(1)"}},
            {"described": {"authorization_endpoint": None}},
            {"described": {"more": "x" * 300_000}},
        ]
        for one in faults:
            provider.told(**one)
            answer = client.post(begin)
            assert (answer.status_code, UNAVAILABLE in answer.content.decode()) == (503, True), one
    provider.told()
    settings.HANDFAST_COMPANIES = (provider.company().__class__("1", "Lumen", elsewhere, "handfast", "x"),)
    assert client.post(begin).status_code == 503


def test_way_back_is_fixed_by_the_settings_and_begun_by_a_form_alone(
    provider: Provider, cast: Cast, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_ADDRESS = "https://handfast.lumen.example"
    begin = reverse("people:company_begin", args=["1"])
    there = led_to(Client().post(begin, headers={"host": "localhost"}))  # type: ignore[arg-type]  # the client's own kind
    assert "redirect_uri=https%3A%2F%2Fhandfast.lumen.example%2Fsign-in%2F1%2Fback%2F" in there
    assert "code_challenge_method=S256" in there
    assert Client().get(begin).status_code == 405
    assert Client(enforce_csrf_checks=True).post(begin).status_code == 403
    assert Client().post(reverse("people:company_begin", args=["2"])).status_code == 404
    assert Client().get(reverse("people:company_back", args=["2"])).status_code == 404


def test_way_onward_leads_to_no_other_site(provider: Provider, cast: Cast, client: Client) -> None:
    assert walked(client, provider, onward="https://elsewhere.example/")["Location"] == "/"


def test_second_step_of_ones_own_is_asked_after_the_company(
    provider: Provider, cast: Cast, client: Client
) -> None:
    TOTP.activate(cast.owner, "JBSWY3DPEHPK3PXP")
    assert walked(client, provider)["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(client)


def test_account_is_linked_by_whoever_is_signed_in_and_wrote_the_password_again(
    provider: Provider, cast: Cast, client: Client
) -> None:
    tried(client, cast.delivery.email, PASSWORD)
    asked = client.post(link_of(provider))
    assert (asked.status_code, asked["Location"].startswith(reverse("account_reauthenticate"))) == (302, True)
    again(client)
    assert walked(client, provider, begun=link_of(provider)).status_code == 302
    account = CompanyAccount.objects.get()
    assert account.person_id == cast.delivery.pk
    page = said(client.get(reverse("people:account")))  # type: ignore[arg-type]  # the client's own kind
    assert reverse("people:company_unlink", args=[account.pk]) in page
    other = Client()
    tried(other, cast.owner.email, PASSWORD)
    again(other)
    assert REFUSED in said(walked(other, provider, begun=link_of(provider)))
    assert other.post(reverse("people:company_unlink", args=[account.pk])).status_code == 404
    assert client.post(reverse("people:company_unlink", args=[account.pk])).status_code == 302
    assert not CompanyAccount.objects.exists()


def test_link_begun_by_one_person_does_not_serve_the_next_at_this_browser(
    provider: Provider, cast: Cast, client: Client
) -> None:
    tried(client, cast.owner.email, PASSWORD)
    again(client)
    back = provider.sent_back(led_to(client.post(link_of(provider))))  # type: ignore[arg-type]  # the client's own kind
    begun = client.session["company_sign_in"]
    client.post(reverse("account_logout"))
    tried(client, cast.delivery.email, PASSWORD)
    session = client.session
    session["company_sign_in"] = begun
    session.save()
    assert REFUSED in said(came_back(client, back))
    assert not CompanyAccount.objects.exists()


def test_organisation_asks_for_its_own_sign_in_and_other_ways_open_nothing_of_it(
    provider: Provider, cast: Cast, client: Client
) -> None:
    walked(client, provider)
    reader = Client()
    tried(reader, cast.reader.email, PASSWORD)
    assert reader.get(reverse("engagement:people", args=[cast.engagement.pk])).status_code == 200
    saved = client.post(reverse("people:organisation_sign_in"), {"issuer": provider.issuer})
    assert saved.status_code == 302
    assert reader.get(reverse("engagement:people", args=[cast.engagement.pk])).status_code == 404
    right = tried(Client(), cast.owner.email, PASSWORD)
    wrong = tried(Client(), cast.owner.email, "not that word at all")
    assert (right.status_code, wrong.status_code) == (200, 200)
    assert "hf-refused" in said(right)
    assert said(right).count("incorrect") == said(wrong).count("incorrect")
    assert tried(Client(), cast.delivery.email, PASSWORD).status_code == 302  # of another organisation
    assert client.get(reverse("engagement:people", args=[cast.engagement.pk])).status_code == 200


def test_sign_in_is_asked_of_all_by_whoever_tried_it_and_manages_people(
    provider: Provider, cast: Cast, client: Client
) -> None:
    url, told = reverse("people:organisation_sign_in"), {"issuer": provider.issuer}
    tried(client, cast.owner.email, PASSWORD)
    answer = client.post(url, told)
    assert (answer.status_code, "link your own account" in answer.content.decode()) == (422, True)
    program = client.put("/api/organisation/sign-in", told, content_type="application/json")
    assert (program.status_code, program.json()["code"]) == (422, "company-not-linked")
    reader = Client()
    tried(reader, cast.reader.email, PASSWORD)
    assert reader.post(url, told).status_code == 403
    assert Organisation.objects.get(pk=cast.lumen.pk).required_issuer == ""
