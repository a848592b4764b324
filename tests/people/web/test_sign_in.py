"""Signing in says nothing of who exists, asks the second step, and ends where somebody ends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import PASSWORD, Cast, make_cast

from handfast.foundation.outbox import work_once
from handfast.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
APP = "JBSWY3DPEHPK3PXP"  # what an app and the account both know


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def nobody_tried_before() -> Iterator[None]:
    cache.clear()  # the counters of tries
    yield
    cache.clear()


def tried(client: Client, address: str, password: str) -> HttpResponse:
    answer: HttpResponse = client.post(LOGIN, {"login": address, "password": password})  # type: ignore[assignment]  # the client's own kind
    return answer


def is_it_you(client: Client) -> None:
    """Writes the password once more, as what changes sign-in asks."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def words_of(answer: HttpResponse, address: str) -> str:
    """The page without what changes at every showing."""
    page = answer.content.decode().replace(address, "")
    return re.sub(
        r'(name="csrfmiddlewaretoken" value|"X-CSRFToken"): ?"[^"]*"|value="[A-Za-z0-9]{64}"', "", page
    )


def test_person_signs_in_with_address_and_password(cast: Cast, client: Client) -> None:
    answer = tried(client, cast.rival.email.upper(), PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get(reverse("engagement:list")).status_code == 200


def test_wrong_password_and_unknown_address_get_the_same_answer(cast: Cast) -> None:
    first, second = Client(), Client()
    known = tried(first, cast.owner.email, "not that word at all")
    unknown = tried(second, "nobody@lumen.example", "not that word at all")
    assert known.status_code == unknown.status_code == 200
    assert words_of(known, cast.owner.email) == words_of(unknown, "nobody@lumen.example")
    assert "hf-refused" in known.content.decode()


def test_recovery_answers_alike_and_mails_only_whom_it_knows(cast: Cast, client: Client) -> None:
    url = reverse("account_reset_password")
    known = client.post(url, {"email": cast.owner.email})
    unknown = client.post(url, {"email": "nobody@lumen.example"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert mail.outbox == []
    assert [one.to for one in resets_mailed()] == [[cast.owner.email]]


def test_request_for_recovery_does_the_same_whether_the_address_is_known_or_not(
    cast: Cast, client: Client
) -> None:
    url = reverse("account_reset_password")
    client.get(url)
    said = []
    for address in (cast.owner.email, "nobody@lumen.example"):
        with CaptureQueriesContext(connection) as asked:
            client.post(url, {"email": address})
        said.append([one["sql"].split(" ", 1)[0] for one in asked])
    known, unknown = said
    assert known.count("INSERT") == unknown.count("INSERT") == 1
    assert abs(len(known) - len(unknown)) <= 1  # the library looks up the addresses of whom it knows
    Person.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert resets_mailed() == []


def resets_mailed() -> list[mail.EmailMessage]:
    """What the worker sends of those who asked."""
    while work_once(timezone.now):
        continue
    return [one for one in mail.outbox if "password" in one.subject]


def test_recovery_link_sets_a_password_once(cast: Cast, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.owner.email})
    found = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(resets_mailed()[0].body))
    assert found
    page = client.get(found[1], follow=True)
    form = page.redirect_chain[-1][0]
    word = "another long word for tests"
    done = client.post(form, {"password1": word, "password2": word})
    assert done.status_code == 302
    assert Person.objects.get(pk=cast.owner.pk).check_password(word)
    assert "spent" in Client().get(found[1], follow=True).content.decode()


def test_second_step_is_asked_and_a_wrong_code_stays_outside(cast: Cast, client: Client) -> None:
    TOTP.activate(cast.owner, APP)
    answer = tried(client, cast.owner.email, PASSWORD)
    step = reverse("mfa_authenticate")
    assert answer["Location"].startswith(step)
    assert client.get(reverse("engagement:list")).status_code == 302
    assert client.get(step).status_code == 200
    assert client.post(step, {"code": "000000"}).status_code == 200
    assert client.get(reverse("engagement:list")).status_code == 302
    code = format_hotp_value(hotp_value(APP, next(yield_hotp_counters_from_time())))
    assert client.post(step, {"code": code}).status_code == 302
    assert client.get(reverse("engagement:list")).status_code == 200


def test_app_for_codes_is_added_on_its_page(cast: Cast, client: Client) -> None:
    tried(client, cast.owner.email, PASSWORD)
    is_it_you(client)
    url = reverse("mfa_activate_totp")
    page = client.get(url)
    assert "<svg" in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(url, {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=cast.owner, type=Authenticator.Type.TOTP).exists()
    assert get_adapter().is_mfa_enabled(cast.owner)


def test_nobody_signs_up_alone_and_no_address_for_it_exists(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


def test_forms_without_their_token_are_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert tried(strict, cast.owner.email, PASSWORD).status_code == 403
    strict.force_login(cast.owner)
    for url in (reverse("people:account"), reverse("engagement:new"), reverse("account_logout")):
        assert strict.post(url, {}).status_code == 403
    answer = strict.put("/api/me", {"name": "P", "zone": "UTC"}, content_type="application/json")
    assert answer.status_code == 403
    assert strict.get("/api/me").status_code == 200


def test_hostile_host_header_is_refused(client: Client) -> None:
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_sessions_are_listed_and_the_others_ended(cast: Cast) -> None:
    here, there = Client(headers={"user-agent": "Desk browser"}), Client(headers={"user-agent": "Lost phone"})
    for one in (here, there):
        tried(one, cast.owner.email, PASSWORD)
        assert one.get(reverse("engagement:list")).status_code == 200
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Desk browser" in page
    assert "Lost phone" in page
    assert "Lost phone" in here.get(reverse("people:account")).content.decode()
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("engagement:list")).status_code == 302
    assert here.get(reverse("engagement:list")).status_code == 200
    assert "Lost phone" not in here.get(reverse("usersessions_list")).content.decode()


def test_changed_password_ends_every_session(cast: Cast) -> None:
    here, there = Client(), Client()
    for one in (here, there):
        tried(one, cast.owner.email, PASSWORD)
    word = "another long word for tests"
    told = {"oldpassword": PASSWORD, "password1": word, "password2": word}
    assert here.post(reverse("account_change_password"), told).status_code == 302
    assert there.get(reverse("engagement:list")).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "account_login", "account_reset_password", "account_reset_password_done", "account_logout",
        "account_reset_password_from_key_done", "account_inactive", "account_email_verification_sent",
    ],
)  # fmt: skip
def test_pages_before_sign_in_open(name: str, cast: Cast, client: Client) -> None:
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200
    assert "hf-gate" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
        "usersessions_list", "account_logout",
    ],
)  # fmt: skip
def test_pages_of_ones_own_sign_in_open(name: str, cast: Cast, client: Client) -> None:
    tried(client, cast.owner.email, PASSWORD)
    is_it_you(client)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "{%" not in answer.content.decode()


def test_recovery_codes_are_made_and_shown(cast: Cast, client: Client) -> None:
    tried(client, cast.owner.email, PASSWORD)
    is_it_you(client)
    TOTP.activate(cast.owner, APP)
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    answer = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert "Keep them where your phone is not" in answer.content.decode()
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_is_it_you_is_asked_by_password(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)  # signed in without a password that was written lately
    answer = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Is it you?" in answer.content.decode()
