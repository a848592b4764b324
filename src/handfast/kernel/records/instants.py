"""From written stamps to instants: the offset where one stands, else the zone; every fault by its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.records import arrow
from handfast.kernel.records.refusals import CellRefused, shown
from handfast.kernel.records.stampformat import ISO
from handfast.kernel.records.stamps import FIRST_YEAR, LAST_YEAR, local_stamps
from handfast.kernel.worktime.zones import instants_from_local

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Column, Flags, Int64s
    from handfast.kernel.records.needs import StampRule

DOES_NOT_EXIST = 1
EXISTS_TWICE = 2
_EARLIEST_US = int(np.datetime64(f"{FIRST_YEAR}-01-01", "us").astype(np.int64))
_LATEST_US = int(np.datetime64(f"{LAST_YEAR + 1}-01-01", "us").astype(np.int64))


@dataclass(frozen=True, slots=True)
class Instants:
    """Instants in microseconds UTC, 0 where the cell is missing."""

    instants_us: Int64s
    present: Flags


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands: file, the number of its first row, column."""

    file: str
    first_row: int
    column: str


def instants_of(text: Column, dated: Column | None, rule: StampRule, place: Place) -> Instants:
    """The instants of a column; `dated` holds the cells that the file itself types as a date."""
    present = arrow.present_in(text)
    instants = _of_texts(text, rule, place, rule.format)
    if dated is None:
        return Instants(instants, present)
    is_dated = arrow.present_in(dated)
    typed = _of_typed(dated, rule, place) if arrow.is_stamp(dated) else _of_texts(dated, rule, place, ISO)
    return Instants(np.where(is_dated, typed, instants), present | is_dated)


def _of_texts(text: Column, rule: StampRule, place: Place, written_format: str) -> Int64s:
    present = arrow.present_in(text)
    found = local_stamps(*arrow.bytes_of(text), written_format)
    _refuse_first(found.is_wrong & present, text, place, f"is not a stamp as {written_format!r} writes it, in the years {FIRST_YEAR} to {LAST_YEAR}; "
                  "correct the cell, the format, or list the cell under `missing:`")  # fmt: skip
    instants = found.local_us - found.offset_us
    naive = present & ~found.has_offset
    if naive.any():
        instants[naive] = _in_zone(found.local_us, naive, text, rule, place)
    instants[~present] = 0
    return instants


def _of_typed(dated: Column, rule: StampRule, place: Place) -> Int64s:
    try:
        moments = arrow.microseconds_of(dated)
    except arrow.ArrowFault as fault:
        raise CellRefused(place.file, place.first_row, place.column, f"or below: {fault}") from fault
    present = arrow.present_in(dated)
    is_far = ((moments < _EARLIEST_US) | (moments >= _LATEST_US)) & present
    _refuse_first(is_far, dated, place, f"is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if not arrow.has_zone(dated) and present.any():
        moments = moments.copy()
        moments[present] = _in_zone(moments, present, dated, rule, place)
    return moments


def _in_zone(local_us: Int64s, naive: Flags, cells: Column, rule: StampRule, place: Place) -> Int64s:
    """The instants of the naive cells, read on the wall clock of the mapping's zone."""
    if rule.zone is None:
        _refuse_first(naive, cells, place, "carries no offset; add `zone:`, the place whose clock wrote it")
    zone = rule.zone or ""
    found = instants_from_local(local_us[naive], zone, rule.ambiguous)
    for fault, said in (
        (DOES_NOT_EXIST, f"does not exist in {zone}: the clock was put forward over it"),
        (EXISTS_TWICE, f"exists twice in {zone}: the clock was put back; say `ambiguous: first` or `second`"),
    ):
        if fault == EXISTS_TWICE and rule.ambiguous != "refuse":
            continue
        if (found.fault == fault).any():
            faulty = np.zeros(len(naive), np.bool_)
            faulty[np.flatnonzero(naive)[found.fault == fault]] = True
            _refuse_first(faulty, cells, place, said)
    return found.instants_us


def _refuse_first(faulty: Flags, cells: Column, place: Place, said: str) -> None:
    if faulty.any():
        first = int(np.flatnonzero(faulty)[0])
        whole: Any = cells
        raise CellRefused(
            place.file, place.first_row + first, place.column, f"{shown(str(whole[first]))} {said}"
        )
