"""The operations on classes, their people, codes and sessions. Annotations are values here: ninja reads them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.queries.entries import today_in
from handfast.learning.actions import (
    amend_class,
    amend_session,
    close_class_code,
    enrol,
    keep_attendance,
    open_class,
    open_class_code,
    plan_session,
)
from handfast.learning.api.schemas import (
    AmendedTrainingClassIn,
    AmendedTrainingSessionIn,
    AttendanceIn,
    ClassCodeIn,
    ClassCodeOut,
    EnrolmentIn,
    TraineeOut,
    TrainingClassIn,
    TrainingClassOut,
    TrainingSessionIn,
    TrainingSessionOut,
)
from handfast.learning.models import ClassTopic, Session, Trainee, TrainingClass
from handfast.learning.queries.counting import class_counts
from handfast.learning.queries.keys import class_code
from handfast.learning.queries.matrix import matrix_of
from handfast.learning.queries.seen import class_seen_by, classes_seen_by, session_seen_by
from handfast.learning.reading.said import ClassSaid, SessionSaid

router = Router(tags=["learning"])
HERE, CLASS = "/engagements/{uuid:engagement}/classes", "/classes/{uuid:training_class}"
SESSION = "/sessions/{uuid:learning_session}"


@router.get(HERE, response=list[TrainingClassOut])
def list_classes(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """All classes in their order."""
    deal = engagement_seen_by(request.actor, engagement)
    return _told(request, list(classes_seen_by(request.actor, deal.pk)))


@router.post(HERE, response={201: TrainingClassOut})
def post_class(request: ActorRequest, engagement: UUID, given: TrainingClassIn) -> Status[dict[str, Any]]:
    """Open a class of the own side's people."""
    deal = engagement_seen_by(request.actor, engagement)
    made = open_class(request.actor, deal, said=_said(given), at=request.at)
    return Status(201, _told(request, [made])[0])


@router.put(CLASS, response=TrainingClassOut)
def put_class(request: ActorRequest, training_class: UUID, given: AmendedTrainingClassIn) -> dict[str, Any]:
    """Its days, its topics, and whether the other side reads scores."""
    found = class_seen_by(request.actor, training_class)
    kept = amend_class(request.actor, found, said=_said(given), at=request.at, as_seen=given.as_seen)
    return _told(request, [kept])[0]


@router.get(f"{CLASS}/people", response=list[TraineeOut])
def list_trainees(request: ActorRequest, training_class: UUID) -> list[dict[str, Any]]:
    """Everybody of a class, also who has left, with how far they are with each topic."""
    found = class_seen_by(request.actor, training_class)
    rows = list(Trainee.objects.filter(training_class=found).select_related("training_class"))
    matrix = matrix_of(rows, today_in(found.engagement, request.at))
    return [
        trainee_told(one.trainee, [each for each in one.cells if each is not None]) for one in matrix.rows
    ]


@router.post(f"{CLASS}/people", response={201: list[TraineeOut]})
def post_enrolment(
    request: ActorRequest, training_class: UUID, given: EnrolmentIn
) -> Status[list[dict[str, Any]]]:
    """Enrol people by their staff numbers; those who are new."""
    found = class_seen_by(request.actor, training_class)
    made = enrol(request.actor, found, labels=given.labels, at=request.at)
    return Status(201, [trainee_told(one, ()) for one in made])


@router.post(f"{CLASS}/code", response={201: ClassCodeOut})
def post_class_code(
    request: ActorRequest, training_class: UUID, given: ClassCodeIn
) -> Status[dict[str, Any]]:
    """A code by which the people of a class take their tests without an account; an older one ends."""
    found = class_seen_by(request.actor, training_class)
    key = open_class_code(request.actor, found, days=given.days, at=request.at)
    code = class_code(key.pk)
    url = settings.HANDFAST_ADDRESS + reverse("learning:tests", args=[code])
    return Status(201, {"code": code, "url": url, "expires_at": key.expires_at})


@router.post(f"{CLASS}/code/end", response=TrainingClassOut)
def post_class_code_end(request: ActorRequest, training_class: UUID) -> dict[str, Any]:
    """The code opens the class no more."""
    found = class_seen_by(request.actor, training_class)
    return _told(request, [close_class_code(request.actor, found, at=request.at)])[0]


