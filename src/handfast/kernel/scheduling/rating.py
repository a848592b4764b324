"""Red, amber or green: how a step stands, by one rule over its facts, with the fact that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from fractions import Fraction

Colour = Literal["done", "green", "unrated", "amber", "red"]
# From the best to the worst; what cannot be rated is worse than green, since nothing is promised.
ORDER: tuple[Colour, ...] = ("done", "green", "unrated", "amber", "red")
MOST_LATE_DAYS = 5  # a working week: what slips further is not caught up inside its step


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a step.

    `later_days` is its foreseen end less its agreed one in working days of its own calendar, None without a baseline.
    `float_days` is the least float of what is not finished. `overdue` counts what should be finished and is not.
    """

    is_done: bool
    later_days: int | None
    float_days: Fraction
    overdue: int


@dataclass(frozen=True, slots=True)
class Rated:
    """A colour, and the fact that decided it in words."""

    colour: Colour
    because: str


def rated(facts: Facts) -> Rated:
    """The colour of a step. Law: no worse fact makes it better."""
    if facts.is_done:
        return Rated("done", "everything in it is finished")
    if facts.float_days < 0:
        return Rated("red", "a deadline is missed")
    if facts.later_days is not None and facts.later_days > 0:
        return _slipped(facts.later_days, facts.float_days)
    if facts.overdue:
        return Rated("amber", f"{facts.overdue} overdue")
    if facts.later_days is None:
        return Rated("unrated", "no baseline is agreed to hold it against")
    earlier = -facts.later_days
    return Rated("green", f"{_days(earlier)} earlier than agreed" if earlier else "as agreed")


def _slipped(later: int, left: Fraction) -> Rated:
    if later > MOST_LATE_DAYS:
        return Rated("red", f"{_days(later)} later than agreed, more than {MOST_LATE_DAYS}")
    if not left:
        return Rated("red", f"{_days(later)} later than agreed, and nothing is left to take it up")
    return Rated("amber", f"{_days(later)} later than agreed")


def days_later(open_days: Collection[date], agreed: date, foreseen: date) -> int:
    """How many working days `foreseen` lies after `agreed`; negative where it lies before. Law: swapped, the sign turns."""
    first, last = sorted((agreed, foreseen))
    between = sum(first < one <= last for one in open_days)
    return between if foreseen >= agreed else -between


def _days(count: int) -> str:
    return f"{count} working day{'s' if count != 1 else ''}"
