"""The calendar table: one row a slot, with the open time before it and the one opening inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.engines.ordered import Ints
    from handfast.kernel.worktime.compiled import CompiledCalendar

# An hour first; finer only for a calendar in which one slot would hold two openings.
WIDTHS_S = (3600, 1800, 900, 300, 60, 1)


@dataclass(frozen=True, slots=True)
class Slots:
    """`slot` counts from `base_us`; `before` open microseconds before it; `opens` the instant, `length` inside."""

    base_us: int
    width_us: int
    slot: Ints
    before: Ints
    opens: Ints
    length: Ints


def slots_of(calendar: CompiledCalendar) -> Slots:
    """The table for every instant from the first to the last that the calendar covers."""
    for width_s in WIDTHS_S:
        made = _slots_of(calendar, width_s * SECOND_US)
        if made is not None:
            return made
    raise AssertionError("two openings inside one second: calendars are written in minutes")


def _slots_of(calendar: CompiledCalendar, width: int) -> Slots | None:
    base = calendar.covers.starts_us // width * width
    size = (calendar.covers.ends_us - base) // width + 1
    opens, lengths, before = (np.zeros(size, dtype=np.int64) for _ in range(3))
    starts, ends = calendar.opens_us, calendar.closes_us
    first, last = (starts - base) // width, (ends - 1 - base) // width
    count = last - first + 1
    # Each opening once for every slot it touches.
    owner = np.repeat(np.arange(starts.size), count)
    slot = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + first[owner]
    if np.unique(slot).size != slot.size:
        return None
    from_us = np.maximum(starts[owner], base + slot * width)
    opens[slot] = from_us
    lengths[slot] = np.minimum(ends[owner], base + (slot + 1) * width) - from_us
    before[1:] = np.cumsum(lengths)[:-1]
    return Slots(base, width, np.arange(size, dtype=np.int64), before, opens, lengths)
