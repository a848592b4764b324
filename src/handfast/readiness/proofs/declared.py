"""What declares a proof of the catalogue: its name and unit, where its evidence stands, and the function that measures it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from fractions import Fraction
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry

Unit = Literal["share", "count", "yes/no", "days", "ratio"]
MOST_LACKING = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which engagement, at which instant, and which day that is in the contract's zone.

    `read` holds what was read already for another proof of the same question.
    """

    deal: Engagement
    at: datetime
    today: date
    read: dict[str, list[RegisterEntry]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that keeps it from being met; with a page where it has one."""

    said: str
    page: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a proof found: the exact value, None where there is nothing to count, and the same in words.

    `as_of_at` is how old the evidence is, None where it is as old as the question. `lacking` are the first of what is missing.
    """

    value: Fraction | None
    said: str
    as_of_at: datetime | None = None
    lacking: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A query over evidence. `definition` is what both sides mean by it; `page` shows the evidence."""

    key: str
    name: str
    unit: Unit
    evidence: str
    page: str
    page_args: tuple[str, ...]
    definition: str
    measure: Callable[[Asked], Measured]


def proof(
    name: str, *, unit: Unit, evidence: str, page: str, page_args: tuple[str, ...] = ()
) -> Callable[[Callable[[Asked], Measured]], Proof]:
    """Make a proof of a function; its key is the function's name, its definition the docstring's."""

    def made(measure: Callable[[Asked], Measured]) -> Proof:
        definition = " ".join((measure.__doc__ or "").split())
        if not definition:
            raise ValueError(f"{measure.__name__}: say what both sides mean by it")
        return Proof(measure.__name__, name, unit, evidence, page, page_args, definition, measure)

    return made
