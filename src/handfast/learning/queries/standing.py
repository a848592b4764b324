"""How far a trainee is with a topic: what they proved, what they may try and when; from results, certificates and parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from handfast.learning.models import Certificate, ExtraTry, Result, Topic, TopicPart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.learning.models import Trainee

SOON = timedelta(days=30)  # a certificate that ends so soon is shown as such
AGAIN = timedelta(days=60)  # and can be renewed from here on
Word = Literal["certified", "ending", "ended", "lapsed", "out", "begun", "not-begun"]
HOLDS = frozenset({"certified", "ending"})


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part as a trainee stands with it: tries used and left, the last of them, and whether it is passed."""

    part: TopicPart
    used: int
    left: int
    last: Result | None
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A trainee with a topic on a day. `parts` are those still to be passed for the next certificate, with those passed for it."""

    topic: Topic
    word: Word
    certificate: Certificate | None
    parts: tuple[PartNow, ...]

    @property
    def passed(self) -> int:
        return sum(1 for one in self.parts if one.is_passed)

    def may_try(self, today: date) -> bool:
        """Whether anything is to be shown: not while a certificate lasts, but for its last weeks."""
        held = self.certificate
        if self.word not in HOLDS or held is None:
            return True
        return held.valid_until is not None and held.valid_until - today <= AGAIN


@dataclass(frozen=True, slots=True)
class Proved:
    """What was proved by some trainees: rows by trainee and topic or part, as they were read in one go."""

    parts: Mapping[UUID, Sequence[TopicPart]]
    certificates: Mapping[tuple[UUID, UUID], Sequence[Certificate]]
    results: Mapping[tuple[UUID, UUID], Sequence[Result]]
    extra: Mapping[tuple[UUID, UUID], int]

    def standing(self, trainee: UUID, topic: Topic, today: date) -> Standing:
        """Of one of the trainees with one of the topics."""
        every = self.certificates.get((trainee, topic.pk), ())
        last = every[-1] if every else None
        used = {one for each in every for one in each.result_ids}
        parts = tuple(
            self._part(trainee, one, used) for one in needed(self.parts.get(topic.pk, ()), last, today)
        )
        return Standing(topic, _word(last, parts, today), last, parts)

    def _part(self, trainee: UUID, part: TopicPart, used: Collection[str]) -> PartNow:
        every = self.results.get((trainee, part.pk), ())
        first = max((place for place, one in enumerate(every, start=1) if str(one.pk) in used), default=0)
        since = every[first:]
        is_passed = any(one.is_passed for one in since)
        left = 1 + part.retakes + self.extra.get((trainee, part.pk), 0) - len(since)
        return PartNow(part, len(since), max(left, 0), since[-1] if since else None, is_passed)


def needed(parts: Iterable[TopicPart], last: Certificate | None, today: date) -> list[TopicPart]:
    """Which parts the next certificate asks for: after a lapse the practical cases again, else all of them."""
    asked = [one for one in parts if not one.is_dropped]
    has_lapsed = last is not None and last.lapsed_at is not None and not _is_over(last, today)
    again = [one for one in asked if one.kind == TopicPart.Kind.PRACTICAL] if has_lapsed else []
    return again or asked


def proved_by(trainees: Collection[UUID], topics: Collection[UUID]) -> Proved:
    """All of it for these trainees and topics, in four questions."""
    parts, certificates, results = defaultdict(list), defaultdict(list), defaultdict(list)
    extra: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for part in TopicPart.objects.filter(topic_id__in=topics):
        parts[part.topic_id].append(part)
    for one in Certificate.objects.filter(trainee_id__in=trainees, topic_id__in=topics):
        certificates[one.trainee_id, one.topic_id].append(one)
    here = Result.objects.filter(trainee_id__in=trainees, part__topic_id__in=topics).order_by("number")
    for result in here.defer("marks"):
        results[result.trainee_id, result.part_id].append(result)
    for allowed in ExtraTry.objects.filter(trainee_id__in=trainees, part__topic_id__in=topics):
        extra[allowed.trainee_id, allowed.part_id] += 1
    return Proved(parts, certificates, results, extra)


def standing_of(trainee: Trainee, topic: Topic, today: date) -> Standing:
    """One by itself."""
    return proved_by([trainee.pk], [topic.pk]).standing(trainee.pk, topic, today)


def _is_over(one: Certificate, today: date) -> bool:
    return one.valid_until is not None and one.valid_until < today


def _word(last: Certificate | None, parts: Sequence[PartNow], today: date) -> Word:
    if last is not None and last.lapsed_at is None and not _is_over(last, today):
        is_ending = last.valid_until is not None and last.valid_until - today <= SOON
        return "ending" if is_ending else "certified"
    if any(not one.left and not one.is_passed for one in parts):
        return "out"
    if any(one.used for one in parts):
        return "begun"
    if last is None:
        return "not-begun"
    return "ended" if _is_over(last, today) else "lapsed"
