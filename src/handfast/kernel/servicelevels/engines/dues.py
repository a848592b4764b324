"""When each record is due under one clock and target: one more integer column beside its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.servicelevels.engines import arrow

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints
    from handfast.kernel.worktime.compiled import CompiledCalendar


def due_column(folder: Path, calendar: CompiledCalendar, target_us: int) -> tuple[Ints, Flags]:
    """By record: the least instant at which the counted time reaches the target, and whether it ever does.

    A pause moves the due instant only if it began before the target was reached; the stop does not matter.
    """
    from handfast.kernel.worktime.vectors import due_many, worked_before  # noqa: PLC0415 - loads only where something counts by its due

    place, _ = arrow.read_integers(folder / "records.parquet", "place")
    start, _ = arrow.read_integers(folder / "records.parquet", "start_us")
    paused_place, _ = arrow.read_integers(folder / "pauses.parquet", "place")
    from_us, _ = arrow.read_integers(folder / "pauses.parquet", "from_us")
    to_us, _ = arrow.read_integers(folder / "pauses.parquet", "to_us")
    row = np.searchsorted(place, paused_place)
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
