"""Somebody who is removed is gone at once: from pages and parts of pages, from the API, and from what is just running."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.cast import joined
from tests.operate.month import AT, Month, a_month

from handfast.foundation.scope import entered
from handfast.foundation.web.exports import BLOCK_ROWS, ReachLost
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token
from handfast.people.queries import actor_for, secret_digest
from handfast.records.models import Upload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from handfast.operate.models import Statement
    from handfast.people.models import Membership

pytestmark = pytest.mark.django_db
SECRET = "hf_of-somebody-who-goes"  # noqa: S105 - it opens nothing outside of this test
FRAGMENT = {"HX-Request": "true"}
FILE = b"Ticket,At,Event\nL-9,2026-03-02T09:00:00,created\n"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A programme manager at the client, by session and by token, who is about to be removed."""

    month: Month
    membership: Membership
    statement: Statement
    browser: Client
    program: Client

    def goes(self) -> None:
        end_membership(self.month.client, self.membership, at=AT)

    def url(self, name: str, **words: object) -> str:
        return reverse(name, kwargs={"engagement": self.statement.agreement.engagement_id, **words})

    def uploads(self) -> int:
        with entered(self.month.client.reach):
            return Upload.objects.count()


@pytest.fixture
def leaving(tmp_path: Path, settings: SettingsWrapper) -> Leaving:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"
    month = a_month()
    cast = month.bargain.cast
    member = joined(month.client, cast.engagement, "client", ["programme-manager"], "Pat Parting", "lumen")
    now = datetime.now(UTC)
    issue_token(
        actor_for(member.person), member, name="Export", secret=SECRET, digest=secret_digest(SECRET),
        expires_at=now + timedelta(days=1), at=now,
    )  # fmt: skip
    browser = Client()
    browser.force_login(member.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    program = Client(headers={"authorization": f"Bearer {SECRET}"})
    return Leaving(month, member, month.issued(), browser, program)


def staged(home: Path) -> list[Path]:
    return [path for path in (home / "uploads").rglob("*") if path.is_file()]


def test_page_fragment_and_token_open_until_one_is_removed_and_not_after(leaving: Leaving) -> None:
    made = {"made": leaving.statement.pk, "level": "first_response"}
    asked: list[tuple[Client, str, dict[str, str], int]] = [
        (leaving.browser, leaving.url("operate:statement", period="2026-03"), {}, 404),
        (leaving.browser, leaving.url("operate:level", **made), FRAGMENT, 404),
        (leaving.browser, leaving.url("operate:record", **made, record="L-2"), FRAGMENT, 404),
        (leaving.browser, leaving.url("records:imports_export", form="csv"), {}, 404),
        (leaving.browser, f"/api/operate/statements/{leaving.statement.pk}", {}, 404),
        (leaving.program, f"/api/operate/statements/{leaving.statement.pk}", {}, 401),
        (leaving.program, "/api/me", {}, 401),
    ]
    for client, path, headers, _ in asked:
        assert client.get(path, headers=headers).status_code == 200, path
    leaving.goes()
    for client, path, headers, status in asked:
        assert client.get(path, headers=headers).status_code == status, path


def test_export_that_is_running_is_broken_off(leaving: Leaving) -> None:
    with entered(leaving.month.client.reach):
        one = Upload.objects.get()
        Upload.objects.bulk_create(_copies(one, 2 * BLOCK_ROWS))
    parts = iter(leaving.browser.get(leaving.url("records:imports_export", form="csv")).streaming_content)
    next(parts), next(parts)
    leaving.goes()
    with pytest.raises(ReachLost):
        list(parts)


def _copies(one: Upload, count: int) -> list[Upload]:
    values = {field.attname: getattr(one, field.attname) for field in Upload._meta.concrete_fields}
    return [Upload(**values | {"id": uuid4(), "staged_name": uuid4()}) for _ in range(count)]


class Halfway(io.BytesIO):
    """A body that does something when its end is near."""

    def __init__(self, body: bytes, doing: Callable[[], None]) -> None:
        super().__init__(body)
        self.doing: Callable[[], None] | None = doing

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if self.doing and self.tell() > 2**19:
            self.doing, doing = None, self.doing
            doing()
        return data


def sent(client: Client, path: str, fields: dict[str, Any], doing: Callable[[], None]) -> HttpResponse:
    """A file of a mebibyte sent by a form; halfway something happens."""
    parts = [
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="file"; filename="march.csv"\r\nContent-Type: text/csv'
    body = (
        "".join([*parts, f"--B\r\n{head}\r\n\r\n"]).encode()
        + FILE
        + b"L-9,2026-03-02T10:00:00,created\n" * 2**15
    )
    body += b"\r\n--B--\r\n"
    told = {
        "wsgi.input": Halfway(body, doing),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "multipart/form-data; boundary=B",
    }
    answer: HttpResponse = client.generic("POST", path, **told)  # type: ignore[arg-type]  # the environ of WSGI
    return answer


@pytest.mark.parametrize("way", ["browser", "program"])
def test_upload_of_somebody_removed_while_it_comes_leaves_nothing(
    leaving: Leaving, way: str, tmp_path: Path
) -> None:
    source = leaving.month.source.pk
    by_page = leaving.url("records:send"), {"source": source}
    path, fields = by_page if way == "browser" else (f"/api/records/sources/{source}/uploads", {})
    client: Client = getattr(leaving, way)
    before = leaving.uploads()
    taken = sent(client, path, fields, lambda: None)
    assert (taken.status_code, leaving.uploads()) == ({"browser": 302, "program": 202}[way], before + 1)
    held = staged(tmp_path)
    refused = sent(client, path, fields, leaving.goes)
    assert refused.status_code == 404, refused.content[:300]
    assert (leaving.uploads(), staged(tmp_path)) == (before + 1, held)
