"""What a check is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from handfast.journeys.health.facts import Facts

Severity = Literal["contradiction", "gap", "remark"]
Area = Literal["Dates", "Terms", "Figures", "Registers", "People"]
SEVERITIES: tuple[Severity, ...] = ("contradiction", "gap", "remark")
AREAS: tuple[Area, ...] = ("Dates", "Terms", "Figures", "Registers", "People")
EVERY_SIZE = ("light", "standard", "complex")
LARGER = ("standard", "complex")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Way:
    """Where a finding is mended: the name of a page with what stands in its address, and what the link says."""

    said: str
    page: str
    place: tuple[object, ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that lacks or contradicts, in words with its names and numbers; `is_internal`: of the own side alone."""

    said: str
    way: Way
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One question put to the facts of a deal, of the sizes for which it is one."""

    key: str
    area: Area
    severity: Severity
    sizes: tuple[str, ...]
    asked: Callable[[Facts], Iterator[Finding]]

    @property
    def said(self) -> str:
        """What it looks for, from its docstring."""
        return (self.asked.__doc__ or "").strip()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the check that made it."""

    check: Check
    finding: Finding


def check(
    area: Area, severity: Severity, *, sizes: tuple[str, ...] = EVERY_SIZE
) -> Callable[[Callable[[Facts], Iterator[Finding]]], Check]:
    """Declares a check; its key is the function's name."""

    def declared(asked: Callable[[Facts], Iterator[Finding]]) -> Check:
        return Check(asked.__name__.replace("_", "-"), area, severity, sizes, asked)

    return declared


def named(words: Sequence[str]) -> str:
    """The first few of them, and how many more there are."""
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def many(number: int, word: str, plural: str = "") -> str:
    """`1 month`, `3 months`."""
    return f"{number} {word if number == 1 else plural or word + 's'}"
