"""Remind those who have not answered, never twice in three days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing
from handfast.surveys.actions.mailing import ask_these
from handfast.surveys.models import SurveyInvitation
from handfast.surveys.permissions import may_end_survey
from handfast.surveys.refusals import NobodyToRemind, SurveyMoved

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.surveys.models import Survey

REMIND = "surveys.remind"
NOT_BEFORE = timedelta(days=3)
MOST_REMINDERS = 3


@action(permits=may_end_survey, records="survey.reminded")
def remind_of_survey(actor: Actor, survey: Survey, /, *, at: datetime) -> Survey:
    """Mail the link once more to those who were asked three days ago or longer, and not four times.

    The survey is locked, so that of two who remind at once one does. Raises SurveyMoved, NobodyToRemind.
    """
    if not survey.is_open or survey.is_by_link:
        raise SurveyMoved(
            f"{survey.name} reminds nobody: {'nobody is invited' if survey.is_by_link else 'it is not open'}"
        )
    waiting = SurveyInvitation.objects.filter(survey=survey, is_used=False, asked_count__lte=MOST_REMINDERS)
    due = list(waiting.filter(asked_at__lte=at - NOT_BEFORE))
    if not due:
        raise NobodyToRemind(
            "whoever has not answered was asked less than three days ago, or reminded three times"
        )
    ask_these(survey, due, at)
    return survey


def plant_reminder(survey: Survey, at: datetime) -> None:
    """A part of the verb that opens it, and of each time that the worker has looked: it looks again in three days."""
    row = Outgoing(
        kind=REMIND, space_id=survey.space_id, subject_id=survey.pk, key=f"{REMIND}:{survey.pk}:{at.date()}",
        due_at=at + NOT_BEFORE,
    )  # fmt: skip
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)
