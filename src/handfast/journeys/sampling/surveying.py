"""What is asked in a sample, through the verbs of the room, each at its instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actor import worker_in
from handfast.foundation.scope import entered
from handfast.governance.queries.entries import space_to_write_in
from handfast.surveys.actions import (
    answer_anonymously,
    close_survey,
    draft_survey,
    invite_to_survey,
    open_survey,
)
from handfast.surveys.models import Survey, SurveyInvitation
from handfast.surveys.reading.said import SurveySaid
from handfast.surveys.reading.usual import usual_surveys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.asked import SampleSurvey

LEFT_OUT = "-"


def survey_steps(
    told: SampleSurvey, deal: Engagement, acting: Callable[[str], Actor]
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """It is sent and answered; later it is closed, where it is."""
    made: list[Survey] = []
    yield told.at, lambda: made.append(_sent(told, deal, acting(told.by)))
    if told.closed_at is not None:
        at = told.closed_at
        yield at, lambda: _close(acting(told.by), made[-1], at)


def _sent(told: SampleSurvey, deal: Engagement, actor: Actor) -> Survey:
    usual = usual_surveys()[told.usual]
    said = SurveySaid(
        told.title, told.purpose, told.closes_on, usual.questions, usual.is_anonymous, usual=usual.key, counted=usual.counted
    )  # fmt: skip
    with entered(actor.reach):
        space = space_to_write_in(actor, deal, is_internal=told.is_internal)
        made = draft_survey(actor, space, said=said, at=told.at)
        for group, count in told.groups.items():
            name = group.lower().replace(" ", ".")
            emails = [f"{name}.{number:02}@lumen.example" for number in range(1, count + 1)]
            invite_to_survey(actor, made, group=group, persons=[], emails=emails, at=told.at)
        made = open_survey(actor, made, at=told.at)
        asked = list(made.questions.order_by("number").values_list("pk", flat=True))
        waiting = list(SurveyInvitation.objects.filter(survey=made).order_by("email"))
    for one in told.said:
        invitation = next(each for each in waiting if each.group == one.group)
        waiting.remove(invitation)
        given = {str(key): place for key, place in zip(asked, one.places, strict=False) if place != LEFT_OUT}
        given |= {str(asked[-1]): one.text} if one.text else {}
        answer_anonymously(worker_in(made.space_id), invitation, given=given)
    return made


def _close(actor: Actor, made: Survey, at: datetime) -> None:
    close_survey(actor, made, at=at)
