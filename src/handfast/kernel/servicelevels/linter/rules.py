"""What a rule of the linter is: a small question about terms, with its code, its weight and its reason."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from handfast.kernel.document import Path
    from handfast.kernel.servicelevels.adjustments import Adjustments
    from handfast.kernel.servicelevels.amendments import Amendment
    from handfast.kernel.servicelevels.terms import Terms, WrittenTerms

Severity = Literal["error", "warning"]
Scope = Literal["version", "agreement", "adjustments"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found: where, what is wrong, what to do."""

    path: Path
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Case:
    """One version of the terms with the days in which it is in force, and what stands around it."""

    terms: WrittenTerms
    first: date
    end: date
    agreement: Terms
    amendments: tuple[Amendment, ...]
    adjustments: Adjustments | None
    known_events: Mapping[str, AbstractSet[str]]


Check = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`scope` says what it reads: each version of the terms, the whole agreement, or the adjustments."""

    code: str
    severity: Severity
    scope: Scope
    check: Check

    @property
    def what(self) -> str:
        return inspect.cleandoc(self.check.__doc__ or "").partition("\n")[0]

    @property
    def why(self) -> str:
        return " ".join(inspect.cleandoc(self.check.__doc__ or "").partition("\n")[2].split())


def rule(code: str, severity: Severity, scope: Scope = "version") -> Callable[[Check], Rule]:
    """Make a rule of a check; its docstring says in the first line what it finds, and then why that matters."""

    def made(check: Check) -> Rule:
        return Rule(code, severity, scope, check)

    return made
