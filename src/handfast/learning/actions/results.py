"""Write results down: out of a learning system, by the rubric, and what a trainer allows or takes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.texts import block_fault, tidied
from handfast.governance.queries.entries import today_in
from handfast.learning.actions.keeping import keep_results
from handfast.learning.models import Certificate, ExtraTry, Result, TopicPart
from handfast.learning.permissions import may_lapse_certificate, may_run_class, may_train
from handfast.learning.queries.results import check_results
from handfast.learning.reading.new_results import NewResult
from handfast.learning.reading.said import LONGEST_TEXT
from handfast.learning.reading.scoring import FULL, practical_points
from handfast.learning.reading.usual import rubric
from handfast.learning.refusals import CertificateLapsed, ResultsRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.learning.models import Trainee, TrainingClass
    from handfast.learning.reading.result_rows import ResultSaid


@dataclass(frozen=True, slots=True)
class Kept:
    """How many results were new, how many stood there already, and how many certificates followed."""

    new: int
    known: int
    certified: int


@action(permits=may_run_class, records="results.recorded")
def record_results(
    actor: Actor, training_class: TrainingClass, /, *, results: Sequence[ResultSaid], at: datetime
) -> Kept:
    """Take results in, all or none; one that stands there already, of the same day and score, is not written twice.

    Raises ResultsRefused.
    """
    today = today_in(training_class.engagement, at)
    new, known = check_results(training_class, results, today)
    certified = keep_results(new, at=at, by=actor.person)
    return Kept(len(new), known, len(certified))


@action(permits=may_train, records="practical.scored")
def score_practical(
    actor: Actor, trainee: Trainee, /, *, part: TopicPart, marks: Sequence[Sequence[int]], taken_on: date, at: datetime,
    note: str = "",
) -> Trainee:  # fmt: skip
    """Practical cases by the rubric: for each case a mark of each criterion, in halves. Raises ResultsRefused."""
    kept, faults = tidied(note), []
    if part.space_id != trainee.space_id or part.kind != TopicPart.Kind.PRACTICAL:
        faults.append(("part", "choose practical cases of this engagement"))
    if taken_on > today_in(trainee.training_class.engagement, at):
        faults.append(("taken_on", "write a day that has come"))
    width = len(rubric())
    if len(marks) != part.size or any(len(case) != width for case in marks):
        faults.append(("marks", f"mark {part.size} cases by {width} criteria each"))
    elif any(mark not in range(FULL + 1) for case in marks for mark in case):
        faults.append(("marks", "write 0, 1 or 2 halves"))
    if fault := block_fault(kept, most=LONGEST_TEXT):
        faults.append(("note", fault))
    if faults:
        told = "; ".join(f"{field}: {fault}" for field, fault in faults)
        raise ResultsRefused(f"nothing is scored: {told}", faults)
    points = practical_points(marks, rubric())
    result = NewResult(
        trainee, part.topic, part, taken_on, points.passes(part.pass_mark), Result.Source.RUBRIC, points, None, marks,
        kept,
    )  # fmt: skip
    keep_results([result], at=at, by=actor.person)
    return trainee


@action(permits=may_train, records="try.allowed")
def allow_try(actor: Actor, trainee: Trainee, /, *, part: TopicPart, reason: str, at: datetime) -> ExtraTry:
    """Let somebody try a part once more than its retakes say, with the reason. Raises ResultsRefused."""
    kept = _reason(reason)
    if part.space_id != trainee.space_id:
        said = "choose a part of a topic of this engagement"
        raise ResultsRefused(f"part: {said}", [("part", said)])
    made: ExtraTry = ExtraTry.objects.create(
        space_id=trainee.space_id,
        trainee=trainee,
        part=part,
        reason=kept,
        allowed_at=at,
        allowed_by_id=actor.person,
    )
    return made


@action(permits=may_lapse_certificate, records="certificate.lapsed")
def lapse_certificate(
    actor: Actor, certificate: Certificate, /, *, reason: str, at: datetime, as_seen: str | None = None
) -> Certificate:
    """It holds no more: after long absence or critical errors, as the content says. Raises ResultsRefused, CertificateLapsed."""
    del actor
    kept = _reason(reason)
    if certificate.lapsed_at is not None:
        raise CertificateLapsed("it has lapsed already: look again")
    certificate.lapsed_at, certificate.lapsed_because = at, kept
    certificate.save(update_fields=["lapsed_at", "lapsed_because"])
    return certificate


def _reason(said: str) -> str:
    kept = tidied(said)
    if fault := block_fault(kept, most=LONGEST_TEXT) or ("" if kept else "say why"):
        raise ResultsRefused(f"reason: {fault}", [("reason", fault)])
    return kept
