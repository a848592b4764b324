"""Days as people write them: read only where they can be read one way."""

from __future__ import annotations

import re
from datetime import date

SHOWN = 40
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORTEST_MONTH = 3
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})\.?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-. ]{1,2}([a-z]+)[-., ]{1,2}(\d{4})", re.ASCII)
_NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)


def day_said(said: str) -> date:
    """A day with its year first, with its month by name, or in numbers of which one alone can be the month.

    A true date of a workbook arrives with its year first. Raises ValueError, which says what to write instead.
    """
    text = " ".join(said.split())
    if told := _YEAR_FIRST.fullmatch(text):
        return _day(said, int(told[1]), int(told[3]), int(told[4]))
    if told := _NAMED.fullmatch(text.casefold()):
        return _day(said, int(told[3]), _month(said, told[2]), int(told[1]))
    if told := _NAMED_FIRST.fullmatch(text.casefold()):
        return _day(said, int(told[3]), _month(said, told[1]), int(told[2]))
    if told := _YEAR_LAST.fullmatch(text):
        return _in_numbers(said, int(told[1]), int(told[3]), int(told[4]))
    raise ValueError(f"“{said[:SHOWN]}” is no day: write it as 2026-03-02")


def _in_numbers(said: str, one: int, other: int, year: int) -> date:
    """Day and month in whichever order can be; in both, it is refused."""
    if one != other and max(one, other) <= len(MONTHS) and min(one, other, year) > 0:
        first, second = date(year, other, one), date(year, one, other)
        raise ValueError(
            f"“{said[:SHOWN]}” may be {_words(first)} or {_words(second)}: write {first} or {second}"
        )
    day, month = (one, other) if one > len(MONTHS) or one == other else (other, one)
    return _day(said, year, month, day)


def _day(said: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as none:
        raise ValueError(f"there is no day “{said[:SHOWN]}”: write it as 2026-03-02") from none


def _month(said: str, word: str) -> int:
    """By its name or the beginning of it, as in Sept."""
    found = [at for at, name in enumerate(MONTHS, 1) if name.startswith(word)]
    if len(word) < SHORTEST_MONTH or len(found) != 1:
        raise ValueError(f"“{said[:SHOWN]}” names no month: write the day as 2026-03-02")
    return found[0]


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}"
