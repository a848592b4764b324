"""What the worker does for answers by mail: tells a person, at the address they are known by, what became of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.foundation.outbox import SENDING, handles
from handfast.foundation.post import send_mail
from handfast.journeys.actions.answers import TOLD
from handfast.journeys.answering.taking import FILES_LEFT
from handfast.journeys.models import AnswerKey

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task

NOT_TAKEN = "Your mail was not taken as an answer"
# In words of the house alone: nothing of the mail that came is sent anywhere.
SAID = {
    FILES_LEFT: ("Your answer stands, without its attachments", "Your answer stands as a comment. What was attached is not kept: add files on the page."),
    "answer-expired": (NOT_TAKEN, "It came to an address whose time is over. Answer on the page."),
    "answer-not-yours": ("A mail in your name was not taken", "It came from another address than this one to an address that was made for you alone. If you wrote it, send it from here; if you did not, somebody has a mail of yours."),
    "answer-unproven": ("A mail in your name was not taken", "It says that it comes from here, and the mail server that received it could not confirm that. If you wrote it, answer on the page; if you did not, somebody has a mail of yours."),
    "answer-empty": (NOT_TAKEN, "Nothing new was found in it. Write above the quoted mail, or answer on the page."),
    "answer-too-big": (NOT_TAKEN, "It is larger than is read. Send text alone, or answer on the page."),
    "comment-refused": (NOT_TAKEN, "It is longer than 4,000 characters, or an @ in it names nobody who reads there. Shorten it, or answer on the page."),
    "not-permitted": (NOT_TAKEN, "What it answers is out of your sight by now, or your role does not write there."),
}  # fmt: skip


def tell_what_became(task: Task) -> None:
    """One mail for each that came; its Message-ID is the same however often it goes."""
    key = AnswerKey.objects.filter(pk=task.subject).select_related("membership__person").first()
    if key is None or not key.membership.person.is_active:
        return
    person = key.membership.person
    subject, said = SAID[task.row.kind.rpartition(".")[2]]
    told = {"name": person.name, "said": said, "link": settings.HANDFAST_ADDRESS + reverse("journeys:home")}
    body = render_to_string("journeys/mail/answer_told.txt", told)
    send_mail(person.email, subject, body, key=task.key)


for _reason in SAID:
    handles(f"{TOLD}.{_reason}", SENDING)(tell_what_became)
