"""When a session was last seen is kept now and then; a page that is only read writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.people.web.seen import NOTED_EVERY

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The owner, signed in and seen once."""
    client = Client(headers={"user-agent": "A desk"})
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert read(client) == 200
    return client


def read(client: Client, **sent: str) -> int:
    return client.get(reverse("people:account"), **sent).status_code  # type: ignore[arg-type]  # what a request says of itself


def row(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def seen_before(client: Client, ago: timedelta) -> datetime:
    one = row(client)
    moved: datetime = one.last_seen_at - ago
    one.last_seen_at = moved
    one.save(update_fields=["last_seen_at"])
    return moved


@pytest.mark.parametrize("name", ["people:account", "home", "engagement:list"])
def test_page_that_is_read_again_writes_nothing_and_begins_nothing(desk: Client, name: str) -> None:
    desk.get(reverse(name))
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(reverse(name)).status_code in {200, 302}
    said = [one["sql"] for one in asked]
    assert said
    assert [sql for sql in said if not sql.lstrip("(").startswith("SELECT")] == []


def test_session_is_noted_again_once_the_time_has_passed(desk: Client) -> None:
    recent = seen_before(desk, NOTED_EVERY - MINUTE)
    read(desk)
    assert row(desk).last_seen_at == recent
    old = seen_before(desk, 2 * MINUTE)
    read(desk)
    assert row(desk).last_seen_at > old


@pytest.mark.parametrize(
    "sent", [{"HTTP_USER_AGENT": "A phone"}, {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "2001:DB8::7"}]
)
def test_session_from_elsewhere_is_noted_at_once_and_then_left(desk: Client, sent: dict[str, str]) -> None:
    read(desk, **sent)
    (said,) = sent.values()
    assert said.lower() in {row(desk).user_agent.lower(), row(desk).ip.lower()}
    with CaptureQueriesContext(connection) as asked:
        read(desk, **sent)
    assert [one["sql"] for one in asked if "usersessions" in one["sql"] and "UPDATE" in one["sql"]] == []


def test_session_that_was_never_noted_is_noted_by_its_first_page(desk: Client) -> None:
    row(desk).delete()
    read(desk)
    assert row(desk).user_agent == "A desk"


def test_ended_session_is_out_at_the_next_page_and_leaves_no_row(desk: Client) -> None:
    one = row(desk)
    one.end()
    assert read(desk) == 302
    assert not UserSession.objects.filter(pk=one.pk).exists()
    assert not UserSession.objects.filter(session_key=one.session_key).exists()


def test_strangers_are_noted_nowhere(cast: Cast) -> None:
    assert read(Client()) == 302
    assert not UserSession.objects.exists()
