"""What cannot be read is refused by a sentence and a code, as a page or problem+json, and never as a fault of ours."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.factories.cast import Cast, make_cast

from handfast.foundation.outbox import work_once
from handfast.foundation.web.unreadable import (
    HostUnknown,
    LengthMissing,
    MethodRefused,
    ReadableMiddleware,
    RequestCutOff,
    RequestTooLarge,
    RequestUnreadable,
    faulty,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from handfast.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
NEW = "/api/engagements/"
LOGIN = "/accounts/login/"
FORM = "application/x-www-form-urlencoded"
BROKEN_FORM = "multipart/form-data"  # without a boundary


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def owner(cast: Cast) -> Client:
    """A browser that shows a fault as the page that people see."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.owner)
    return client


def refused(answer: HttpResponse, refusal: type[Refusal], status: int) -> str:
    """What is said, of an answer that is this refusal and nothing else."""
    assert answer.status_code == status
    if answer["Content-Type"] == "application/problem+json":
        told = json.loads(answer.content)
        assert (told["code"], told["status"]) == (refusal.code, status)
        return str(told["detail"])
    page = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert f">{refusal.code}<" in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    return page


def test_body_of_five_megabytes_is_too_large_for_page_and_api(owner: Client) -> None:
    long = "a" * 5_000_000
    by_api = owner.post(NEW, json.dumps({"name": long}), content_type="application/json")
    assert "at most 4 MiB" in refused(by_api, RequestTooLarge, 413)
    by_page = owner.post("/engagements/new/", f"name={long}", content_type=FORM)
    assert "at most 4 MiB" in refused(by_page, RequestTooLarge, 413)


def test_form_of_thousands_of_fields_or_files_is_too_large(owner: Client) -> None:
    fields = "&".join(f"f{number}=1" for number in range(2_001))
    assert "2,000 fields" in refused(owner.post(LOGIN, fields, content_type=FORM), RequestTooLarge, 413)
    part = '--B\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n'
    files = part * 21 + "--B--\r\n"
    answer = owner.post("/engagements/new/", files, content_type="multipart/form-data; boundary=B")
    assert "20 files" in refused(answer, RequestTooLarge, 413)


def test_form_without_its_boundary_is_unreadable(owner: Client) -> None:
    refused(owner.post("/engagements/new/", b"x", content_type=BROKEN_FORM), RequestUnreadable, 400)


def test_form_in_another_encoding_is_unreadable(owner: Client) -> None:
    answer = owner.post("/engagements/new/", b"name=x", content_type=f"{FORM}; charset=latin-1")
    refused(answer, RequestUnreadable, 400)


@pytest.mark.parametrize(
    "path",
    ["/eng%00agements/", "/engagements/?view=%00", "/engagements/?%00=1", "/api/me?x=%00", "/api/records/presets/%00?key=a"],
)  # fmt: skip
def test_zero_character_in_an_address_is_unreadable(owner: Client, path: str) -> None:
    refused(owner.get(path), RequestUnreadable, 400)


def test_zero_character_in_a_cookie_is_unreadable() -> None:
    answer = Client().get(LOGIN, headers={"cookie": 'handfast-session="\\000aaaaaaaaaaaa"'})
    refused(answer, RequestUnreadable, 400)


def test_address_that_is_no_text_leads_nowhere(owner: Client) -> None:
    assert owner.get("/engagements/%ff%fe/").status_code == 404
    assert owner.get("/engagements/?view=%ff%fe").status_code == 200


def test_body_in_chunks_is_asked_for_its_length(owner: Client) -> None:
    request = RequestFactory().post(NEW, headers={"transfer-encoding": "chunked"})
    del request.META["CONTENT_LENGTH"]
    refused(ReadableMiddleware(lambda _: HttpResponse())(request), LengthMissing, 411)


@pytest.mark.parametrize("path", ["/engagements/new/", NEW])
def test_connection_that_breaks_while_a_form_is_read_is_no_fault(path: str) -> None:
    middleware = ReadableMiddleware(lambda _: HttpResponse())
    answer = middleware.process_exception(RequestFactory().post(path), UnreadablePostError("reset"))
    assert answer is not None
    assert (answer.status_code, RequestCutOff.code in answer.content.decode()) == (400, True)
    assert middleware.process_exception(RequestFactory().post(path), ValueError()) is None


