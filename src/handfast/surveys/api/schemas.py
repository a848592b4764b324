"""What the operations on surveys take and give. Annotations are values here: ninja reads them."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from handfast.kernel.quantity import rounded
from handfast.surveys.models import Survey
from handfast.surveys.queries.results import Figure, Results
from handfast.surveys.reading.said import QuestionSaid, SurveySaid
from handfast.surveys.reading.usual import usual_surveys


class QuestionIn(Schema):
    """A question; `kind` is score (1 to 5), ten (0 to 10), agree, choice or text."""

    text: str
    kind: str
    choices: list[str] = Field(default_factory=list)


class SurveyIn(Schema):
    """A survey of the own side; without title and questions those of the usual questionnaire `usual`.

    `is_internal`: only the own side reads it. `sent_by` is `invitation` or `link`, `counted` the number of the question
    that readiness counts.
    """

    title: str = ""
    purpose: str = ""
    closes_on: date
    questions: list[QuestionIn] = Field(default_factory=list)
    is_anonymous: bool = True
    sent_by: str = "invitation"
    usual: str = ""
    counted: int | None = None
    is_internal: bool = False
    as_seen: str | None = None

    def said(self) -> SurveySaid:
        known = usual_surveys().get(self.usual)
        asked = tuple(QuestionSaid(one.text, one.kind, tuple(one.choices)) for one in self.questions)
        counted = self.counted or (known.counted if known and not asked else None)
        return SurveySaid(
            self.title or (known.title if known else ""), self.purpose, self.closes_on,
            asked or (known.questions if known else ()), self.is_anonymous, self.sent_by, self.usual, counted,
        )  # fmt: skip


class SurveyInvitationsIn(Schema):
    """People of the engagement and addresses, all of one group."""

    group: str = ""
    persons: list[UUID] = Field(default_factory=list)
    emails: list[str] = Field(default_factory=list)


class SurveyMoveIn(Schema):
    """The version in which the caller saw it."""

    as_seen: str | None = None


class QuestionOut(Schema):
    """A question as it is asked."""

    id: UUID
    number: int
    text: str
    kind: str
    choices: list[str]
    is_counted: bool


class SurveyOut(Schema):
    """A survey; `answered` counts whoever has answered, `invited_count` whoever was asked."""

    id: UUID
    name: str
    title: str
    purpose: str
    usual: str
    side: str
    is_internal: bool
    is_anonymous: bool
    sent_by: str
    state: str
    closes_on: date
    opened_at: datetime | None
    closed_at: datetime | None
    invited_count: int
    answered: int
    seen_as: str

    @staticmethod
    def resolve_answered(one: Survey) -> int:
        known: int | None = getattr(one, "answered", None)
        return one.answers.count() if known is None else known


class WholeSurveyOut(SurveyOut):
    """The same with its questions, and for the side that sends it with the address of the link for all."""

    questions: list[QuestionOut]
    link: str = ""

    @staticmethod
    def resolve_questions(one: Survey) -> list[object]:
        return list(one.questions.all())


class UsualSurveyOut(Schema):
    """A usual questionnaire."""

    key: str
    title: str
    sent_by: str
    when: list[str]
    is_anonymous: bool
    questions: list[QuestionIn]


class ChoiceOut(Schema):
    """How often a choice was chosen."""

    choice: str
    count: int


class FigureOut(Schema):
    """What a group says, or all with `group` empty; shares as text from 0 to 1, points of NPS from -100 to 100."""

    group: str
    count: int
    mean: str | None
    agree_share: str | None
    nps: str | None
    choices: list[ChoiceOut]


class ResultOut(Schema):
    """A question; `figures` are empty where fewer than five have answered it."""

    question_id: UUID
    number: int
    text: str
    kind: str
    figures: list[FigureOut]
    texts: list[str]


class SurveyResultsOut(Schema):
    """`response_share` is null where nobody knows how many were asked."""

    answered: int
    invited_count: int
    response_share: str | None
    hidden: str
    results: list[ResultOut]


def results_told(found: Results) -> dict[str, Any]:
    return {
        "answered": found.answered, "invited_count": found.survey.invited_count, "response_share": _plain(found.rate),
        "hidden": found.hidden,
        "results": [
            {
                "question_id": one.question.pk, "number": one.question.number, "text": one.question.text,
                "kind": one.question.kind, "texts": list(one.texts),
                "figures": [_told(name, told) for name, told in (("", one.whole), *one.groups) if told is not None],
            }
            for one in found.each
        ],
    }  # fmt: skip


def _told(name: str, one: Figure) -> dict[str, Any]:
    choices = [{"choice": label, "count": count} for label, count in one.choices]
    numbers = {"mean": _plain(one.mean), "agree_share": _plain(one.agree_share), "nps": _plain(one.nps)}
    return {"group": name, "count": one.count, "choices": choices, **numbers}


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else str(rounded(value, 4, "half up"))
