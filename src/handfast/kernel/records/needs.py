"""What a mapping needs of a file: stamps, numbers and texts, by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class StampRule:
    """How one column of stamps is read; `key` is its name among the gathered columns."""

    key: str
    column: str
    format: str
    zone: str | None
    ambiguous: Literal["refuse", "first", "second"]


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How one column of exact numbers is read: scaled by `digits` decimals, below zero or not.

    A mean is read as finely as it is written: it is rounded once, when it has become a sum.
    """

    key: str
    column: str
    digits: int
    is_unsigned: bool
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """All that is read of a file, and the marks that mean missing."""

    stamps: tuple[StampRule, ...]
    numbers: tuple[NumberRule, ...]
    texts: tuple[str, ...]
    missing: tuple[str, ...]
    delimiter: str
    sheet: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column once, in a fixed order."""
        named = (
            [rule.column for rule in self.stamps] + [rule.column for rule in self.numbers] + list(self.texts)
        )
        return tuple(dict.fromkeys(named))

    @property
    def coded_columns(self) -> tuple[str, ...]:
        """The columns that are read only as text, so that each distinct value need be kept once."""
        plain = {rule.column for rule in self.stamps} | {rule.column for rule in self.numbers}
        return tuple(column for column in self.columns if column not in plain)