def test_method_that_an_operation_has_not_is_said_with_those_it_has(owner: Client) -> None:
    answer = owner.delete("/api/me")
    assert "GET" in refused(answer, MethodRefused, 405)
    assert {"GET", "PUT"} <= set(re.split(r", ?", answer["Allow"]))


def test_operation_that_does_not_exist_is_told_as_a_problem(owner: Client) -> None:
    for path in ("/api/nothing", "/api/engagements/no-id/"):
        told = json.loads(owner.get(path).content)
        assert (told["code"], told["status"]) == ("not-seen", 404)


def test_fault_of_ours_tells_programs_and_people_nothing_of_itself() -> None:
    for path, kind in ((NEW, "application/problem+json"), (LOGIN, "text/html; charset=utf-8")):
        request: HttpRequest = RequestFactory().get(path)
        answer = faulty(request)
        assert (answer.status_code, answer["Content-Type"]) == (500, kind)
        assert "othing was changed" in answer.content.decode()


HOSTS = [
    "evil.example", "127.0.0.1@evil.example", "127.0.0.1#evil.example", "127.0.0.1/evil.example", "127.0.0.1:evil",
    "127.0.0.1, evil.example", "evil.example:80", "127.0.0.1.evil.example", "evil.example\\.127.0.0.1", "[::1", "a b",
    "", ".", "<script>alert(1)</script>", "127.0.0.1\tevil.example", "xn--e1afmkfd.example",
]  # fmt: skip


@pytest.mark.parametrize("path", [LOGIN, "/accounts/password/reset/", "/api/me", "/join/x/", "/nowhere"])
@pytest.mark.parametrize("host", HOSTS)
def test_hostile_host_is_refused_and_never_said_back(host: str, path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, headers={"host": host})
    said = refused(answer, HostUnknown, 400) + str(answer.headers)
    assert "evil" not in said
    assert "alert(1)" not in said


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-host", "x-original-host", "forwarded", "x-forwarded-server"]
)
def test_header_beside_the_host_changes_no_address(name: str, cast: Cast, mailoutbox: list[object]) -> None:
    headers = {name: "host=evil.example" if name == "forwarded" else "evil.example"}
    client = Client()
    assert b"evil" not in client.get(LOGIN, headers=headers).content
    client.post("/accounts/password/reset/", {"email": cast.owner.email}, headers=headers)
    while work_once(timezone.now):
        continue
    sent = next(one for one in mailoutbox if "password" in one.subject)  # type: ignore[attr-defined]  # a mail
    assert "evil" not in f"{sent.subject} {sent.body} {sent.extra_headers}"  # type: ignore[attr-defined]  # a mail


IN_PRODUCTION = [
    ("handfast.lumen.example", 200), ("Handfast.Lumen.example:443", 200), ("handfast.lumen.example:8443", 400),
    ("handfast.lumen.example.", 400), ("handfast.lumen.example:99999", 400), ("127.0.0.1", 400),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), IN_PRODUCTION)
def test_installation_in_use_answers_at_its_own_name_and_port_alone(
    host: str, status: int, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_MODE, settings.ALLOWED_HOSTS = "production", ["handfast.lumen.example"]
    settings.HANDFAST_ADDRESS = "https://handfast.lumen.example"
    answer = Client().get(LOGIN, headers={"host": host})
    assert answer.status_code == status
    assert "8443" not in answer.content.decode()


def test_installation_on_a_port_of_its_own_is_named_with_it(settings: SettingsWrapper) -> None:
    settings.HANDFAST_MODE, settings.ALLOWED_HOSTS = "production", ["handfast.lumen.example"]
    settings.HANDFAST_ADDRESS = "https://handfast.lumen.example:8443"
    for host, status in (("handfast.lumen.example:8443", 200), ("handfast.lumen.example", 400)):
        assert Client().get(LOGIN, headers={"host": host}).status_code == status
