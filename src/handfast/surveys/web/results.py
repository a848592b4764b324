"""Results as the page and the files show them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.surveys.models import SurveyQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.foundation.web.exports import Cell
    from handfast.surveys.queries.results import Figure, Result, Results

Kind = SurveyQuestion.Kind
HEADS = (
    "Number", "Question", "Answered by", "Group", "Answers", "Mean", "Agree or satisfied, %", "NPS", "Choice", "Chose",
    "Chose, %", "Text",
)  # fmt: skip
HUNDRED, ALL = 100, "All"
WIDE, HIGH = 60, 20


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice, how often it was chosen, and its share; `left`, `top`, `wide` and `high` draw it as a column of 60 by 20."""

    label: str
    count: int
    percent: str
    left: str
    top: str
    wide: str
    high: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line: a group, how many of it, the figure that leads, and what else there is."""

    group: str
    count: int
    lead: str
    percent: int
    mean: str
    choices: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A question with its lines; the first is of all. `unit` says what leads."""

    result: Result
    unit: str
    rows: tuple[FigureRow, ...]


UNITS = {
    Kind.AGREE: "agree", Kind.SCORE: "satisfied, 4 or 5", Kind.TEN: "NPS", Kind.CHOICE: "", Kind.TEXT: "",
}  # fmt: skip


def result_rows(found: Results) -> list[ResultRow]:
    return [
        ResultRow(
            one,
            UNITS[Kind(one.question.kind)],
            tuple(
                _figure(name, told)
                for name, told in ((ALL, one.whole), *one.groups)
                if told is not None and one.question.kind != Kind.TEXT
            ),
        )
        for one in found.each
    ]


def percent_words(share: Fraction | None) -> str:
    return "" if share is None else f"{rounded(share * HUNDRED, 1, 'half up')} %"


def export_rows(found: Results) -> Iterator[tuple[Cell, ...]]:
    """A line for each question and group, for each of its choices, and for each text."""
    for one in found.each:
        asked = (one.question.number, one.question.text, one.question.get_kind_display())
        for name, told in ((ALL, one.whole), *one.groups):
            if told is None:
                yield (*asked, name, "fewer than five", *[None] * 7)
                continue
            numbers = (_number(told.mean, 2), _number(_percent(told.agree_share), 1), _number(told.nps, 1))
            yield (*asked, name, told.count, *numbers, None, None, None, None)
            for label, count in told.choices:
                share = rounded(_share(count, told.count), 1, "half up")
                yield (*asked, name, None, None, None, None, label, count, share, None)
        for text in one.texts:
            yield (*asked, ALL, *[None] * 7, text)


def _figure(name: str, told: Figure) -> FigureRow:
    choices = tuple(_column(place, told) for place in range(len(told.choices)))
    mean = "" if told.mean is None else f"{rounded(told.mean, 2, 'half up')}"
    if told.nps is not None:
        lead, share = f"{rounded(told.nps, 0, 'half up'):+}", (told.nps + HUNDRED) / 2
    elif told.agree_share is not None:
        lead, share = percent_words(told.agree_share), told.agree_share * HUNDRED
    else:
        lead, share = "", None
    return FigureRow(name, told.count, lead, int(share) if share is not None else 0, mean, choices)


def _column(place: int, told: Figure) -> ChoiceRow:
    """Columns stand side by side; the highest is as high as the picture, and one that nobody chose is a hairline."""
    label, count = told.choices[place]
    each, most = Fraction(WIDE, len(told.choices)), max(one for _, one in told.choices)
    high = max(Fraction(HIGH * count, most), Fraction(1))
    drawn = (each * place, HIGH - high, each - 2, high)
    left, top, wide, tall = (f"{rounded(one, 2, 'half up')}" for one in drawn)
    percent = f"{rounded(_share(count, told.count), 0, 'half up')}"
    return ChoiceRow(label, count, percent, left, top, wide, tall)


def least_agreed(found: Results) -> str:
    """The question that the smallest share agrees with, in words for the page's sentence; empty where there are not two."""
    known = [
        (one.whole.agree_share, one.question)
        for one in found.each
        if one.whole and one.whole.agree_share is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 - the least of several
        return ""
    share, question = min(known, key=lambda one: (one[0], one[1].number))
    return f"; the least, {percent_words(share)}, agree with “{question.text.rstrip('.')}”"


def _share(count: int, whole: int) -> Fraction:
    return Fraction(HUNDRED * count, whole)


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * HUNDRED


def _number(value: Fraction | None, places: int) -> Cell:
    return None if value is None else rounded(value, places, "half up")
