"""Take a test: begin it, hand it in once, or let its time run out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.governance.queries.entries import today_in
from handfast.learning.actions.keeping import keep_results
from handfast.learning.models import LearningKey, Question, Result, Sitting, TopicPart
from handfast.learning.permissions import may_hand_in, may_sit
from handfast.learning.queries.keys import code_digest, sitting_secret
from handfast.learning.queries.trying import bank_fault, check_may_begin
from handfast.learning.reading.new_results import NewResult
from handfast.learning.reading.scoring import Points, drawn, points_of_test
from handfast.learning.refusals import TryRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.learning.models import Trainee

SITTING_OVER = "learning.sitting_over"
GRACE = timedelta(seconds=60)  # a page that is sent in the last second arrives later
SHOWN = timedelta(days=1)  # so long the address of a sitting tells its result


@action(permits=may_sit, records="sitting.begun")
def begin_sitting(actor: Actor, trainee: Trainee, /, *, part: TopicPart, at: datetime) -> Sitting:
    """Draw the questions of a test and start its clock. The trainee is locked: of two that begin at once the second is refused.

    Raises TryRefused.
    """
    check_may_begin(trainee, part, at=at)
    bank = list(
        Question.objects.filter(topic_id=part.topic_id, is_dropped=False).values_list("pk", flat=True)
    )
    if fault := bank_fault(len(bank), part.size):
        raise TryRefused(fault)
    sitting, ends_at = uuid4(), at + timedelta(minutes=part.minutes or 0)
    made: Sitting = Sitting.objects.create(
        id=sitting, space_id=trainee.space_id, trainee=trainee, part=part, started_at=at, ends_at=ends_at,
        asked=[str(one) for one in drawn(bank, sitting, part.size)],
    )  # fmt: skip
    LearningKey.objects.create(
        id=sitting, opens=LearningKey.Opens.SITTING, about_id=sitting, journal_space_id=trainee.space_id,
        organisation_id=actor.organisation, digest=code_digest(sitting_secret(sitting)), made_at=at,
        expires_at=ends_at + SHOWN,
    )  # fmt: skip
    later(SITTING_OVER, made, due_at=ends_at + GRACE, actor=actor)
    return made


@action(permits=may_hand_in, records="sitting.handed_in")
def hand_in_sitting(
    actor: Actor, sitting: Sitting, /, *, answers: Mapping[str, Sequence[int]], at: datetime
) -> Sitting:
    """Count the answers. What was handed in before stays as it is: of two that come at once the first counts.

    After its time nothing counts, and the try is not passed.
    """
    del actor
    if sitting.closed_at is not None:
        return sitting
    is_late = at > sitting.ends_at + GRACE
    return _closed(sitting, {} if is_late else answers, at)


@action(permits=may_hand_in, records="sitting.over")
def close_sitting(actor: Actor, sitting: Sitting, /, *, at: datetime) -> Sitting:
    """By the worker: a test that nobody handed in is a try that was not passed."""
    del actor
    if sitting.closed_at is not None or at <= sitting.ends_at:
        return sitting
    return _closed(sitting, {}, at)


def _closed(sitting: Sitting, answers: Mapping[str, Sequence[int]], at: datetime) -> Sitting:
    part = TopicPart.objects.select_related("topic__engagement").get(pk=sitting.part_id)
    asked = {str(one.pk): one for one in Question.objects.filter(pk__in=sitting.asked)}
    sitting.answers = {key: _places(answers.get(key, ()), asked[key]) for key in sitting.asked}
    sitting.closed_at = at
    sitting.save(update_fields=["answers", "closed_at"])
    points = points_of_test({key: one.right for key, one in asked.items()}, sitting.answers)
    today = today_in(part.topic.engagement, sitting.started_at)
    keep_results([_result(sitting, part, points, today)], at=at, by=None)
    return sitting


def _result(sitting: Sitting, part: TopicPart, points: Points, today: date) -> NewResult:
    return NewResult(
        sitting.trainee,
        part.topic,
        part,
        today,
        points.passes(part.pass_mark),
        Result.Source.TEST,
        points,
        sitting,
    )


def _places(said: Sequence[int], question: Question) -> list[int]:
    """Those that there are, each once."""
    return sorted({one for one in said if 0 <= one < len(question.choices)})
