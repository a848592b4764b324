"""A mail about a mention is answered by its reader alone, once, for the same readers; everything else is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from tests.evidence.talks import commented, read_by
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import written
from tests.records.deal import work

from handfast.evidence.models import Comment
from handfast.evidence.refusals import CommentRefused
from handfast.foundation.models import Contents
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.journeys.answering import letters
from handfast.journeys.answering.taking import take_in
from handfast.journeys.models import AnswerKey
from handfast.journeys.queries.answer_keys import MOST_ANSWERS
from handfast.journeys.refusals import (
    AnswerAutomatic,
    AnswerEmpty,
    AnswerExpired,
    AnswerNotYours,
    AnswerTaken,
    AnswerTooBig,
    AnswerUnaddressed,
    AnswerUnproven,
    AnswerUnreadable,
)
from handfast.people.models import CompanyAccount, Membership, Organisation, Person

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from handfast.governance.models import RegisterEntry
    from handfast.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
ISSUER = "https://login.danubecare.example"
SAID = "A comment mentions you"


@pytest.fixture(autouse=True)
def _awaited(settings: SettingsWrapper) -> None:
    settings.HANDFAST_ANSWER_ADDRESS = "answers@handfast.example"
    settings.HANDFAST_MAIL_AUTHORITY = None


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def entry(cast: Cast) -> RegisterEntry:
    return written(cast, cast.owner)


def told(cast: Cast, entry: RegisterEntry, **given: str) -> mail.EmailMessage:
    """The mail by which Jovana hears that Priya mentions her."""
    commented(cast, cast.owner, entry, "Line 3 drops, @Jovana Petrović", **given)
    work(AT)
    return next(one for one in mail.outbox if one.subject == SAID)


def answer(sent: mail.EmailMessage, text: str = "Cleared on Friday.", **headers: str) -> bytes:
    """As a mail program answers, quoting below."""
    made = EmailMessage()
    quoted = "\n".join(f"> {line}" for line in sent.body.split("\n"))
    values = {"From": sent.to[0], "To": sent.reply_to[0], "Message-ID": "<1@danubecare.example>"}
    for name, value in (values | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        made[name] = value
    made.set_content(f"{text}\n\nOn Thu, Handfast <{sent.from_email}> wrote:\n{quoted}\n")
    return made.as_bytes()


def texts(cast: Cast, entry: RegisterEntry, person: Person | None = None) -> list[str]:
    return read_by(cast, person or cast.owner, entry)


def refused(code: type[Refusal], raw: bytes, *, at: object = AT) -> None:
    with pytest.raises(code):
        take_in(raw, at=at)  # type: ignore[arg-type]  # an instant


def told_since() -> list[str]:
    mail.outbox.clear()
    work(AT + timedelta(days=30))
    return [
        f"{one.to[0]}: {one.subject}"
        for one in mail.outbox
        if "taken" in one.subject or "stands" in one.subject
    ]


def test_answer_stands_as_a_comment_of_its_reader_and_the_mention_is_seen(
    cast: Cast, entry: RegisterEntry
) -> None:
    made = take_in(answer(told(cast, entry)), at=AT)
    assert (made.written_by_id, made.text, made.is_internal) == (
        cast.delivery.pk,
        "Cleared on Friday.",
        False,
    )
    assert "Cleared on Friday." in texts(cast, entry)
    with entered(cast.actor(cast.delivery).reach):
        assert not Comment.objects.get(pk=made.pk).mentions.exists()
        journal = set(Contents.objects.filter(subject_id=made.pk).values_list("action", flat=True))
    assert journal == {"comment.written", "comment.answered_by_mail"}


def test_every_reader_has_an_address_of_their_own_that_nobody_guesses_and_no_table_holds(
    cast: Cast, entry: RegisterEntry
) -> None:
    sent = told(cast, entry)
    assert re.fullmatch(r"answers\+[a-z2-7]{32}@handfast\.example", sent.reply_to[0])
    key = AnswerKey.objects.get()
    assert sent.reply_to[0].partition("+")[2].partition("@")[0] not in str(vars(key))
    assert key.membership.person_id == cast.delivery.pk


def test_reader_who_may_not_write_is_given_no_address(cast: Cast, entry: RegisterEntry) -> None:
    commented(cast, cast.owner, entry, "Look, @Rada Reader")
    work(AT)
    sent = next(one for one in mail.outbox if one.subject == SAID)
    assert sent.reply_to == []
    assert "Answer" not in sent.body


def test_without_the_setting_no_mail_can_be_answered(
    cast: Cast, entry: RegisterEntry, settings: SettingsWrapper
) -> None:
    sent = told(cast, entry)
    settings.HANDFAST_ANSWER_ADDRESS = None
    refused(AnswerUnaddressed, answer(sent))
    commented(cast, cast.delivery, entry, "And you, @Priya Raman")
    work(AT)
    assert [one.reply_to for one in mail.outbox if one.to == [cast.owner.email] and one.subject == SAID] == [
        []
    ]


def test_answer_to_what_one_side_says_among_itself_stays_there(cast: Cast, entry: RegisterEntry) -> None:
    from tests.factories.cast import joined  # noqa: PLC0415 - for this case alone

    joined(cast.actor(cast.delivery), cast.engagement, "provider", ["trainer"], "Mila Trainer", "danubecare")
    commented(cast, cast.delivery, entry, "Ours, @Mila Trainer", audience="own")
    work(AT)
    made = take_in(answer(next(one for one in mail.outbox if one.subject == SAID)), at=AT)
    assert made.is_internal
    assert "Cleared on Friday." in texts(cast, entry, cast.delivery)
    assert "Cleared on Friday." not in texts(cast, entry)


@pytest.mark.parametrize(
    "to",
    [
        "answers@handfast.example",
        f"answers+{'a' * 32}@handfast.example",
        "",
        "answers+short@handfast.example",
        "x@y.example",
    ],
)
def test_mail_to_an_address_that_nobody_was_given_is_refused_and_told_to_nobody(
    cast: Cast, entry: RegisterEntry, to: str
) -> None:
    refused(AnswerUnaddressed, answer(told(cast, entry), To=to))
    assert told_since() == []


def test_mail_to_two_addresses_is_for_neither(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    refused(AnswerUnaddressed, answer(sent, To=f"{sent.reply_to[0]}, answers+{'b' * 32}@handfast.example"))


def test_envelope_says_more_than_the_writer_does(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    made = take_in(answer(sent, To="other@x.example"), at=AT, envelope=sent.reply_to[0].upper())
    assert made.text == "Cleared on Friday."


def test_spoofed_or_forwarded_mail_is_refused_and_its_reader_hears_of_it_once(
    cast: Cast, entry: RegisterEntry
) -> None:
    sent = told(cast, entry)
    for number in range(9):
        refused(AnswerNotYours, answer(sent, From="eve@evil.example", Message_ID=f"<{number}@evil.example>"))
    assert texts(cast, entry) == texts(cast, entry)[:1]
    heard = told_since()
    assert set(heard) == {f"{cast.delivery.email}: A mail in your name was not taken"}
    assert len(heard) == 5


def test_same_mail_again_is_taken_once_also_with_other_words(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    take_in(answer(sent), at=AT)
    refused(AnswerTaken, answer(sent))
    refused(AnswerTaken, answer(sent, "Something else"))
    assert len(texts(cast, entry)) == 2
    assert told_since() == []
    take_in(answer(sent, "Something else", Message_ID="<2@danubecare.example>"), at=AT)
    assert len(texts(cast, entry)) == 3


def test_what_a_program_answers_is_refused_and_answered_by_nothing(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    for name, value in (
        ("Auto_Submitted", "auto-replied"),
        ("Precedence", "bulk"),
        ("Return_Path", "<>"),
        ("List_Id", "<l>"),
    ):
        refused(AnswerAutomatic, answer(sent, **{name: value}))
    refused(AnswerAutomatic, answer(sent, From="eve@evil.example", Auto_Submitted="auto-replied"))
    assert told_since() == []


def test_address_ends_after_two_weeks_and_after_enough_answers(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    refused(AnswerExpired, answer(sent), at=AT + timedelta(days=14))
    AnswerKey.objects.update(answers=["x"] * MOST_ANSWERS)
    refused(AnswerExpired, answer(sent, Message_ID="<3@x>"))
    assert told_since() == [f"{cast.delivery.email}: Your mail was not taken as an answer"] * 2


def test_server_is_asked_for_its_word_where_it_is_named(
    cast: Cast, entry: RegisterEntry, settings: SettingsWrapper
) -> None:
    sent = told(cast, entry)
    settings.HANDFAST_MAIL_AUTHORITY = "mx.handfast.example"
    refused(AnswerUnproven, answer(sent))
    word = "mx.handfast.example; dmarc=pass header.from=danubecare.example"
    assert take_in(answer(sent, Message_ID="<4@x>", Authentication_Results=word), at=AT)


def test_nothing_new_too_much_and_too_big_are_told_to_the_writer(
    cast: Cast, entry: RegisterEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = told(cast, entry)
    refused(AnswerEmpty, answer(sent, ""))
    refused(CommentRefused, answer(sent, "word " * 900, Message_ID="<5@x>"))
    refused(CommentRefused, answer(sent, "Thanks @Nobody Known", Message_ID="<6@x>"))
    monkeypatch.setattr(letters, "MOST_BYTES", 500)
    refused(AnswerTooBig, answer(sent, Message_ID="<7@x>"))
    assert told_since() == [f"{cast.delivery.email}: Your mail was not taken as an answer"] * 4
    assert len(texts(cast, entry)) == 1


def test_attachment_is_left_and_its_writer_hears_so(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    made = EmailMessage()
    made["From"], made["To"] = sent.to[0], sent.reply_to[0]
    made.set_content("See the sheet.")
    made.add_attachment(b"secret bytes", maintype="application", subtype="pdf", filename="a.pdf")
    assert take_in(made.as_bytes(), at=AT).text == "See the sheet."
    assert told_since() == [f"{cast.delivery.email}: Your answer stands, without its attachments"]


@pytest.mark.parametrize("what", ["left", "inactive", "reader"])
def test_who_may_no_longer_say_it_is_refused(cast: Cast, entry: RegisterEntry, what: str) -> None:
    sent = told(cast, entry)
    member = Membership.objects.filter(person=cast.delivery)
    if what == "left":
        member.update(ended_at=AT)
        refused(AnswerUnaddressed, answer(sent))
    elif what == "inactive":
        Person.objects.filter(pk=cast.delivery.pk).update(is_active=False)
        refused(AnswerUnaddressed, answer(sent))
    else:
        member.update(roles=["reader"])
        refused(NotPermitted, answer(sent))
    assert len(texts(cast, entry)) == 1


def test_own_address_that_is_quoted_is_not_told_to_the_readers(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    made = take_in(answer(sent, f"I answer at {sent.reply_to[0]} now"), at=AT)
    assert made.text == "I answer at answers@handfast.example now"


@pytest.mark.parametrize("raw", [b"", b"\0" * 100, b"To: x\n" * 2_000, b"\xff\xfe" * 50])
def test_what_is_no_mail_changes_nothing(raw: bytes) -> None:
    with pytest.raises((AnswerUnaddressed, AnswerUnreadable)):
        take_in(raw, at=AT)


def test_subject_with_line_ends_changes_no_header(cast: Cast, entry: RegisterEntry) -> None:
    raw = answer(told(cast, entry)).replace(
        b"Message-ID", b"Subject: =?utf-8?q?x=0D=0ATo:_eve=40evil.example?=\nMessage-ID", 1
    )
    assert take_in(raw, at=AT).text == "Cleared on Friday."


def test_comment_that_is_answered_may_be_withdrawn_meanwhile(cast: Cast, entry: RegisterEntry) -> None:
    sent = told(cast, entry)
    spaces = frozenset({cast.engagement.space_id})
    with entered(Reach(spaces, spaces)):
        Comment.objects.update(withdrawn_at=AT, text="")
    assert take_in(answer(sent), at=AT).text == "Cleared on Friday."


def test_answer_of_whoever_does_not_enter_as_their_organisation_asks_is_not_known(
    cast: Cast, entry: RegisterEntry
) -> None:
    sent = told(cast, entry)
    Organisation.objects.filter(pk=cast.delivery.memberships.get().organisation_id).update(
        required_issuer=ISSUER
    )
    with pytest.raises(AnswerUnaddressed):
        take_in(answer(sent), at=AT)
    now = datetime.now(UTC)
    CompanyAccount.objects.create(
        person=cast.delivery, issuer=ISSUER, subject="7", linked_at=now, last_used_at=now
    )  # fmt: skip
    assert take_in(answer(sent), at=AT).written_by_id == cast.delivery.pk
