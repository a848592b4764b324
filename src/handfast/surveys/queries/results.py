"""What the answers to a survey say together, with everything hidden by which somebody could be known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.surveys.models import SurveyAnswer, SurveyQuestion
from handfast.surveys.reading.answers import offered
from handfast.surveys.reading.hiding import FEWEST, shown_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.surveys.models import Survey

Kind = SurveyQuestion.Kind
OTHERS = "All others"
SATISFIED, PROMOTES, DETRACTS = 4, 9, 6  # of five; of ten from here up, and up to here


@dataclass(frozen=True, slots=True)
class Figure:
    """What `count` people say: the mean of a score, the share who agree or are satisfied, points of NPS, counts by choice."""

    count: int
    mean: Fraction | None = None
    agree_share: Fraction | None = None
    nps: Fraction | None = None
    choices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One question: what all say, None where too few do; what each group says that may be shown; texts by their letters."""

    question: SurveyQuestion
    whole: Figure | None
    groups: tuple[tuple[str, Figure], ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """`rate` is None where nobody knows how many were asked; `hidden` says why nothing is shown, empty where it is."""

    survey: Survey
    answered: int
    rate: Fraction | None
    hidden: str
    each: tuple[Result, ...] = ()


def results_of(survey: Survey) -> Results:
    """Of a survey that the actor sees; three questions, however many have answered."""
    rows = _rows(survey)
    rate = Fraction(len(rows), survey.invited_count) if survey.invited_count else None
    hidden = _hidden(survey, len(rows))
    if hidden:
        return Results(survey, len(rows), rate, hidden)
    each = tuple(_result(one, rows, _fewest(survey)) for one in survey.questions.all())
    return Results(survey, len(rows), rate, "", each)


def counted_result(survey: Survey) -> Result | None:
    """What is said to the question that readiness counts; None where none is, or too few have answered."""
    question = survey.questions.filter(is_counted=True).first()
    if question is None:
        return None
    rows = _rows(survey)
    found = None if _hidden(survey, len(rows)) else _result(question, rows, _fewest(survey))
    return found if found is not None and found.whole is not None else None


def _rows(survey: Survey) -> list[tuple[str, dict[str, Any]]]:
    """The group of each who has answered, and what they said."""
    return list(SurveyAnswer.objects.filter(survey=survey).values_list("group", "said"))


def _fewest(survey: Survey) -> int:
    return FEWEST if survey.is_anonymous else 1


def figure_of(question: SurveyQuestion, values: Sequence[Any]) -> Figure:
    count = len(values)
    if question.kind == Kind.CHOICE:
        told = Counter(values)
        return Figure(count, choices=tuple((key, told[key]) for key, _ in offered(question)))
    spread = Counter(str(one) for one in values)
    choices = tuple((label, spread[key]) for key, label in offered(question))
    mean = Fraction(sum(values), count)
    if question.kind == Kind.TEN:
        for_it, against = sum(one >= PROMOTES for one in values), sum(one <= DETRACTS for one in values)
        return Figure(count, mean, None, Fraction(100 * (for_it - against), count), choices)
    return Figure(count, mean, Fraction(sum(one >= SATISFIED for one in values), count), None, choices)


def _hidden(survey: Survey, answered: int) -> str:
    if survey.is_drafted:
        return "It is a draft: nobody was asked yet."
    if survey.is_anonymous and survey.is_open:
        return "It is anonymous: what was said is shown when it is closed, so that two looks cannot be held against each other."
    if survey.is_anonymous and answered < FEWEST:
        return f"Fewer than {FEWEST} have answered: nothing is shown, so that nobody can be known by it."
    return "" if answered else "Nobody has answered yet."


def _result(question: SurveyQuestion, rows: Sequence[tuple[str, dict[str, Any]]], fewest: int) -> Result:
    key = str(question.pk)
    told = [(group, said[key]) for group, said in rows if key in said]
    if question.kind == Kind.TEXT:
        texts = sorted((str(one) for _, one in told), key=str.casefold) if len(rows) >= FEWEST else []
        return Result(question, Figure(len(told)) if len(told) >= fewest else None, texts=tuple(texts))
    if len(told) < max(fewest, 1):
        return Result(question, None)
    shown, others = shown_groups(Counter(group for group, _ in told))
    groups = [(name, figure_of(question, [one for group, one in told if group == name])) for name in shown]
    if shown and others:
        left = [one for group, one in told if group not in shown]
        groups.append((OTHERS, figure_of(question, left)))
    return Result(question, figure_of(question, [one for _, one in told]), tuple(groups))
