"""The operations on results and certificates. Annotations are values here: ninja reads them."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.queries.entries import today_in
from handfast.learning.actions import (
    allow_try,
    lapse_certificate,
    note_leaving,
    record_results,
    score_practical,
)
from handfast.learning.api.classes import trainee_told
from handfast.learning.api.schemas import (
    ExtraTryIn,
    LapseIn,
    LearningResultsIn,
    LearningResultsOut,
    LeavingIn,
    PracticalIn,
    TraineeOut,
    TryOut,
)
from handfast.learning.models import Result, Trainee
from handfast.learning.queries.matrix import matrix_of
from handfast.learning.queries.seen import certificate_seen_by, class_seen_by, reads_scores, trainee_seen_by
from handfast.learning.queries.trying import part_of
from handfast.learning.reading.result_rows import ResultSaid

router = Router(tags=["learning"])
TRAINEE = "/people/{uuid:trainee}"
PLACES = Decimal("0.0001")


@router.post("/classes/{uuid:training_class}/results", response={201: LearningResultsOut})
def post_results(request: ActorRequest, training_class: UUID, given: LearningResultsIn) -> Status[Any]:
    """Take results of a learning system in, all or none; what stands there already is not written twice."""
    found = class_seen_by(request.actor, training_class)
    said = [ResultSaid(**one.dict()) for one in given.results]
    return Status(201, record_results(request.actor, found, results=said, at=request.at))


@router.get(f"{TRAINEE}/tries", response=list[TryOut])
def list_tries(request: ActorRequest, trainee: UUID) -> list[dict[str, Any]]:
    """Every try of somebody; without scores where they are not the caller's to read."""
    found = trainee_seen_by(request.actor, trainee)
    shows = reads_scores(request.actor, found.training_class)
    return [
        {
            "part_id": one.part_id, "number": one.number, "taken_on": one.taken_on, "is_passed": one.is_passed,
            "score": _score(one) if shows else None, "source": one.source,
        }
        for one in Result.objects.filter(trainee=found)
    ]  # fmt: skip


@router.post(f"{TRAINEE}/practicals", response={201: TraineeOut})
def post_practical(request: ActorRequest, trainee: UUID, given: PracticalIn) -> Status[dict[str, Any]]:
    """Score practical cases by the rubric."""
    found = trainee_seen_by(request.actor, trainee)
    part = _part(found, given.part_id)
    score_practical(
        request.actor,
        found,
        part=part,
        marks=given.marks,
        taken_on=given.taken_on,
        note=given.note,
        at=request.at,
    )
    return Status(201, _told(request, found))


@router.post(f"{TRAINEE}/extra-tries", response={201: TraineeOut})
def post_extra_try(request: ActorRequest, trainee: UUID, given: ExtraTryIn) -> Status[dict[str, Any]]:
    """Let somebody try a part once more."""
    found = trainee_seen_by(request.actor, trainee)
    allow_try(request.actor, found, part=_part(found, given.part_id), reason=given.reason, at=request.at)
    return Status(201, _told(request, found))


@router.post(f"{TRAINEE}/leaving", response=TraineeOut)
def post_leaving(request: ActorRequest, trainee: UUID, given: LeavingIn) -> dict[str, Any]:
    """When somebody left, or that they are back."""
    found = trainee_seen_by(request.actor, trainee)
    kept = note_leaving(request.actor, found, left_on=given.left_on, at=request.at, as_seen=given.as_seen)
    return _told(request, kept)


@router.post("/certificates/{uuid:certificate}/lapse", response=TraineeOut)
def post_lapse(request: ActorRequest, certificate: UUID, given: LapseIn) -> dict[str, Any]:
    """A certificate holds no more."""
    found = certificate_seen_by(request.actor, certificate)
    lapse_certificate(request.actor, found, reason=given.reason, at=request.at, as_seen=given.as_seen)
    return _told(request, found.trainee)


def _part(found: Trainee, part: UUID) -> Any:
    """Raises NotSeen."""
    asked = part_of(found, part)
    if asked is None or asked.topic.engagement_id != found.training_class.engagement_id:
        raise NotSeen
    return asked


def _told(request: ActorRequest, found: Trainee) -> dict[str, Any]:
    matrix = matrix_of([found], today_in(found.training_class.engagement, request.at))
    return trainee_told(found, [one for row in matrix.rows for one in row.cells if one is not None])


def _score(one: Result) -> Decimal | None:
    """Cut after the fourth place, never rounded up over a pass mark."""
    share = one.score
    return None if share is None else Decimal(share.numerator * 10_000 // share.denominator) * PLACES
