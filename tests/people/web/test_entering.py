"""Every request enters with its reach: cheaply, anew each time, and never with more than the membership gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.factories.cast import AT, PASSWORD, Cast, a_deal, make_cast

from handfast.engagement.actions.engagements import open_engagement
from handfast.foundation.scope import OutsideTheFence, Reach, current_reach
from handfast.people.actions.memberships import end_membership
from handfast.people.actions.tokens import issue_token, new_secret
from handfast.people.models import Membership, Person
from handfast.people.queries import actor_for, secret_digest
from handfast.people.web.entering import ReachMiddleware

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
MOST_QUERIES = 4


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def tries() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(person=person, engagement_id=cast.engagement.pk)


def entered_by(request: HttpRequest) -> tuple[Reach, HttpRequest]:
    """The reach that a view would find, and the request as it came to it."""
    found: list[Reach] = []

    def view(_: HttpRequest) -> HttpResponse:
        found.append(current_reach())
        return HttpResponse()

    ReachMiddleware(view)(request)
    return found[0], request


def asked(person: object = None, *, session: dict[str, str] | None = None, bearer: str = "") -> HttpRequest:
    headers = {"authorization": f"Bearer {bearer}"} if bearer else {}
    request = RequestFactory().get("/", headers=headers)
    request.user = person  # type: ignore[assignment]  # as the library's middleware does
    request.session = session or {}  # type: ignore[assignment]  # all that is read of it
    return request


def token_of(cast: Cast, person: Person) -> str:
    secret = new_secret()
    issue_token(
        actor_for(person), member(cast, person), name="Export", secret=secret, digest=secret_digest(secret),
        expires_at=datetime.now(UTC) + timedelta(days=30), at=datetime.now(UTC),
    )  # fmt: skip
    return secret


def test_reach_costs_at_most_four_queries_however_many_deals_there_are(cast: Cast) -> None:
    secret = token_of(cast, cast.owner)
    for number in range(30):
        open_engagement(actor_for(cast.owner), cast.lumen, deal=a_deal(name=f"Deal {number}"), at=AT)
    for request in (asked(cast.owner), asked(bearer=secret)):
        with CaptureQueriesContext(connection) as queries:
            reach, _ = entered_by(request)
        assert len(queries) <= MOST_QUERIES
        assert reach.reads


def test_token_reaches_its_own_engagement_and_not_all_of_its_person(cast: Cast) -> None:
    session, _ = entered_by(asked(cast.owner))
    token, _ = entered_by(asked(bearer=token_of(cast, cast.owner)))
    assert token.reads < session.reads
    assert cast.engagement.space_id in token.writes


def test_stranger_and_wrong_token_enter_with_an_empty_reach(cast: Cast) -> None:
    stranger, _ = entered_by(asked(cast.stranger))
    assert stranger == Reach()
    reach, request = entered_by(asked(cast.owner, bearer="hf_guessed"))  # a session beside it does not help
    assert reach == Reach()
    assert request.actor is None  # type: ignore[attr-defined]  # set by the middleware


def test_reader_enters_to_read_and_writes_nowhere(cast: Cast) -> None:
    reach, _ = entered_by(asked(cast.reader))
    assert cast.engagement.space_id in reach.reads
    assert not reach.writes


def test_organisation_of_others_in_the_session_is_passed_over(cast: Cast) -> None:
    honest, _ = entered_by(asked(cast.rival))
    forged, request = entered_by(asked(cast.rival, session={"organisation": str(cast.danube.pk)}))
    assert forged == honest
    assert request.actor.organisation == cast.tagus.pk  # type: ignore[attr-defined]  # set by the middleware


def test_reach_asked_again_in_a_running_request_has_lost_what_was_ended(cast: Cast) -> None:
    reach, request = entered_by(asked(cast.reader))
    assert request.reach_now() == reach  # type: ignore[attr-defined]  # set by the middleware
    end_membership(actor_for(cast.owner), member(cast, cast.reader), at=AT)
    assert request.reach_now() == Reach()  # type: ignore[attr-defined]  # as above


def test_person_who_is_locked_out_reaches_nothing_by_session_or_token(cast: Cast) -> None:
    secret = token_of(cast, cast.owner)
    Person.objects.filter(pk=cast.owner.pk).update(is_active=False)
    for request in (asked(Person.objects.get(pk=cast.owner.pk)), asked(bearer=secret)):
        reach, _ = entered_by(request)
        assert reach == Reach()


def test_reach_is_left_again_after_the_answer(cast: Cast) -> None:
    entered_by(asked(cast.owner))
    with pytest.raises(OutsideTheFence):
        current_reach()


@pytest.mark.usefixtures("tries")
def test_password_is_not_guessed_without_end(cast: Cast) -> None:
    client = Client()
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": cast.owner.email, "password": "not that word"})
    assert "Too many" in answer.content.decode() or answer.status_code == 429
    client.post("/accounts/login/", {"login": cast.owner.email, "password": PASSWORD})
    assert client.get("/engagements/").status_code == 302
