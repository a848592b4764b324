"""What every result leaves behind: its row, and a certificate where it was the last that was lacking. A part of the verbs."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from handfast.learning.models import Certificate, Result, Trainee
from handfast.learning.queries.standing import proved_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.learning.queries.standing import Proved
    from handfast.learning.reading.new_results import NewResult


@dataclass(slots=True)
class _Made:
    results: list[Result] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)


def keep_results(given: Sequence[NewResult], *, at: datetime, by: UUID | None) -> list[Certificate]:
    """Write them down in the order of their days; the certificates that follow. The trainees are locked first."""
    trainees = {one.trainee.pk for one in given}
    list(Trainee.objects.select_for_update().filter(pk__in=trainees).order_by("pk"))
    topics = {one.topic.pk: one.topic for one in given}
    known, made = proved_by(trainees, topics), _Made()
    for one in sorted(given, key=lambda each: each.taken_on):
        _keep(one, known, made, at, by)
    Result.objects.bulk_create(made.results)
    Certificate.objects.bulk_create(made.certificates)
    return made.certificates


def _keep(one: NewResult, known: Proved, made: _Made, at: datetime, by: UUID | None) -> None:
    before = _rows(known.results, (one.trainee.pk, one.part.pk))
    points = one.points
    result = Result(
        id=uuid4(), space_id=one.trainee.space_id, trainee=one.trainee, part=one.part, sitting=one.sitting,
        number=before[-1].number + 1 if before else 1, taken_on=one.taken_on,
        points=points.points if points else None, of_points=points.of_points if points else None,
        is_passed=one.is_passed, source=one.source, marks=[list(case) for case in one.marks], note=one.note,
        recorded_at=at, recorded_by_id=by,
    )  # fmt: skip
    before.append(result)
    made.results.append(result)
    if one.is_passed:
        _certify(one, known, made, at)


def _certify(one: NewResult, known: Proved, made: _Made, at: datetime) -> None:
    """Once every part that was lacking is passed."""
    now = known.standing(one.trainee.pk, one.topic, one.taken_on)
    if not now.parts or not all(each.is_passed for each in now.parts):
        return
    rests_on = [_passed(known, one.trainee.pk, each.part.pk, each.used) for each in now.parts]
    certified_on = max(each.taken_on for each in rests_on)
    certificate = Certificate(
        id=uuid4(), space_id=one.trainee.space_id, trainee=one.trainee, topic=one.topic, certified_on=certified_on,
        valid_until=lasts_until(certified_on, one.topic.validity_months),
        result_ids=[str(each.pk) for each in rests_on], made_at=at,
    )  # fmt: skip
    _rows(known.certificates, (one.trainee.pk, one.topic.pk)).append(certificate)
    made.certificates.append(certificate)


def _passed(known: Proved, trainee: UUID, part: UUID, used: int) -> Result:
    """The last pass among the tries since the last certificate."""
    since = known.results[trainee, part][-used:]
    return next(one for one in reversed(since) if one.is_passed)


def _rows(found: Any, key: tuple[UUID, UUID]) -> list[Any]:
    rows: list[Any] = found[key]
    return rows


def lasts_until(certified_on: date, months: int) -> date | None:
    """The last day of so many months; None for ever. From 31 August six months last through 27 or 28 February."""
    if not months:
        return None
    year, month = divmod(certified_on.month - 1 + months, 12)
    last = calendar.monthrange(certified_on.year + year, month + 1)[1]
    return date(certified_on.year + year, month + 1, min(certified_on.day, last)) - timedelta(days=1)
