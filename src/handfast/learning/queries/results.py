"""Results that are to be taken in, held against the class that they are of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.learning.models import Result, Topic, TopicPart, Trainee
from handfast.learning.reading.new_results import NewResult
from handfast.learning.reading.result_rows import MOST_RESULTS
from handfast.learning.reading.scoring import Points
from handfast.learning.refusals import ResultsRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from handfast.learning.models import TrainingClass
    from handfast.learning.reading.result_rows import ResultSaid

WHOLE = 10_000  # a score is kept to a hundredth of a percent


def check_results(
    training_class: TrainingClass, given: Sequence[ResultSaid], today: date
) -> tuple[list[NewResult], int]:
    """Those that are new, and how many stand there already. Raises ResultsRefused, naming the rows from 1."""
    if not 0 < len(given) <= MOST_RESULTS:
        fault = f"send 1 to {MOST_RESULTS:,} results at a time"
        raise ResultsRefused(f"{len(given):,} results: {fault}", [("results", fault)])
    here = _Here(training_class)
    new, faults = [], []
    for row, one in enumerate(given, start=1):
        try:
            new.append(here.result(one, today))
        except ValueError as wrong:
            faults.append((f"results.{row}", str(wrong)))
    if faults:
        told = "; ".join(f"{field}: {fault}" for field, fault in faults[:20])
        more = f"; and {len(faults) - 20} more" if len(faults) > 20 else ""  # noqa: PLR2004 - as above
        raise ResultsRefused(f"nothing is taken in: {told}{more}", faults)
    fresh = {_key(one): one for one in new if _key(one) not in here.known}
    return list(fresh.values()), len(new) - len(fresh)


class _Here:
    """The class with its people by number, its engagement's topics by number and title, and what stands there already."""

    def __init__(self, training_class: TrainingClass) -> None:
        deal = training_class.engagement
        self.trainees = {
            one.label.casefold(): one for one in Trainee.objects.filter(training_class=training_class)
        }
        topics = list(Topic.objects.filter(engagement=deal, space_id=deal.space_id, is_dropped=False))
        self.topics: Mapping[str, Topic | None] = _by_words(topics)
        self.parts: dict[object, list[TopicPart]] = {}
        for part in TopicPart.objects.filter(topic__in=topics, is_dropped=False):
            self.parts.setdefault(part.topic_id, []).append(part)
        rows = Result.objects.filter(trainee__training_class=training_class)
        told = rows.values_list("trainee_id", "part_id", "taken_on", "is_passed", "points", "of_points")
        self.known = {(*key, passed, _share(points, of)) for *key, passed, points, of in told}

    def result(self, said: ResultSaid, today: date) -> NewResult:
        """Raises ValueError."""
        trainee = self.trainees.get(said.trainee.strip().casefold())
        if trainee is None:
            raise ValueError(f"“{said.trainee[:60]}” is nobody of this class: enrol them first")
        topic = self.topics.get(said.topic.strip().casefold())
        if topic is None:
            raise ValueError(f"“{said.topic[:60]}” is no topic: write its number, as TP-1, or its title")
        part = self._part(topic, said.part)
        if said.taken_on > today:
            raise ValueError(f"{said.taken_on} is still to come")
        points = _points(said.score)
        passed = points.passes(part.pass_mark) if points else said.is_passed
        if passed is None:
            raise ValueError("say the score, or whether it was passed")
        if said.is_passed is not None and said.is_passed != passed:
            word = "passed" if said.is_passed else "not passed"
            raise ValueError(
                f"it says {word}, but {said.score} is held against the pass mark {part.pass_mark.normalize()}"
            )
        return NewResult(trainee, topic, part, said.taken_on, passed, Result.Source.IMPORTED, points)

    def _part(self, topic: Topic, said: str) -> TopicPart:
        parts = self.parts.get(topic.pk, [])
        word = said.strip().casefold()
        found = [one for one in parts if one.name.casefold() == word] if word else parts
        if len(found) != 1:
            names = ", ".join(one.name for one in parts) or "none: add one first"
            raise ValueError(f"“{said[:60]}” is no part of {topic.name}; its parts are {names}")
        return found[0]


def _by_words(topics: Sequence[Topic]) -> dict[str, Topic | None]:
    """By number and by title; a title that two have names neither."""
    found: dict[str, Topic | None] = {}
    for one in topics:
        word = one.title.casefold()
        found[word] = None if word in found else one
    return found | {one.name.casefold(): one for one in topics}


def _points(score: Decimal | None) -> Points | None:
    """Raises ValueError."""
    if score is None:
        return None
    if not score.is_finite() or not 0 <= score <= 1 or score * WHOLE != int(score * WHOLE):
        raise ValueError("write the score as a share from 0 to 1, to a hundredth of a percent")
    return Points(int(score * WHOLE), WHOLE)


def _share(points: int | None, of_points: int | None) -> Fraction | None:
    return Fraction(points, of_points) if points is not None and of_points else None


def _key(one: NewResult) -> tuple[object, ...]:
    share = Fraction(one.points.points, one.points.of_points) if one.points else None
    return one.trainee.pk, one.part.pk, one.taken_on, one.is_passed, share
