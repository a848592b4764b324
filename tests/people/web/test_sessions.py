"""One session ends alone, at once, and only by whoever signed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests.factories.cast import Cast, make_cast

from handfast.foundation.refusals import NotPermitted
from handfast.people.actions.sessions import end_session
from handfast.people.queries import actor_for, session_mark

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def browser(person: Person, name: str) -> Client:
    """Somebody signed in with a browser of this name, seen once."""
    client = Client(headers={"user-agent": name})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("people:account")).status_code == 200
    return client


def marked(client: Client) -> str:
    return session_mark(UserSession.objects.get(session_key=client.session.session_key))


def is_signed_in(client: Client) -> bool:
    return bool(client.get(reverse("people:account")).status_code == 200)


def test_session_of_another_browser_ends_at_once_and_the_others_stay(cast: Cast) -> None:
    desk, phone, tablet = (browser(cast.owner, name) for name in ("A desk", "A phone", "A tablet"))
    page = desk.get(reverse("people:account")).content.decode()
    assert [page.count(name) > 0 for name in ("A desk", "A phone", "A tablet")] == [True, True, True]
    answer = desk.post(reverse("people:session_end", args=[marked(phone)]), follow=True)
    assert "That browser is signed out." in answer.content.decode()
    assert [is_signed_in(one) for one in (desk, phone, tablet)] == [True, False, True]


def test_current_session_is_marked_and_ends_by_signing_out(cast: Cast) -> None:
    desk = browser(cast.owner, "A desk")
    browser(cast.owner, "A phone")
    page = desk.get(reverse("people:account")).content.decode()
    rows = re.findall(r"<li>.*?</li>", page, re.DOTALL)
    assert [("This one" in row, "Sign out" in row) for row in rows if "A desk" in row] == [(True, True)]
    assert [("This one" in row, "Sign out" in row) for row in rows if "A phone" in row] == [(False, False)]
    answer = desk.post(reverse("people:session_end", args=[marked(desk)]))
    assert answer.url == reverse("account_login")
    assert not is_signed_in(desk)


def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    mine, theirs = browser(cast.owner, "A desk"), browser(cast.delivery, "Another")
    assert theirs.post(reverse("people:session_end", args=[marked(mine)])).status_code == 404
    with pytest.raises(NotPermitted):
        end_session(actor_for(cast.delivery), UserSession.objects.get(user=cast.owner))
    assert is_signed_in(mine)


def test_page_shows_no_key_that_would_open_a_session(cast: Cast) -> None:
    desk, phone = browser(cast.owner, "A desk"), browser(cast.owner, "A phone")
    page = desk.get(reverse("people:account")).content.decode()
    assert phone.session.session_key not in page
    assert desk.session.session_key not in page
