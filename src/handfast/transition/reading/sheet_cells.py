"""What a cell of a sheet of activities means: the value of a field, or in words why it is none."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.foundation.texts import line_fault
from handfast.kernel.scheduling.writing import duration_text
from handfast.transition.models import Step
from handfast.transition.reading.columns import day_of_text, length_of

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_LENGTH, LONGEST_ROLE, MOST_ROLES, MOST_PEOPLE, MOST_WAVES = 12, 80, 10, 10_000, 1000
# By the meaning of a column the field that it holds.
FIELDS = {
    "name": "name", "lead": "lead", "low": "low", "likely": "likely", "high": "high", "starts": "not_before_on",
    "fixed": "fixed_on", "deadline": "deadline_on", "wave": "wave", "site": "site",
}  # fmt: skip
MILESTONES = {
    "milestone": "milestone",
    "yes": "milestone",
    "gate": "gate",
    "activity": "work",
    "": "work",
    "no": "work",
    "work": "work",
}
_NEED = re.compile(r"(?:(?P<number>[0-9]+)\s+)?(?P<role>[^()]+?)\s*(?:\((?P<side>client|provider)\))?")


def value_of(meaning: str, text: str) -> Any:
    """The value of a cell of one of `FIELDS`; what is empty is None or "". Raises ValueError."""
    return _READ[meaning](text)


def kind_of(text: str) -> str:
    """`milestone`, `gate`, or an activity that lasts. Raises ValueError."""
    kind = MILESTONES.get(text.casefold())
    if kind is None:
        raise ValueError(f"{text[:40]!r}: write activity, milestone or gate")
    return kind


def needs_of_text(text: str, side: str) -> list[dict[str, Any]]:
    """`2 trainer (provider); coach`: roles with how many and of which side, one of `side` where it is not said.

    Raises ValueError.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) > MOST_ROLES:
        raise ValueError(f"{len(parts)} roles: at most {MOST_ROLES}")
    return [_need(part, side) for part in parts]


def _need(part: str, side: str) -> dict[str, Any]:
    found = _NEED.fullmatch(part) if len(part) <= 2 * LONGEST_ROLE else None
    if found is None or line_fault(found["role"], most=LONGEST_ROLE):
        raise ValueError(f"{part[:40]!r} is no role: write trainer, or 2 trainer (provider), parted by ;")
    number = int(found["number"] or 1) if len(found["number"] or "") < LONGEST_LENGTH else 0
    if not 0 < number <= MOST_PEOPLE:
        raise ValueError(f"{part[:40]!r}: write 1 to {MOST_PEOPLE} people")
    return {"role": found["role"], "side": found["side"] or side, "number": number}


def _length(text: str) -> str:
    if not text:
        return ""
    said = duration_text(length_of(text))
    if len(said) > LONGEST_LENGTH:
        raise ValueError(f"{text[:40]!r} has too many digits: write it shorter")
    return said


def _lead(text: str) -> str:
    if text.casefold() not in Step.Lead.values:
        raise ValueError(f"{text[:40]!r}: write one of {', '.join(Step.Lead.values)}")
    return text.casefold()


def _wave(text: str) -> int:
    """A sheet may write 1 as 1.0."""
    try:
        number = Fraction(text or "1") if len(text) < LONGEST_LENGTH else Fraction(0)
    except (ValueError, ZeroDivisionError):
        number = Fraction(0)
    if number.denominator != 1 or not 0 < number < MOST_WAVES:
        raise ValueError(f"{text[:40]!r} is no wave: write its number")
    return int(number)


_READ: dict[str, Callable[[str], Any]] = {
    "name": str, "lead": _lead, "low": _length, "likely": _length, "high": _length, "wave": _wave, "site": str,
    **dict.fromkeys(("starts", "fixed", "deadline"), lambda text: day_of_text(text) if text else None),
}  # fmt: skip
