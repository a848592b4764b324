"""From gathered columns to interval totals in canonical order; an interval stands once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.quantity import SECOND_US, iso_of
from handfast.kernel.records import arrow_tables
from handfast.kernel.records.events import NO_STAMP, found_rows
from handfast.kernel.records.exact import LARGEST, sums_of_means
from handfast.kernel.records.ordering import canonical_order
from handfast.kernel.records.refusals import CellRefused, IntervalTwice

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Flags, Int64s
    from handfast.kernel.records.arrow_tables import Table
    from handfast.kernel.records.gathering import Gathered
    from handfast.kernel.records.mapping import IntervalsMapping
    from handfast.kernel.records.report import Found

NO_KEY = "no key"


@dataclass(frozen=True, slots=True)
class Intervals:
    """The interval rows that a mapping finds, what was dropped, and by total the means that were missing."""

    rows: Table
    dropped: dict[str, Found]
    missing_means: dict[str, Found]


def intervals_of(gathered: Gathered, mapping: IntervalsMapping) -> Intervals:
    """The intervals of a file; a total or mean that is missing where it may not be is refused by its row."""
    at = gathered.stamps["at"]
    keys = {name: gathered.texts[column] for name, column in sorted(mapping.keys.items())}
    no_key = np.zeros(gathered.rows, np.bool_)
    for coded in keys.values():
        no_key |= coded.ranks < 0
    dropped = {}
    for reason, flags in ((NO_STAMP, ~at.present), (NO_KEY, no_key & at.present)):
        if flags.any():
            dropped[reason] = found_rows(flags, gathered.first_row)
    kept = np.flatnonzero(at.present & ~no_key)
    placed: list[Any] = [at.instants_us[kept], *(coded.ranks[kept] for coded in keys.values())]
    order = canonical_order(placed)
    rows = kept[order]
    _refuse_overlaps(rows, [key[order] for key in placed], gathered, mapping)
    columns = {"at": arrow_tables.integer_column(at.instants_us[rows])}
    for name, coded in keys.items():
        columns[name] = arrow_tables.text_column(coded.values, coded.ranks[rows])
    for name in sorted(mapping.totals):
        columns[name] = arrow_tables.integer_column(_total(name, gathered, mapping, kept)[rows])
    missing = {name: _missing_means(name, gathered, mapping, kept) for name in sorted(mapping.totals)}
    counted = {name: found_rows(flags, gathered.first_row) for name, flags in missing.items() if flags.any()}
    return Intervals(arrow_tables.table_of(columns), dropped, counted)


def _missing_means(name: str, gathered: Gathered, mapping: IntervalsMapping, kept: Int64s) -> Flags:
    """The kept rows whose mean is missing although something was counted."""
    times = mapping.totals[name].times
    flags: Flags = np.zeros(gathered.rows, np.bool_)
    if times is not None:
        flags[kept] = ~gathered.numbers[name].present[kept] & (gathered.numbers[times].scaled[kept] != 0)
    return flags


def _total(name: str, gathered: Gathered, mapping: IntervalsMapping, kept: Int64s) -> Int64s:
    total = mapping.totals[name]
    found = gathered.numbers[name]
    is_kept = np.zeros(gathered.rows, np.bool_)
    is_kept[kept] = True
    if total.times is None:
        plain: Int64s = found.scaled
        _refuse(is_kept & ~found.present, gathered, total.column,
                "a total is missing; write 0, or leave the row out")  # fmt: skip
        return plain
    times = gathered.numbers[total.times]
    if total.missing_mean == "refuse":
        said = f"the mean is missing although {total.times!r} is not 0; correct it, or write `missing_mean: none`"
        _refuse(_missing_means(name, gathered, mapping, kept), gathered, total.column, said)
    sums = sums_of_means(found.scaled, times.scaled, total.digits)
    _refuse(is_kept & (sums > LARGEST), gathered, total.column, f"times {total.times!r} is too large a sum")
    whole: Int64s = np.where(is_kept, sums, 0).astype(np.int64)
    return whole


def _refuse(faulty: Flags, gathered: Gathered, column: str, said: str) -> None:
    if faulty.any():
        row = int(np.flatnonzero(faulty)[0]) + gathered.first_row
        raise CellRefused(gathered.file, row, column, said)


def _refuse_overlaps(rows: Int64s, placed: list[Any], gathered: Gathered, mapping: IntervalsMapping) -> None:
    """For the same keys the next interval starts when the last has ended, or later."""
    order = np.lexsort((placed[0], *placed[1:]))
    at = placed[0][order]
    is_close = (at[1:] - at[:-1]) < mapping.minutes * 60 * SECOND_US
    for key in placed[1:]:
        is_close &= key[order][1:] == key[order][:-1]
    if not is_close.any():
        return
    place = int(np.flatnonzero(is_close)[0])
    first, second = sorted(int(rows[order[step]]) + gathered.first_row for step in (place, place + 1))
    keys = ", ".join(mapping.keys) or "no keys"
    raise IntervalTwice(
        f"{gathered.file}, rows {first} and {second}, column {mapping.at.column!r}: the interval of "
        f"{iso_of(int(at[place]))} stands twice or is overlapped within {mapping.minutes} minutes for the same keys "
        f"({keys}); map what tells the rows apart under `keys:`"
    )
