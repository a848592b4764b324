"""Draft a survey, and let a draft ask something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.engagement.queries import party_of
from handfast.foundation.actions import action
from handfast.foundation.refusals import NotSeen
from handfast.governance.queries.entries import today_in
from handfast.surveys.models import Survey, SurveyQuestion
from handfast.surveys.permissions import may_draft_survey, may_send_survey
from handfast.surveys.queries.surveys import next_number
from handfast.surveys.reading.said import checked_survey, refused
from handfast.surveys.reading.usual import usual_surveys
from handfast.surveys.refusals import SurveyMoved

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.surveys.reading.said import SurveySaid


@action(permits=may_draft_survey, records="survey.drafted")
def draft_survey(actor: Actor, space: Space, /, *, said: SurveySaid, at: datetime) -> Survey:
    """A new survey of the own side, sent to nobody yet. Raises SurveyRefused.

    The space is locked, so that two who draft at once get numbers in turn.
    """
    deal = Engagement.objects.get(pk=space.engagement_id)
    mine = party_of(deal, actor.organisation)
    if mine is None:
        raise NotSeen
    checked = checked_survey(said, today=today_in(deal, at))
    if checked.usual and checked.usual not in usual_surveys():
        raise refused([("usual", f"one of {', '.join(usual_surveys())}, or nothing")])
    made: Survey = Survey.objects.create(
        space=space, engagement=deal, number=next_number(space, deal.pk), usual=checked.usual, side=mine.side,
        sent_for_id=actor.organisation, drafted_at=at, drafted_by_id=actor.person, **_columns(checked),
    )  # fmt: skip
    _ask(made, checked)
    return made


@action(permits=may_send_survey, records="survey.amended")
def amend_survey(
    actor: Actor, survey: Survey, /, *, said: SurveySaid, at: datetime, as_seen: str | None = None
) -> Survey:
    """Let a draft ask something else; what is open stays as it was sent. Raises SurveyRefused, SurveyMoved, Conflict."""
    if not survey.is_drafted:
        raise SurveyMoved(f"{survey.name} is {survey.get_state_display().lower()}: only a draft is amended")
    checked = checked_survey(said, today=today_in(survey.engagement, at))
    columns = _columns(checked)
    if checked.sent_by == Survey.SentBy.LINK and survey.invited_count:
        raise refused([("sent_by", f"{survey.invited_count} are invited already: send invitations")])
    for name, value in columns.items():
        setattr(survey, name, value)
    survey.version += 1
    survey.save(update_fields=[*columns, "version"])
    SurveyQuestion.objects.filter(survey=survey).delete()
    _ask(survey, checked)
    return survey


def _columns(said: SurveySaid) -> dict[str, object]:
    names = ("title", "purpose", "closes_on", "is_anonymous", "sent_by")
    return {name: getattr(said, name) for name in names}


def _ask(survey: Survey, said: SurveySaid) -> None:
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            space_id=survey.space_id, survey=survey, number=number, text=one.text, kind=one.kind, choices=list(one.choices),
            is_counted=number == said.counted,
        )
        for number, one in enumerate(said.questions, start=1)
    )  # fmt: skip