@router.get(f"{CLASS}/sessions", response=list[TrainingSessionOut])
def list_training_sessions(request: ActorRequest, training_class: UUID) -> list[dict[str, Any]]:
    """The sessions of a class by their hour."""
    found = class_seen_by(request.actor, training_class)
    return [_session(one) for one in Session.objects.filter(training_class=found)]


@router.post(f"{CLASS}/sessions", response={201: TrainingSessionOut})
def post_training_session(
    request: ActorRequest, training_class: UUID, given: TrainingSessionIn
) -> Status[dict[str, Any]]:
    """Plan a session."""
    found = class_seen_by(request.actor, training_class)
    said = SessionSaid(**given.dict())
    return Status(201, _session(plan_session(request.actor, found, said=said, at=request.at)))


@router.put(SESSION, response=TrainingSessionOut)
def put_training_session(
    request: ActorRequest, learning_session: UUID, given: AmendedTrainingSessionIn
) -> dict[str, Any]:
    """Move it, name others, or cancel it; not once it was held."""
    found = session_seen_by(request.actor, learning_session)
    said = SessionSaid(**given.dict(exclude={"is_cancelled", "as_seen"}))
    kept = amend_session(
        request.actor, found, said=said, is_cancelled=given.is_cancelled, at=request.at, as_seen=given.as_seen
    )
    return _session(kept)


@router.post(f"{SESSION}/attendance", response=TrainingSessionOut)
def post_attendance(request: ActorRequest, learning_session: UUID, given: AttendanceIn) -> dict[str, Any]:
    """Who was there, and how each played the work back; what was written before is replaced."""
    found = session_seen_by(request.actor, learning_session)
    return _session(
        keep_attendance(request.actor, found, there=given.there, at=request.at, as_seen=given.as_seen)
    )


def trainee_told(one: Trainee, standings: Sequence[Any]) -> dict[str, Any]:
    """Somebody as the operations tell of them."""
    topics = [
        {
            "topic_id": each.topic.pk, "word": each.word, "parts_passed": each.passed, "parts_needed": len(each.parts),
            "certificate_id": each.certificate.pk if each.certificate else None,
            "certified_on": each.certificate.certified_on if each.certificate else None,
            "valid_until": each.certificate.valid_until if each.certificate else None,
        }
        for each in standings
    ]  # fmt: skip
    return {
        "id": one.pk, "label": one.label, "class_id": one.training_class_id, "left_on": one.left_on, "topics": topics,
        "seen_as": one.seen_as,
    }  # fmt: skip


def _said(given: TrainingClassIn) -> ClassSaid:
    return ClassSaid(given.title, given.starts_on, given.ends_on, given.shows_scores, tuple(given.topics))


def _told(request: ActorRequest, rows: Sequence[TrainingClass]) -> list[dict[str, Any]]:
    """All of one engagement."""
    if not rows:
        return []
    deal = engagement_seen_by(request.actor, rows[0].engagement_id)
    counts = {one.training_class.pk: one for one in class_counts(deal, today_in(deal, request.at))}
    topics: dict[UUID, list[UUID]] = {}
    for held in ClassTopic.objects.filter(training_class__in=rows):
        topics.setdefault(held.training_class_id, []).append(held.topic_id)
    return [
        {
            "id": one.pk, "name": one.name, "title": one.title, "side": one.side, "starts_on": one.starts_on,
            "ends_on": one.ends_on, "shows_scores": one.shows_scores, "topics": topics.get(one.pk, []),
            "people": counts[one.pk].people, "complete": counts[one.pk].complete, "seen_as": one.seen_as,
        }
        for one in rows
    ]  # fmt: skip


def _session(one: Session) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.number, "class_id": one.training_class_id, "topic_id": one.topic_id,
        "starts_at": one.starts_at, "minutes": one.minutes, "expert": one.expert, "trainer": one.trainer,
        "place": one.place, "state": one.state, "seen_as": one.seen_as,
    }  # fmt: skip
