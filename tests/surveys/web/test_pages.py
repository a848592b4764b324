"""The pages of surveys, as each side opens them, and the page behind a link, as whoever has it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handfast.foundation.scope import entered
from handfast.surveys.actions import open_survey
from handfast.surveys.models import Survey

if TYPE_CHECKING:
    from django.http import HttpResponse
    from tests.surveys.asking import Asking

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def url(asking: Asking, name: str = "surveys", *more: object) -> str:
    return reverse(f"surveys:{name}", args=[asking.engagement.pk, *more])


def told(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def drafting(**words: str) -> dict[str, str]:
    said = {
        "usual": "change_pulse", "title": "", "questions": "", "closes_on": "2099-07-01", "is_anonymous": "on",
        "sent_by": "invitation", "audience": "shared", "purpose": "", "counted": "",
    }  # fmt: skip
    return said | words


def test_a_survey_is_drafted_sent_and_closed_by_its_pages(asking: Asking) -> None:
    client = browser(asking.cast.owner)
    assert "Nothing has been asked yet." in told(client.get(url(asking)))
    page = told(client.post(url(asking), drafting(), follow=True))
    assert "SV-1 is drafted" in page
    assert "I believe this will work." in page
    assert "counted by readiness" in page
    with entered(asking.client.reach):
        made = Survey.objects.get()
    assert (made.title, made.usual) == ("Change pulse, affected client staff", "change_pulse")
    one = (asking.engagement.pk, made.pk)
    refused = client.post(reverse("surveys:survey_open", args=one), {"as_seen": "1"})
    assert refused.status_code == 422
    assert "Invite those who are asked" in told(refused) or "invite those who are asked" in told(refused)
    said = {"group": "Desk", "emails": "\n".join(f"a{number}@users.example" for number in range(6))}
    assert "6 more are invited." in told(
        client.post(reverse("surveys:survey_invite", args=one), said, follow=True)
    )
    amended = drafting(title="Pulse", questions="Why? | text\nWell? | agree", counted="2", as_seen="2")
    assert "The draft is kept." in told(client.post(url(asking, "survey", made.pk), amended, follow=True))
    assert "each who is invited is mailed a link" in told(
        client.post(reverse("surveys:survey_open", args=one), follow=True)
    )
    assert "answered by 0 of 6" in told(client.get(url(asking)))
    assert "It is closed." in told(client.post(reverse("surveys:survey_close", args=one), follow=True))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"usual": "", "questions": ""}, "Ask 1 to 40 questions"),
        ({"questions": "Without an answer"}, "Line 1: end it with"),
        ({"closes_on": "2020-01-01"}, "Choose a day that is not over"),
        ({"closes_on": "soon"}, "Enter a valid date"),
        ({"counted": "99"}, "The number of one of the 7 questions"),
        ({"usual": "nothing"}, "Select a valid choice"),
        ({"sent_by": "link", "is_anonymous": ""}, "One link for all knows nobody"),
    ],
)
def test_a_draft_that_cannot_be_kept_says_why_at_its_field(
    asking: Asking, words: dict[str, str], said: str
) -> None:
    answer = browser(asking.cast.owner).post(url(asking), drafting(**words))
    assert answer.status_code == 422
    assert said in told(answer)


def test_the_other_side_reads_a_shared_one_without_whom_it_asks_and_may_not_touch_it(asking: Asking) -> None:
    made, own = asking.opened({"Desk": 5}), asking.opened({"Yard": 5}, is_internal=True)
    client = browser(asking.cast.delivery)
    page = told(client.get(url(asking, "survey", made.pk)))
    assert "whom, only the side that sends it sees" in page
    assert "Desk" not in page
    assert "users.example" not in page
    assert client.post(url(asking, "survey_close", made.pk)).status_code == 403
    assert client.get(url(asking, "survey", own.pk)).status_code == 404
    assert "Only Lumen" in told(browser(asking.cast.owner).get(url(asking, "survey", own.pk)))
    assert browser(asking.cast.reader).post(url(asking), drafting()).status_code == 403


def test_a_link_is_answered_once_without_signing_in(asking: Asking) -> None:
    made = asking.opened({"Desk": 5})
    path = asking.path(made, asking.invitations(made)[0])
    page = Client().get(path)
    assert page.status_code == 200
    for word in (
        "Asked by Lumen",
        "It is anonymous",
        "To hear it early.",
        "What worries you most?",
        "Strongly agree",
    ):
        assert word in told(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert not asking.answers(made)  # looking answers nothing
    empty = Client().post(path, {})
    assert (empty.status_code, "Answer at least one question" in told(empty)) == (422, True)
    odd = asking.given(made, 9, 5)
    wrong = Client().post(path, odd)
    assert wrong.status_code == 422
    assert "choose one of what is offered" in told(wrong)
    assert 'value="5" checked' in told(wrong)
    assert "Thank you" in told(Client().post(path, asking.given(made, 5, 4, 9, "same", "<b>Nothing</b>")))
    for again in (Client().get(path), Client().post(path, asking.given(made, 1))):
        assert again.status_code == 409
        assert "The first answer counts, and nothing has changed." in told(again)
    assert len(asking.answers(made)) == 1
    asking.closed(made)
    assert Client().get(path).status_code == 410
    assert Client().get("/answer/" + "a" * 32 + "/").status_code == 410
    assert Client().put(path).status_code == 405


def test_whoever_is_signed_in_elsewhere_answers_the_link_all_the_same(asking: Asking) -> None:
    made = asking.opened({"Desk": 5}, is_internal=True)
    path = asking.path(made, asking.invitations(made)[0])
    assert "Thank you" in told(browser(asking.cast.rival).post(path, asking.given(made, 5)))
    assert len(asking.answers(made)) == 1


def test_the_link_for_all_is_shown_to_the_side_that_sends_it_and_takes_thirty_answers_a_minute(
    asking: Asking,
) -> None:
    made = open_survey(asking.client, asking.drafted(sent_by="link"), at=asking.drafted().drafted_at)
    path = asking.path(made)
    assert path in told(browser(asking.cast.owner).get(url(asking, "survey", made.pk)))
    assert path not in told(browser(asking.cast.delivery).get(url(asking, "survey", made.pk)))
    cache.clear()
    given = asking.given(made, 5)
    assert [Client().post(path, given).status_code for _ in range(31)] == [200] * 30 + [429]
    cache.clear()


def test_the_list_asks_as_often_for_thirty_as_for_one(asking: Asking) -> None:
    client = browser(asking.cast.owner)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(asking)).status_code == 200
        return len(found)

    asking.opened({"Desk": 5})
    asked()
    first = asked()
    for _ in range(29):
        asking.drafted()
    assert asked() == first
