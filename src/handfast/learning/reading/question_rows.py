"""Questions as trainers keep them in a spreadsheet: the question, its answers in columns A, B, C …, and which are right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handfast.learning.reading.rows_read import rows_read
from handfast.learning.reading.said import QuestionSaid
from handfast.learning.refusals import QuestionsRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.governance.reading.tables import Table

LETTERS = "abcdefgh"
BECAUSE = ("because", "explanation", "reason")
BETWEEN = re.compile(r"[\s,;/+&]+")


def questions_in(table: Table) -> list[QuestionSaid]:
    """Every row of a sheet. Raises QuestionsRefused, naming the rows."""
    heads = [" ".join(one.casefold().split()) for one in table.heads]
    if lacking := [one for one in ("question", "a", "b", "right") if one not in heads]:
        said = f"name the columns in the first row: Question, A, B, C, D, Right, Because; {', '.join(lacking)} lack"
        raise QuestionsRefused(said, [("pasted", said)])
    told = ((number, dict(zip(heads, cells, strict=True))) for number, cells in table.rows)
    return rows_read(told, _row, QuestionsRefused, "no question is kept")


def _row(told: Mapping[str, str]) -> QuestionSaid:
    """Raises ValueError."""
    given = [told.get(letter, "").strip() for letter in LETTERS]
    while given and not given[-1]:
        given.pop()
    if "" in given:
        raise ValueError(f"answer {LETTERS[given.index('')].upper()} is empty, but one after it is not")
    because = next((told[word] for word in BECAUSE if told.get(word)), "")
    return QuestionSaid(told["question"], tuple(given), _right(told["right"], given), because)


def _right(said: str, given: Sequence[str]) -> tuple[int, ...]:
    """Letters, as in `B` or `A, C`. Raises ValueError."""
    letters = [one for one in BETWEEN.split(said.strip().casefold()) if one]
    known = LETTERS[: len(given)]
    if not letters or any(len(one) != 1 or one not in known for one in letters):
        raise ValueError(f"“{said[:40]}” names no answer: write its letter, as B or A, C")
    return tuple(dict.fromkeys(known.index(one) for one in letters))
