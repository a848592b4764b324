"""What a trainee may try now, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.governance.queries.entries import today_in
from handfast.learning.models import ClassTopic, Question, Sitting, TopicPart
from handfast.learning.queries.counting import counted
from handfast.learning.queries.seen import topics_of
from handfast.learning.queries.standing import HOLDS, proved_by, standing_of
from handfast.learning.queries.waiting import try_again_on
from handfast.learning.refusals import TryRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from handfast.learning.models import Topic, Trainee
    from handfast.learning.queries.standing import PartNow, Standing


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a trainee: whether it can be begun, else why not; `running` is one that was begun."""

    standing: Standing
    now: PartNow
    why_not: str
    running: Sitting | None


def tests_for(trainee: Trainee, *, at: datetime) -> list[Test]:
    """All tests of the topics that their class must hold."""
    topics, today = topics_of(trainee.training_class), today_in(trainee.training_class.engagement, at)
    known = proved_by([trainee.pk], [one.pk for one in topics])
    running = {one.part_id: one for one in Sitting.objects.filter(trainee=trainee, closed_at__isnull=True)}
    banks = questions_in_banks(topics)
    found = []
    for topic in topics:
        standing = known.standing(trainee.pk, topic, today)
        for now in standing.parts:
            if now.part.kind == TopicPart.Kind.TEST:
                why = why_not(trainee, standing, now, today) or bank_fault(
                    banks.get(topic.pk, 0), now.part.size
                )
                found.append(Test(standing, now, why, running.get(now.part.pk)))
    return found


def check_may_begin(trainee: Trainee, part: TopicPart, *, at: datetime) -> None:
    """Raises TryRefused."""
    today = today_in(trainee.training_class.engagement, at)
    assigned = ClassTopic.objects.filter(training_class=trainee.training_class_id, topic=part.topic_id)
    if part.kind != TopicPart.Kind.TEST or part.topic.is_dropped or not assigned.exists():
        raise TryRefused("this is no test of your class")
    standing = standing_of(trainee, part.topic, today)
    now = next((one for one in standing.parts if one.part.pk == part.pk), None)
    if now is None:
        raise TryRefused("this is no test that you have to take now")
    if why := why_not(trainee, standing, now, today):
        raise TryRefused(why)
    running = Sitting.objects.filter(trainee=trainee, part=part, closed_at__isnull=True).first()
    if running is not None:
        raise TryRefused(
            f"this test runs already, until {running.ends_at:%H:%M} UTC: go on where it was begun, or ask your trainer"
        )


def why_not(trainee: Trainee, standing: Standing, now: PartNow, today: date) -> str:
    """Empty where it can be begun."""
    if trainee.left_on is not None and trainee.left_on <= today:
        return "you are not of this class any more"
    if standing.word in HOLDS and not standing.may_try(today):
        held = standing.certificate
        until = f" until {held.valid_until:%-d %B %Y}" if held and held.valid_until else ""
        return f"you are certified{until}"
    if now.is_passed:
        return "you have passed it"
    if not now.left:
        return "no try is left: ask your trainer for another one"
    if now.last is not None:
        again_on = try_again_on(trainee, now.last.taken_on, now.part.wait_days)
        if today < again_on:
            return f"the next try is on {again_on:%-d %B %Y} or later"
    return ""


def questions_in_banks(topics: Iterable[Topic]) -> Mapping[UUID, int]:
    """By topic how many questions its bank asks."""
    return counted(Question.objects.filter(topic__in=list(topics), is_dropped=False), "topic")


def bank_fault(bank: int, size: int) -> str:
    """Empty where a bank has enough questions for a test."""
    return (
        "" if bank >= size else f"the bank has {bank} of the {size} questions of this test: tell your trainer"
    )


def part_of(trainee: Trainee, part: UUID) -> TopicPart | None:
    """A part of a topic in the trainee's space."""
    rows = TopicPart.objects.filter(pk=part, space_id=trainee.space_id)
    found: TopicPart | None = rows.select_related("topic__engagement").first()
    return found


def wanted_test(trainee: Trainee, part: UUID) -> TopicPart:
    """The same, for whoever wants to begin it. Raises TryRefused."""
    found = part_of(trainee, part)
    if found is None:
        raise TryRefused("this is no test of your class")
    return found
