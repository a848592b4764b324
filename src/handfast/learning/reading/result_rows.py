"""Results as a learning system gives them: staff number, topic, part, day, and a score or passed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.governance.reading.tables import named_columns
from handfast.learning.reading.rows_read import rows_read
from handfast.learning.refusals import ResultsRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.governance.reading.tables import Table

MOST_RESULTS = 5_000
# What each column may be called; of two that fit, the one that stands first here is read.
HEADS: dict[str, tuple[str, ...]] = {
    "trainee": ("staff number", "trainee", "person", "employee", "employee id", "user", "user id", "number"),
    "topic": ("topic", "course", "module", "course code"),
    "part": ("part", "test", "exam", "assessment"),
    "taken_on": ("taken on", "day", "date", "completed", "completed on", "completion date"),
    "score": ("score", "result", "score %", "percent", "grade"),
    "passed": ("passed", "status", "outcome"),
}
NEEDED = {"trainee": "Staff number", "topic": "Topic", "taken_on": "Taken on"}
YES, NO = ("yes", "passed", "pass", "completed", "true"), ("no", "failed", "fail", "false", "not passed")
NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class ResultSaid:
    """One row: `score` is a share, None where only `is_passed` is said; a part may be left out where a topic has one to record."""

    trainee: str
    topic: str
    taken_on: date
    part: str = ""
    score: Decimal | None = None
    is_passed: bool | None = None


def results_in(table: Table) -> list[ResultSaid]:
    """Every row of a sheet. Raises ResultsRefused, naming the rows."""
    columns = named_columns(table.heads, HEADS)
    if lacking := [told for name, told in NEEDED.items() if name not in columns]:
        said = f"name the columns in the first row; {', '.join(lacking)} lack"
        raise ResultsRefused(said, [("pasted", said)])
    if not {"score", "passed"} & columns.keys():
        said = "a column Score or Passed lacks"
        raise ResultsRefused(said, [("pasted", said)])
    return rows_read(
        ((number, {name: cells[place].strip() for name, place in columns.items()}) for number, cells in table.rows),
        _row, ResultsRefused, "nothing is taken in",
    )  # fmt: skip


def _row(told: Mapping[str, str]) -> ResultSaid:
    """Raises ValueError."""
    try:
        taken_on = date.fromisoformat(told["taken_on"][:10])
    except ValueError:
        raise ValueError(f"“{told['taken_on'][:40]}” is no day: write it as 2026-04-07") from None
    score = share_of(told["score"]) if told.get("score") else None
    is_passed = _passed(told["passed"]) if told.get("passed") else None
    if score is None and is_passed is None:
        raise ValueError("there is neither a score nor whether it was passed")
    return ResultSaid(told["trainee"], told["topic"], taken_on, told.get("part", ""), score, is_passed)


def share_of(said: str) -> Decimal:
    """`87 %`, `87`, `0.87`: without the sign what is at most 1 is a share. Raises ValueError."""
    found = NUMBER.fullmatch(said.strip())
    value = Decimal(found[1].replace(",", ".")) if found else None
    if found is None or value is None or value > 100:  # noqa: PLR2004 - per cent
        raise ValueError(f"“{said[:40]}” is no score: write it as 87 % or 0.87")
    return value if value <= 1 and not found[2] else value / 100


def _passed(said: str) -> bool:
    """Raises ValueError."""
    word = said.casefold()
    if word not in (*YES, *NO):
        raise ValueError(f"“{said[:40]}” says neither passed nor failed: write passed or failed")
    return word in YES
