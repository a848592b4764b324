"""What people say when they draft a survey; tidied and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.texts import block_fault, line_fault
from handfast.surveys.models import Survey, SurveyQuestion
from handfast.surveys.refusals import SurveyRefused

if TYPE_CHECKING:
    from datetime import date

Kind = SurveyQuestion.Kind
LONGEST_TITLE, LONGEST_PURPOSE, LONGEST_QUESTION, LONGEST_CHOICE = 200, 2_000, 300, 80
MOST_QUESTIONS, FEWEST_CHOICES, MOST_CHOICES = 40, 2, 12
CHOICE, ENDS = "choice:", " | "
PLAIN: dict[str, Kind] = {one.label: one for one in Kind if one != Kind.CHOICE}
ANSWERS = "agree, score 1 to 5, score 0 to 10, choice: one, two, or text"


@dataclass(frozen=True, slots=True)
class QuestionSaid:
    """A question and how it is answered."""

    text: str
    kind: str
    choices: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """As it is written in a questionnaire."""
        told = f"{CHOICE} {', '.join(self.choices)}" if self.kind == Kind.CHOICE else Kind(self.kind).label
        return f"{self.text}{ENDS}{told}"


@dataclass(frozen=True, slots=True)
class SurveySaid:
    """A survey; `counted` is the number of the question that readiness counts, None for none."""

    title: str
    purpose: str
    closes_on: date
    questions: tuple[QuestionSaid, ...]
    is_anonymous: bool = True
    sent_by: str = Survey.SentBy.INVITATION
    usual: str = ""
    counted: int | None = None


def questions_of(text: str) -> tuple[QuestionSaid, ...]:
    """One question a line, `I know what changes for me. | agree`. Raises SurveyRefused, which names the line."""
    found, faults = [], []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            continue
        asked, _, answer = line.rpartition(ENDS.strip())
        told = _kind_of(answer.strip())
        if not asked.strip() or told is None:
            faults.append(f"line {number}: end it with “|” and how it is answered: {ANSWERS}")
            continue
        found.append(QuestionSaid(asked.strip(), *told))
    if faults:
        raise refused([("questions", one) for one in faults])
    return tuple(found)


def checked_survey(said: SurveySaid, *, today: date) -> SurveySaid:
    """The same, tidied. Raises SurveyRefused, which names the field and the question."""
    tidy = SurveySaid(
        said.title.strip(), said.purpose.replace("\r\n", "\n").strip(), said.closes_on,
        tuple(QuestionSaid(one.text.strip(), one.kind, tuple(each.strip() for each in one.choices)) for one in said.questions),
        said.is_anonymous, said.sent_by, said.usual, said.counted,
    )  # fmt: skip
    faults = [("title", fault)] if (fault := line_fault(tidy.title, most=LONGEST_TITLE)) else []
    if fault := block_fault(tidy.purpose, most=LONGEST_PURPOSE):
        faults.append(("purpose", fault))
    if tidy.closes_on < today:
        faults.append(("closes_on", "choose a day that is not over"))
    if tidy.sent_by not in Survey.SentBy.values:
        faults.append(("sent_by", f"one of {', '.join(Survey.SentBy.values)}"))
    elif tidy.sent_by == Survey.SentBy.LINK and not tidy.is_anonymous:
        faults.append(("sent_by", "one link for all knows nobody: let it be anonymous, or send invitations"))
    faults += _question_faults(tidy)
    if faults:
        raise refused(faults)
    return tidy


def refused(faults: list[tuple[str, str]]) -> SurveyRefused:
    return SurveyRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)


def _kind_of(answer: str) -> tuple[str, tuple[str, ...]] | None:
    told = answer.lower()
    if told in PLAIN:
        return PLAIN[told], ()
    if told.startswith(CHOICE):
        return Kind.CHOICE, tuple(one.strip() for one in answer[len(CHOICE) :].split(",") if one.strip())
    return None


def _question_faults(said: SurveySaid) -> list[tuple[str, str]]:
    if not 0 < len(said.questions) <= MOST_QUESTIONS:
        return [("questions", f"ask 1 to {MOST_QUESTIONS} questions, one a line")]
    faults = [
        ("questions", f"question {number}: {fault}")
        for number, one in enumerate(said.questions, start=1)
        for fault in _faults_of(one)
    ]
    if said.counted is not None and not 1 <= said.counted <= len(said.questions):
        faults.append(("counted", f"the number of one of the {len(said.questions)} questions, or nothing"))
    elif said.counted is not None and said.questions[said.counted - 1].kind in (Kind.TEXT, Kind.CHOICE):
        faults.append(("counted", "a question that is answered by a score or on the scale"))
    return faults


def _faults_of(one: QuestionSaid) -> list[str]:
    faults = [fault] if (fault := line_fault(one.text, most=LONGEST_QUESTION)) else []
    if one.kind not in Kind.values:
        return [*faults, f"is answered by one of {', '.join(Kind.values)}"]
    if one.kind != Kind.CHOICE:
        return [*faults, "only a choice has choices"] if one.choices else faults
    if not FEWEST_CHOICES <= len(one.choices) <= MOST_CHOICES or len(set(one.choices)) != len(one.choices):
        faults.append(f"offer {FEWEST_CHOICES} to {MOST_CHOICES} choices, each once")
    faults += [fault for each in one.choices if (fault := line_fault(each, most=LONGEST_CHOICE))]
    if any("," in each for each in one.choices):
        faults.append("a choice has no comma in it")
    return faults
