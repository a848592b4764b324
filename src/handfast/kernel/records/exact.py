"""Exact numbers in bulk: text to integers scaled by a stated number of decimals, never through floats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.records import arrow
from handfast.kernel.records.refusals import CellRefused, shown

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Column, Flags, Int64s
    from handfast.kernel.records.instants import Place
    from handfast.kernel.records.needs import NumberRule

# Eighteen digits before the point and after, so that a scaled number that fits is always exact.
GRAMMAR = r"^[+-]?[0-9]{1,18}(\.[0-9]{0,18})?([eE][+-]?[0-9]{1,2})?$"
LARGEST = 2**63 - 1
MEAN_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Numbers:
    """Scaled integers, 0 where the cell is missing; those of means are Python's, in an object array."""

    scaled: Any
    present: Flags


def numbers_of(text: Column, rule: NumberRule, place: Place) -> Numbers:
    """The numbers of a column; one that is none, too fine, too large or below zero is refused by its row."""
    present = arrow.present_in(text)
    _refuse_first(
        arrow.grammar_faults(text, GRAMMAR), text, place, "is not a number written with digits and a point"
    )
    scaled = None if rule.is_mean else arrow.decimals_of(text, rule.digits)
    if scaled is None:
        scaled = _one_by_one(text, rule, place)
    if rule.is_unsigned:
        _refuse_first((scaled < 0) & present, text, place, "is below zero")
    return Numbers(scaled, present)


def _one_by_one(text: Column, rule: NumberRule, place: Place) -> Any:
    """The slow way, which knows which cell does not fit."""
    scaled = np.zeros(len(text), object if rule.is_mean else np.int64)
    known: dict[str, int] = {}
    for row, cell in enumerate(text.to_pylist()):
        if cell is None:
            continue
        if cell not in known:
            known[cell] = _scaled(cell, rule, place, row)
        scaled[row] = known[cell]
    return scaled


def _scaled(cell: str, rule: NumberRule, place: Place, row: int) -> int:
    digits = MEAN_DIGITS if rule.is_mean else rule.digits
    numerator, denominator = Decimal(cell).as_integer_ratio()
    scale: int = 10**digits
    value, rest = divmod(numerator * scale, denominator)
    if rest:
        wanted = f"at most {digits} decimals" if digits else "a whole number"
        fault = f"{shown(cell)} is finer than {wanted}; correct it or set `digits:`"
        raise CellRefused(place.file, place.first_row + row, place.column, fault)
    if abs(value) > LARGEST and not rule.is_mean:
        raise CellRefused(place.file, place.first_row + row, place.column, f"{shown(cell)} is too large")
    return value


def sums_of_means(means: Any, times: Int64s, digits: int) -> Any:
    """Each mean (at MEAN_DIGITS decimals) times its count, rounded half up, once, to `digits` decimals.

    Python integers of any size, in an object array: the caller says which of them are too large.
    """
    unit = 10 ** (MEAN_DIGITS - digits)
    return (means * times.astype(object) * 2 + unit) // (2 * unit)


def _refuse_first(faulty: Flags, cells: Column, place: Place, said: str) -> None:
    if faulty.any():
        first = int(np.flatnonzero(faulty)[0])
        whole: Any = cells
        raise CellRefused(
            place.file, place.first_row + first, place.column, f"{shown(str(whole[first]))} {said}"
        )
