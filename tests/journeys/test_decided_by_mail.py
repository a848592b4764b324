"""A decision that is asked of somebody is given by the link of a mail: once, knowingly, and by nobody who only looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.factories.cast import Cast, joined, make_cast
from tests.factories.racing import at_once
from tests.records.deal import work

from handfast.evidence.models import Comment
from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.governance.actions import amend_entry, ask_decision, give_decision, move_entry, write_entry
from handfast.governance.models import DecisionRequest, RegisterEntry
from handfast.governance.queries.decisions import request_seen_by
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.refusals import DecisionGiven, DecisionRefused
from handfast.governance.registers import REGISTERS
from handfast.journeys.models import AnswerKey
from handfast.people.models import Membership, Organisation, Person

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
SUBJECT = "A decision is asked of you"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def without_token(answer: HttpResponse) -> str:
    """The page but for the token of its forms, which is another each time."""
    return re.sub(r'X-CSRFToken": "\w+"', "", answer.content.decode())


@dataclass
class Asked:
    """A decision that Jovana asks of Priya, and the link by which Priya answers."""

    cast: Cast
    entry: RegisterEntry
    path: str
    at: datetime

    def get(self) -> HttpResponse:
        return Client().get(self.path)

    def post(
        self, answer: str, reason: str = "", sha256: str = "", client: Client | None = None
    ) -> HttpResponse:
        told = {"answer": answer, "reason": reason, "sha256": sha256 or self.shown()}
        return (client or Client()).post(self.path, told)

    def shown(self) -> str:
        found = re.search(r'name="sha256" value="([0-9a-f]{64})"', self.get().content.decode())
        return found[1] if found else "0" * 64

    def now(self) -> RegisterEntry:
        with entered(self.cast.actor(self.cast.delivery).reach):
            return RegisterEntry.objects.get(pk=self.entry.pk)

    def request(self) -> DecisionRequest:
        with entered(self.cast.actor(self.cast.delivery).reach):
            return DecisionRequest.objects.order_by("-asked_at").first()


def a_decision(cast: Cast, by: Person, *, is_internal: bool = False, days: int = 5) -> RegisterEntry:
    at = timezone.now()
    actor = cast.actor(by)
    space = space_to_write_in(actor, cast.engagement, is_internal=is_internal)
    said = EntrySaid(
        "Use two desks in May",
        "One desk is cheaper, two are safer.",
        None,
        (at + timedelta(days=days)).date(),
    )
    return write_entry(actor, space, register=REGISTERS["decisions"], said=said, at=at)


@pytest.fixture
def asked(cast: Cast) -> Asked:
    entry, at = a_decision(cast, cast.delivery), timezone.now()
    ask_decision(cast.actor(cast.delivery), entry, person=cast.owner.pk, if_silent="One desk stays.", at=at)
    return Asked(cast, entry, linked(cast.owner, at), at)


def linked(person: Person, at: datetime) -> str:
    """The path of the link in the last mail to somebody."""
    work(at)
    sent = [one for one in mail.outbox if one.subject == SUBJECT and one.to == [person.email]][-1]
    found = re.search(r"https?://[^/]+(/decide/[a-z2-7]{32}/)", sent.body)
    assert found is not None
    return found[1]


def test_mail_says_no_word_of_it_and_its_link_is_kept_nowhere(cast: Cast, asked: Asked) -> None:
    sent = next(one for one in mail.outbox if one.subject == SUBJECT)
    assert sent.to == [cast.owner.email]
    assert not any(word in sent.body for word in ("desk", "Jovana", "Danube", "Lumen", "Customer Support"))
    assert asked.path.split("/")[2] not in str([vars(one) for one in AnswerKey.objects.all()])


def test_page_shows_three_lines_for_whom_and_nothing_else_of_the_deal(asked: Asked) -> None:
    page = asked.get()
    text = page.content.decode()
    for word in (
        "Use two desks in May",
        "One desk is cheaper, two are safer.",
        "One desk stays.",
        "Priya Raman",
        "Jovana Petrovi",
    ):
        assert word in text
    assert "Customer Support" not in text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "handfast-session" not in page.cookies


def test_program_that_opens_every_link_decides_nothing(asked: Asked) -> None:
    for _ in range(3):
        assert asked.get().status_code == 200
        assert Client().head(asked.path).status_code == 200
    assert Client().put(asked.path).status_code == 405
    assert asked.now().state == "asked"


def test_approval_is_recorded_as_theirs_by_mail_and_the_link_is_over(cast: Cast, asked: Asked) -> None:
    done = asked.post("approved")
    assert done.status_code == 200
    entry, request = asked.now(), asked.request()
    assert (entry.state, entry.own["decided"], entry.is_done) == (
        "decided",
        "Approved: Use two desks in May",
        True,
    )
    assert (request.answer, request.is_by_mail, request.person_id) == ("approved", True, cast.owner.pk)
    with entered(cast.actor(cast.owner).reach):
        told = Contents.objects.get(action="decision.given")
        assert told.person_id == cast.owner.pk
        assert '"is_by_mail":true' in told.payload.replace(" ", "")
    assert asked.get().status_code == 404
    assert asked.post("rejected", "No", sha256=request.sha256).status_code == 404
    assert asked.request().answer == "approved"


def test_who_decided_hears_of_it_at_once_and_who_asked_gets_a_notice(cast: Cast, asked: Asked) -> None:
    asked.post("rejected", "Two desks cost too much.")
    mail.outbox.clear()
    work(timezone.now())
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([cast.owner.email], "A decision was given in your name by mail")
    ]
    assert "If it was not" in mail.outbox[0].body
    client = Client()
    client.force_login(cast.delivery, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "A decision that you asked for was given" in client.get("/notices/").content.decode()
    page = client.get(
        f"/engagements/{cast.engagement.pk}/governance/entry/{asked.entry.pk}/"
    ).content.decode()
    assert "Two desks cost too much." in page
    assert "by mail" in page


def test_rejection_says_why(asked: Asked) -> None:
    refused = asked.post("rejected", "   ")
    assert refused.status_code == 422
    assert (
        "Say why it is rejected" in refused.content.decode()
        or "say why it is rejected" in refused.content.decode()
    )
    assert asked.now().state == "asked"
    assert asked.post("rejected", "No money").status_code == 200
    assert asked.now().own["because"] == "No money"


def test_question_stands_beside_it_and_decides_nothing(cast: Cast, asked: Asked) -> None:
    for number in range(5):
        assert asked.post("ask", f"What does the second desk cost? {number}").status_code == 200
    assert asked.post("ask", "And again?").status_code == 422
    assert asked.post("ask", "").status_code == 422
    with entered(cast.actor(cast.delivery).reach):
        made = Comment.objects.filter(about_id=asked.entry.pk)
        assert made.count() == 5
        assert {one.person_id for one in made.first().mentions.all()} == {cast.delivery.pk}
    assert asked.now().state == "asked"
    assert asked.post("approved").status_code == 200


def test_what_was_changed_since_is_said_and_asked_anew(cast: Cast, asked: Asked) -> None:
    before = asked.shown()
    actor = cast.actor(cast.delivery)
    said = EntrySaid("Use three desks in May", "More.", None, asked.entry.due_on)
    amend_entry(actor, asked.entry, said=said, at=timezone.now())
    blind = asked.post("approved", sha256=before)
    assert blind.status_code == 422
    assert "nothing was decided" in blind.content.decode()
    assert asked.now().state == "asked"
    text = asked.get().content.decode()
    assert "It was changed since you were asked" in text
    assert "Use three desks in May" in text
    assert asked.post("approved").status_code == 200
    assert asked.request().sha256 != before


@pytest.mark.parametrize(
    "what", ["unknown", "expired", "left", "inactive", "unproven", "moved", "anew", "odd"]
)
def test_link_that_is_over_for_any_reason_shows_the_same_page(cast: Cast, asked: Asked, what: str) -> None:
    path, sha256 = asked.path, asked.shown()
    if what == "unknown":
        path = f"/decide/{'a' * 32}/"
    elif what == "odd":
        path = "/decide/%ff<x>/"
    elif what == "expired":
        AnswerKey.objects.update(expires_at=timezone.now())
    elif what == "left":
        Membership.objects.filter(person=cast.owner).update(ended_at=timezone.now())
    elif what == "inactive":
        Person.objects.filter(pk=cast.owner.pk).update(is_active=False)
    elif what == "unproven":
        Organisation.objects.filter(pk=cast.lumen.pk).update(required_issuer="https://login.lumen.example")
    elif what == "moved":
        move_entry(cast.actor(cast.delivery), asked.now(), to="withdrawn", at=timezone.now())
    else:
        ask_decision(
            cast.actor(cast.delivery),
            asked.now(),
            person=cast.owner.pk,
            if_silent="Other.",
            at=timezone.now(),
        )
    found = [Client().get(path), Client().post(path, {"answer": "approved", "sha256": sha256})]
    plain = Client().get(f"/decide/{'b' * 32}/")
    assert [one.status_code for one in found] == [404, 404]
    assert {without_token(one) for one in found} == {without_token(plain)}
    assert asked.request().answer == ""


def test_asked_anew_gets_a_link_of_its_own(cast: Cast, asked: Asked) -> None:
    at = timezone.now()
    ask_decision(cast.actor(cast.delivery), asked.now(), person=cast.owner.pk, if_silent="Other.", at=at)
    path = linked(cast.owner, at)
    assert path != asked.path
    assert "Other." in Client().get(path).content.decode()


def test_session_of_somebody_else_that_comes_along_counts_for_nothing(cast: Cast, asked: Asked) -> None:
    rival = Client()
    rival.force_login(cast.rival, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert asked.post("approved", client=rival).status_code == 200
    assert asked.request().person_id == cast.owner.pk


def test_form_from_elsewhere_is_refused(asked: Asked) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(asked.path, {"answer": "approved", "sha256": asked.shown()}).status_code == 403
    assert asked.now().state == "asked"


@pytest.mark.parametrize("reason", ["a\0b", "\u202ex", "x" * 1_001, "\x1b[2J"])
def test_reason_that_cannot_be_kept_changes_nothing(asked: Asked, reason: str) -> None:
    assert asked.post("rejected", reason).status_code == 422
    assert asked.post("no-such", "x").status_code == 422
    assert asked.post("approved", sha256="x").status_code == 422
    assert asked.now().state == "asked"


def test_what_one_side_decides_for_itself_is_asked_of_its_own_people_only(cast: Cast) -> None:
    entry = a_decision(cast, cast.owner, is_internal=True)
    actor = cast.actor(cast.owner)
    with pytest.raises(DecisionRefused):
        ask_decision(actor, entry, person=cast.delivery.pk, if_silent="x", at=timezone.now())
    finance = joined(actor, cast.engagement, "client", ["finance"], "Fay Finance", "lumen").person
    ask_decision(actor, entry, person=finance.pk, if_silent="x", at=timezone.now())
    assert "Lumen only" in Client().get(linked(finance, timezone.now())).content.decode()


@pytest.mark.parametrize("what", ["reader", "stranger", "nobody", "silent", "late", "issue", "decided"])
def test_what_cannot_be_asked_so_is_refused_by_its_field(cast: Cast, what: str) -> None:
    entry = a_decision(cast, cast.delivery, days=-3 if what == "late" else 5)
    actor, person, silent = cast.actor(cast.delivery), cast.owner.pk, "One desk stays."
    if what in ("reader", "stranger"):
        person = {"reader": cast.reader, "stranger": cast.stranger}[what].pk
    elif what == "silent":
        silent = "two\nlines"
    elif what == "decided":
        entry = move_entry(actor, entry, to="withdrawn", at=timezone.now())
    elif what == "issue":
        space = space_to_write_in(actor, cast.engagement, is_internal=False)
        said = EntrySaid("Headsets", due_on=date(2099, 1, 1))
        entry = write_entry(actor, space, register=REGISTERS["issues"], said=said, at=timezone.now())
    with pytest.raises(DecisionRefused) as refused:
        ask_decision(
            actor, entry, person=None if what == "nobody" else person, if_silent=silent, at=timezone.now()
        )
    assert refused.value.fields
    with entered(actor.reach):
        assert not DecisionRequest.objects.exists()


def test_decision_is_given_by_whom_it_is_asked_of_alone_and_once(cast: Cast, asked: Asked) -> None:
    request = asked.request()
    given = {
        "answer": "approved",
        "reason": "",
        "sha256": request.sha256,
        "is_by_mail": False,
        "at": timezone.now(),
    }
    with pytest.raises(NotPermitted):
        give_decision(cast.actor(cast.delivery), request, **given)
    with pytest.raises(Conflict):
        give_decision(cast.actor(cast.owner), request, **given | {"sha256": "0" * 64})
    give_decision(cast.actor(cast.owner), request, **given)
    with pytest.raises(DecisionGiven):
        give_decision(cast.actor(cast.owner), request, **given)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(cast: Cast, asked: Asked) -> None:
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        found = request_seen_by(actor, asked.request().pk)

    def one(answer: str) -> None:
        give_decision(
            actor, found, answer=answer, reason="So", sha256=found.sha256, is_by_mail=True, at=timezone.now()
        )

    told = at_once(lambda: one("approved"), lambda: one("rejected"))
    assert sorted(told) == ["decision-given", "won"]
    assert asked.request().answer in ("approved", "rejected")


def test_decision_is_asked_on_the_page_of_its_entry(cast: Cast) -> None:
    entry = a_decision(cast, cast.delivery)
    client = Client()
    client.force_login(cast.delivery, backend="allauth.account.auth_backends.AuthenticationBackend")
    where = f"/engagements/{cast.engagement.pk}/governance/entry/{entry.pk}/"
    assert "Ask by mail" in client.get(where).content.decode()
    told = {"person_id": str(cast.owner.pk), "if_silent": "One desk stays.", "as_seen": entry.seen_as}
    assert client.post(f"{where}ask-decision/", told | {"person_id": str(cast.reader.pk)}).status_code == 422
    assert client.post(f"{where}ask-decision/", told | {"if_silent": ""}).status_code == 422
    assert client.post(f"{where}ask-decision/", told | {"as_seen": "0"}).status_code == 409
    assert client.post(f"{where}ask-decision/", told).status_code == 302
    page = client.get(where).content.decode()
    assert "If nobody answers: One desk stays." in page
    every = frozenset({cast.engagement.space_id})
    with entered(Reach(every)):
        assert DecisionRequest.objects.count() == 1


def test_log_of_the_installation_holds_no_link_that_decides(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    assert asked.post("rejected").status_code == 422
    assert asked.path.split("/")[2] not in caplog.text
