"""When each record is due under one clock and target: one more integer column beside its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import Span
from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels.engines.prepared import INSIDE, OUTSIDE
from handfast.kernel.worktime.compiled import CompiledCalendar

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints
    from handfast.kernel.servicelevels.engines.prepared import Names


def due_column(folder: Path, calendar: CompiledCalendar, target_us: int) -> tuple[Ints, Flags]:
    """By record: the least instant at which the counted time reaches the target, and whether it ever does.

    A pause moves the due instant only if it began before the target was reached; the stop does not matter.
    """
    start, row, from_us, to_us = _read(folder, INSIDE)
    return _due(calendar, start, row, from_us, to_us, target_us)


def due_bounds(
    folder: Path, calendar: CompiledCalendar, target_us: int
) -> tuple[tuple[Ints, Flags], tuple[Ints, Flags]]:
    """By record outside the annex: the first and the last instant at which it can be due.

    What was open before the annex nobody knows: all of it makes a record due first, nothing of it last. Under
    both the record may still not be due before the annex ends.
    """
    start, row, from_us, to_us = _read(folder, OUTSIDE)
    if target_us == 0:
        return (start, np.ones(start.size, dtype=bool)), (start, np.ones(start.size, dtype=bool))
    ends = calendar.covers.ends_us
    begins = min(int(start.min()), calendar.covers.starts_us)
    # Nothing is open behind the annex: what lies there may as well lie at its end.
    held, from_us, to_us = (np.minimum(column, ends) for column in (start, from_us, to_us))
    first, last = (
        _due(_begun(calendar, begins, is_open=is_open), held, row, from_us, to_us, target_us)
        for is_open in (True, False)
    )
    return first, last


def _begun(calendar: CompiledCalendar, begins: int, *, is_open: bool) -> CompiledCalendar:
    """The calendar from an earlier instant on: open all the time before its own beginning, or never."""
    covers, opens, closes = calendar.covers, calendar.opens_us, calendar.closes_us
    if is_open and begins < covers.starts_us:
        touches = opens.size > 0 and opens[0] == covers.starts_us
        opens = np.append(np.int64(begins), opens[1:] if touches else opens)
        closes = closes if touches else np.append(np.int64(covers.starts_us), closes)
    return CompiledCalendar(calendar.zone, Span(begins, covers.ends_us), opens, closes, calendar.closed_days)


def _read(folder: Path, names: Names) -> tuple[Ints, Ints, Ints, Ints]:
    """The starts of records, and for each pause the row of its record, its two ends."""
    place, _ = arrow_tables.read_integers(folder / names.records, "place")
    start, _ = arrow_tables.read_integers(folder / names.records, "start_us")
    paused_place, _ = arrow_tables.read_integers(folder / names.pauses, "place")
    from_us, _ = arrow_tables.read_integers(folder / names.pauses, "from_us")
    to_us, _ = arrow_tables.read_integers(folder / names.pauses, "to_us")
    return start, np.searchsorted(place, paused_place), from_us, to_us


def _due(  # noqa: PLR0913, PLR0917 - the columns of two tables side by side
    calendar: CompiledCalendar, start: Ints, row: Ints, from_us: Ints, to_us: Ints, target_us: int
) -> tuple[Ints, Flags]:
    from handfast.kernel.worktime.vectors import due_many, worked_before  # noqa: PLC0415 - loads only where something counts by its due

    began = worked_before(calendar, from_us)
    blocked = worked_before(calendar, to_us) - began
    # Blocked time of the same record before each pause: a running sum, less what earlier records had.
    before = np.cumsum(blocked) - blocked
    is_first = np.append(True, row[1:] != row[:-1]) if row.size else np.empty(0, dtype=bool)
    before -= np.repeat(before[is_first], np.diff(np.append(np.flatnonzero(is_first), row.size)))
    counted = began - worked_before(calendar, start)[row] - before
    moves = counted < target_us
    added = np.zeros(start.size, dtype=np.int64)
    np.add.at(added, row[moves], blocked[moves])
    needed = np.where(target_us == 0, 0, target_us + added)
    lasts = worked_before(calendar, np.array([calendar.covers.ends_us], dtype=np.int64))[0]
    is_reached = worked_before(calendar, start) + needed <= lasts
    due = np.zeros(start.size, dtype=np.int64)
    due[is_reached] = due_many(calendar, start[is_reached], needed[is_reached])
    return due, is_reached
