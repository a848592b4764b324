"""Open a survey, and close it; an anonymous one forgets whom it asked."""

from __future__ import annotations

import secrets
import uuid
from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.governance.queries.entries import today_in
from handfast.kernel.worktime.zones import zone_named
from handfast.surveys.actions.mailing import ask_these, make_links
from handfast.surveys.actions.reminding import plant_reminder
from handfast.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyLink
from handfast.surveys.permissions import may_end_survey, may_send_survey
from handfast.surveys.reading.hiding import FEWEST
from handfast.surveys.reading.said import refused
from handfast.surveys.refusals import SurveyMoved

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

OVER = "surveys.over"
BATCH = 500
A_DAY = timedelta(days=1)


@action(permits=may_send_survey, records="survey.opened")
def open_survey(actor: Actor, survey: Survey, /, *, at: datetime, as_seen: str | None = None) -> Survey:
    """Mail everybody who is invited, or make the link for all; it closes by itself when its day is over.

    Raises SurveyRefused, SurveyMoved, Conflict.
    """
    if not survey.is_drafted:
        raise SurveyMoved(f"{survey.name} is {survey.get_state_display().lower()} already")
    _check_ready(survey, at)
    survey.state, survey.opened_at, survey.version = Survey.State.OPENED, at, survey.version + 1
    survey.save(update_fields=["state", "opened_at", "version"])
    if survey.is_by_link:
        make_links(survey, [None])
    else:
        ask_these(survey, list(SurveyInvitation.objects.filter(survey=survey)), at)
    if not survey.space.is_sample:  # a sample stays at its own day
        later(OVER, survey, due_at=_end_of(survey))
        plant_reminder(survey, at)
    return survey


@action(permits=may_end_survey, records="survey.closed")
def close_survey(actor: Actor, survey: Survey, /, *, at: datetime, as_seen: str | None = None) -> Survey:
    """Take no answer any more. Of an anonymous survey every tie goes that is left. Raises SurveyMoved, Conflict.

    Its invitations and links are deleted; its answers are written anew in an order of chance, and a group of which
    fewer than five have answered gives up its name.
    """
    if not survey.is_open:
        raise SurveyMoved(
            f"{survey.name} is {survey.get_state_display().lower()}: only an open survey is closed"
        )
    survey.state, survey.closed_at, survey.version = Survey.State.CLOSED, at, survey.version + 1
    survey.save(update_fields=["state", "closed_at", "version"])
    SurveyLink.objects.filter(survey_id=survey.pk).delete()
    if survey.is_anonymous:
        _forget_ties(survey)
    return survey


def _check_ready(survey: Survey, at: datetime) -> None:
    if survey.closes_on < today_in(survey.engagement, at):
        raise refused([("closes_on", "choose a day that is not over")])
    if survey.is_by_link:
        return
    if not survey.invited_count:
        raise refused([("emails", "invite those who are asked before it is opened")])
    if survey.is_anonymous and survey.invited_count < FEWEST:
        fault = (
            f"fewer than {FEWEST} people stay anonymous in no survey: ask them in a talk, or with their names"
        )
        raise refused([("emails", fault)])


def _end_of(survey: Survey) -> datetime:
    """The first instant after its last day, in the contract's zone."""
    return datetime.combine(survey.closes_on + A_DAY, time(), zone_named(survey.engagement.zone))


def _forget_ties(survey: Survey) -> None:
    SurveyInvitation.objects.filter(
        survey=survey
    ).delete()  # first: it waits for whoever is answering at this moment
    rows = list(SurveyAnswer.objects.filter(survey=survey))
    counts = Counter(one.group for one in rows)
    SurveyAnswer.objects.filter(survey=survey).delete()
    secrets.SystemRandom().shuffle(rows)
    SurveyAnswer.objects.bulk_create(
        [
            SurveyAnswer(
                id=uuid.uuid4(), space_id=survey.space_id, survey=survey, said=one.said,
                group=one.group if counts[one.group] >= FEWEST else "",
            )
            for one in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
