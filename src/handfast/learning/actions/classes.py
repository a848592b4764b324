"""Open a class, say what it must hold, and who is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handfast.engagement.queries import party_of
from handfast.foundation.actions import action
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.texts import line_fault, tidied
from handfast.learning.models import ClassTopic, LearningKey, Topic, Trainee, TrainingClass
from handfast.learning.permissions import may_open_class, may_run_class, may_train
from handfast.learning.queries.keys import class_code, code_digest
from handfast.learning.reading.said import A_DAY, FIRST, LAST, checked_class
from handfast.learning.refusals import ClassRefused, TraineesRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.learning.reading.said import ClassSaid

MOST_TRAINEES, LONGEST_LABEL = 500, 60
MOST_CODE_DAYS = 14


@action(permits=may_open_class, records="class.opened")
def open_class(actor: Actor, engagement: Engagement, /, *, said: ClassSaid, at: datetime) -> TrainingClass:
    """A class of the own side's people. Raises ClassRefused."""
    tidy = checked_class(said)
    mine = party_of(engagement, actor.organisation)
    if mine is None:
        raise NotPermitted("class opened: whoever opens one acts for a side")
    newest = (
        TrainingClass.objects.filter(space_id=engagement.space_id, engagement=engagement)
        .order_by("number")
        .last()
    )
    made: TrainingClass = TrainingClass.objects.create(
        space_id=engagement.space_id, engagement=engagement, number=newest.number + 1 if newest else 1,
        title=tidy.title, side=mine.side, starts_on=tidy.starts_on, ends_on=tidy.ends_on,
        shows_scores=tidy.shows_scores, changed_at=at, changed_by_id=actor.person,
    )  # fmt: skip
    _assign(made, tidy.topics)
    return made


@action(permits=may_run_class, records="class.amended")
def amend_class(
    actor: Actor,
    training_class: TrainingClass,
    /,
    *,
    said: ClassSaid,
    at: datetime,
    as_seen: str | None = None,
) -> TrainingClass:
    """Its days, its topics, and whether the other side reads scores. Raises ClassRefused, Conflict."""
    tidy = checked_class(said)
    for name in ("title", "starts_on", "ends_on", "shows_scores"):
        setattr(training_class, name, getattr(tidy, name))
    training_class.version += 1
    training_class.changed_at, training_class.changed_by_id = at, actor.person
    training_class.save()
    _assign(training_class, tidy.topics)
    return training_class


@action(permits=may_run_class, records="trainee.enrolled")
def enrol(
    actor: Actor, training_class: TrainingClass, /, *, labels: Sequence[str], at: datetime
) -> list[Trainee]:
    """Staff numbers into a class; one that is in it already is left as it is. Raises TraineesRefused."""
    del actor, at
    kept = [tidied(one) for one in labels]
    faults = [
        (f"labels.{row}", fault) for row, one in enumerate(kept, start=1) if (fault := line_fault(one, most=LONGEST_LABEL))
    ]  # fmt: skip
    known = {
        one.casefold(): one
        for one in Trainee.objects.filter(training_class=training_class).values_list("label", flat=True)
    }
    new = {one.casefold(): one for one in kept if one.casefold() not in known}
    if not kept:
        faults.append(("labels", "write at least one staff number"))
    if len(known) + len(new) > MOST_TRAINEES:
        faults.append(("labels", f"a class holds at most {MOST_TRAINEES} people: open another one"))
    if faults:
        told = "; ".join(f"{field}: {fault}" for field, fault in faults[:20])
        raise TraineesRefused(f"nobody is enrolled: {told}", faults)
    made: list[Trainee] = Trainee.objects.bulk_create(
        Trainee(space_id=training_class.space_id, training_class=training_class, label=one)
        for one in new.values()
    )
    return made


@action(permits=may_train, records="trainee.left")
def note_leaving(
    actor: Actor, trainee: Trainee, /, *, left_on: date | None, at: datetime, as_seen: str | None = None
) -> Trainee:
    """On which day somebody left; None where they are back. Raises TraineesRefused, Conflict."""
    del actor, at
    if left_on is not None and not FIRST <= left_on < LAST:
        raise TraineesRefused(f"left_on: {A_DAY}", [("left_on", A_DAY)])
    trainee.left_on = left_on
    trainee.save(update_fields=["left_on"])
    return trainee


@action(permits=may_run_class, records="class_code.opened")
def open_class_code(
    actor: Actor, training_class: TrainingClass, /, *, days: int, at: datetime
) -> LearningKey:
    """A code by which the people of a class take their tests without an account; an older one ends. Raises ClassRefused."""
    if not 1 <= days <= MOST_CODE_DAYS:
        fault = f"write 1 to {MOST_CODE_DAYS} days"
        raise ClassRefused(f"days: {fault}", [("days", fault)])
    _end_codes(training_class.pk, at)
    key = uuid4()
    return LearningKey.objects.create(
        id=key, opens=LearningKey.Opens.CLASS, about_id=training_class.pk, journal_space_id=training_class.space_id,
        organisation_id=actor.organisation, digest=code_digest(class_code(key)), made_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip


@action(permits=may_run_class, records="class_code.closed")
def close_class_code(actor: Actor, training_class: TrainingClass, /, *, at: datetime) -> TrainingClass:
    """The code opens the class no more; a test that was begun can be handed in."""
    del actor
    _end_codes(training_class.pk, at)
    return training_class


def _end_codes(training_class: UUID, at: datetime) -> None:
    rows = LearningKey.objects.filter(
        opens=LearningKey.Opens.CLASS, about_id=training_class, expires_at__gt=at
    )
    rows.update(expires_at=at)


def _assign(training_class: TrainingClass, topics: Sequence[UUID]) -> None:
    here = Topic.objects.filter(
        pk__in=topics, engagement_id=training_class.engagement_id, space_id=training_class.space_id
    )
    found = set(here.values_list("pk", flat=True))
    if len(found) < len(topics):
        said = "choose topics of this engagement"
        raise ClassRefused(f"topics: {said}", [("topics", said)])
    kept = ClassTopic.objects.filter(training_class=training_class)
    kept.exclude(topic_id__in=found).delete()
    known = set(kept.values_list("topic_id", flat=True))
    ClassTopic.objects.bulk_create(
        ClassTopic(space_id=training_class.space_id, training_class=training_class, topic_id=one)
        for one in topics
        if one not in known
    )
