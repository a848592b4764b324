"""What somebody answers, question by question; checked against how each is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.texts import block_fault
from handfast.surveys.models import SurveyQuestion
from handfast.surveys.reading.usual import agree_scale
from handfast.surveys.refusals import AnswerRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = SurveyQuestion.Kind
LONGEST_ANSWER = 2_000
Said = int | str


def offered(question: SurveyQuestion) -> tuple[tuple[str, str], ...]:
    """What can be chosen, by what is kept of it; empty where it is answered in words."""
    if question.kind == Kind.SCORE:
        return tuple((str(one), str(one)) for one in range(1, 6))
    if question.kind == Kind.TEN:
        return tuple((str(one), str(one)) for one in range(11))
    if question.kind == Kind.AGREE:
        return tuple((str(place), word.capitalize()) for place, word in enumerate(agree_scale(), start=1))
    return tuple((one, one) for one in question.choices)


def checked_answers(questions: Sequence[SurveyQuestion], given: Mapping[str, str]) -> dict[str, Said]:
    """What is kept, by the question's id; each may be left out, all of them not. Raises AnswerRefused."""
    kept: dict[str, Said] = {}
    faults = []
    for one in questions:
        told = given.get(str(one.pk), "").replace("\r\n", "\n").strip()
        if not told:
            continue
        if fault := _fault(one, told):
            faults.append((str(one.pk), fault))
        else:
            kept[str(one.pk)] = told if one.kind in (Kind.TEXT, Kind.CHOICE) else int(told)
    if not faults and not kept:
        faults.append(("answers", "answer at least one question"))
    if faults:
        raise AnswerRefused("; ".join(fault for _, fault in faults), faults)
    return kept


def _fault(question: SurveyQuestion, told: str) -> str:
    if question.kind == Kind.TEXT:
        return block_fault(told, most=LONGEST_ANSWER)
    is_offered = told in {key for key, _ in offered(question)}
    return "" if is_offered else f"question {question.number}: choose one of what is offered"
