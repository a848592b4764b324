"""A mail that came in, taken as a comment of the person it was awaited from; or refused, and why."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.journeys.actions import answer_by_mail, tell_of_mail
from handfast.journeys.answering.letters import read_letter
from handfast.journeys.answering.quoting import new_words
from handfast.journeys.answering.senders import check_sender, check_written_by_hand
from handfast.journeys.queries.answer_keys import answer_address, check_lasts, key_addressed
from handfast.journeys.refusals import (
    AnswerAutomatic,
    AnswerEmpty,
    AnswerTaken,
    AnswerTooBig,
    AnswerUnaddressed,
    AnswerUnreadable,
)
from handfast.kernel.refusal import Refusal
from handfast.people.queries import actor_of

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.models import Comment
    from handfast.foundation.actor import Actor
    from handfast.journeys.answering.letters import Letter
    from handfast.journeys.models import AnswerKey

# Where the address that it was delivered to may stand; what an envelope says comes before what a writer says.
ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
# Of these nobody hears: no person is known, a program would answer, or there is nothing to do about it.
UNTOLD = (AnswerUnaddressed, AnswerUnreadable, AnswerAutomatic, AnswerTaken)
FILES_LEFT = "files-left"
log = logging.getLogger("handfast.answers")


def take_in(raw: bytes, *, at: datetime, envelope: str = "") -> Comment:
    """The comment that it became; `envelope` is the address that it was delivered to, where the mail server says it.

    A refusal is logged with ids alone, and told to the address that the person is known by: never to whoever wrote.
    Raises what it refuses.
    """
    letter = read_letter(raw)
    key = key_addressed([envelope] if envelope else [one for name in ADDRESSED for one in letter.all(name)])
    member = key.membership
    actor = actor_of(member.person, member.organisation_id, [member])
    try:
        made = _taken(actor, key, letter, at=at)
    except Refusal as refusal:
        log.info("mail for answer key %s is refused: %s", key.pk, refusal.code)
        if not isinstance(refusal, UNTOLD):
            tell_of_mail(actor, key, reason=refusal.code, message=letter.digest, at=at)
        raise
    log.info("mail for answer key %s is taken as comment %s", key.pk, made.pk)
    if letter.has_files:
        tell_of_mail(actor, key, reason=FILES_LEFT, message=letter.digest, at=at)
    return made


def _taken(actor: Actor, key: AnswerKey, letter: Letter, *, at: datetime) -> Comment:
    """What a program wrote is refused before anything else is asked of it, so that nobody is ever told of it."""
    check_written_by_hand(letter)
    if letter.digest in key.answers:
        raise AnswerTaken("this very mail was taken before, and stands once")
    check_sender(letter, key.membership.person.email, settings.HANDFAST_MAIL_AUTHORITY or "")
    check_lasts(key, at=at)
    if letter.is_too_big:
        raise AnswerTooBig("it is larger than is read: answer with text alone")
    text = new_words(letter.text, our_words(key), marks_of(key)).replace(
        answer_address(key.pk), settings.HANDFAST_ANSWER_ADDRESS or ""
    )  # quoted by hand it must not be read by others
    if not text:
        raise AnswerEmpty("nothing new is written in it")
    with entered(actor.reach):
        try:
            return answer_by_mail(actor, key, text=text, message=letter.digest, at=at)
        except NotSeen as gone:
            raise NotPermitted("comment answered by mail: what it is about is out of your sight") from gone


def our_words(key: AnswerKey) -> str:
    """What stands in every mail that asks to be answered, to know it where it is quoted."""
    told = {"name": key.membership.person.name, "link": "", "settings": "", "is_answerable": True}
    return render_to_string(
        "journeys/mail/notice.txt", told | {"said": "A comment mentions you", "because": ""}
    )


def marks_of(key: AnswerKey) -> list[str]:
    """Addresses that only the introduction of our own mail names."""
    return [answer_address(key.pk), settings.DEFAULT_FROM_EMAIL]
