"""What the worker does for surveys: mails the links, and closes a survey whose day is over."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from handfast.foundation.outbox import SENDING, handles
from handfast.foundation.post import send_mail
from handfast.people.models import Person
from handfast.surveys.actions import close_survey, remind_of_survey
from handfast.surveys.actions.mailing import ASKED
from handfast.surveys.actions.reminding import REMIND, plant_reminder
from handfast.surveys.actions.running import OVER
from handfast.surveys.models import Survey, SurveyInvitation, SurveyLink
from handfast.surveys.queries.links import survey_address
from handfast.surveys.refusals import NobodyToRemind

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task

SUBJECT, AGAIN = "You are asked a few questions", "A few questions still wait for you"


@handles(ASKED, SENDING)
def mail_invitation(task: Task) -> None:
    """The link, while it can be used; not a word of what is asked."""
    rows = SurveyInvitation.objects.filter(pk=task.subject, is_used=False, survey__state=Survey.State.OPENED)
    found = rows.select_related("survey").first()
    link = SurveyLink.objects.filter(invitation_id=task.subject).first()
    if found is None or link is None:
        return
    address = (
        found.email
        or Person.objects.filter(pk=found.person_id, is_active=True).values_list("email", flat=True).first()
    )
    if not address:
        return
    told = {"survey": found.survey, "link": survey_address(link.pk), "is_again": found.asked_count > 1}
    body = render_to_string("surveys/mail/asked.txt", told)
    send_mail(address, AGAIN if found.asked_count > 1 else SUBJECT, body, key=task.key)


@handles(OVER)
def close_when_over(task: Task) -> None:
    """Where nobody has closed it before."""
    found = Survey.objects.filter(pk=task.subject, state=Survey.State.OPENED).first()
    if found is not None:
        close_survey(task.actor, found, at=task.now())


@handles(REMIND)
def remind_who_waits(task: Task) -> None:
    """While it is open and asks people by name or address; then it looks again in three days."""
    rows = Survey.objects.filter(pk=task.subject, state=Survey.State.OPENED, sent_by=Survey.SentBy.INVITATION)
    found = rows.first()
    if found is None:
        return
    with suppress(NobodyToRemind):
        remind_of_survey(task.actor, found, at=task.now())
    plant_reminder(found, task.now())
