"""Answer a survey by its link, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action, unrecorded
from handfast.surveys.models import Survey, SurveyAnswer, SurveyInvitation
from handfast.surveys.permissions import may_answer_survey, may_run_survey
from handfast.surveys.reading.answers import checked_answers
from handfast.surveys.refusals import SurveyAnswered, SurveyOver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_answer_survey, records="survey.answered")
def answer_survey(
    actor: Actor, invitation: SurveyInvitation, /, *, given: Mapping[str, str], at: datetime
) -> SurveyAnswer:
    """What somebody who is known by name says. Raises AnswerRefused, SurveyAnswered, SurveyOver.

    The invitation is locked, so that of two who send at once the second finds it used.
    """
    survey = _open(invitation.survey_id)
    if survey.is_anonymous:
        raise SurveyOver(f"{survey.name} takes no names")
    said = _use(invitation, survey, given)
    made: SurveyAnswer = SurveyAnswer.objects.create(
        space_id=survey.space_id, survey=survey, group=invitation.group, said=said, invitation=invitation, answered_at=at
    )  # fmt: skip
    return made


@unrecorded(
    permits=may_answer_survey,
    because="an entry would say when which invitation was used, and the order of the answers would tie them to it",
)
def answer_anonymously(actor: Actor, invitation: SurveyInvitation, /, *, given: Mapping[str, str]) -> None:
    """What somebody says who stays unknown: only that the invitation was used is kept of it. Raises as `answer_survey`."""
    survey = _open(invitation.survey_id)
    if not survey.is_anonymous:
        raise SurveyOver(f"{survey.name} is answered by name")
    said = _use(invitation, survey, given)
    SurveyAnswer.objects.create(space_id=survey.space_id, survey=survey, group=invitation.group, said=said)


@unrecorded(
    permits=may_run_survey,
    because="an entry would say when an answer was sent that nobody is to be known by",
)
def answer_by_link(actor: Actor, survey: Survey, /, *, given: Mapping[str, str]) -> None:
    """What somebody says by the link for all; whether the same person answers twice nobody can know. Raises as the others."""
    if not (survey.is_open and survey.is_by_link):
        raise SurveyOver(f"{survey.name} is not answered by one link")
    said = checked_answers(list(survey.questions.all()), given)
    SurveyAnswer.objects.create(space_id=survey.space_id, survey=survey, said=said)


def _open(survey: object) -> Survey:
    found: Survey | None = Survey.objects.filter(pk=survey, state=Survey.State.OPENED).first()
    if found is None:
        raise SurveyOver("the survey is closed: no answer is taken any more")
    return found


def _use(invitation: SurveyInvitation, survey: Survey, given: Mapping[str, str]) -> dict[str, int | str]:
    if invitation.is_used:
        raise SurveyAnswered("this link was used: your first answer counts, and nothing has changed")
    said = checked_answers(list(survey.questions.all()), given)
    invitation.is_used = True
    invitation.save(update_fields=["is_used"])
    return said
