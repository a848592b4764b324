"""Many intervals at once: the answers of `reckoning`, as int64 arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import iso_of
from handfast.kernel.worktime.reckoning import said_never_due, said_outside
from handfast.kernel.worktime.refusals import EndsBeforeStart, NegativeDuration, OutsideCalendar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from handfast.kernel.worktime.compiled import CompiledCalendar

    Instants = NDArray[np.int64]


def worked_before(calendar: CompiledCalendar, instants_us: Instants) -> Instants:
    """Open microseconds from the start of the cover to each instant."""
    _inside(calendar, instants_us)
    if calendar.opens_us.size == 0:
        return np.zeros(instants_us.shape, np.int64)
    place = np.searchsorted(calendar.opens_us, instants_us, side="right") - 1
    held = np.maximum(place, 0)
    worked = np.minimum(instants_us, calendar.closes_us[held]) - calendar.opens_us[held]
    return np.where(place < 0, 0, calendar.before_us[held] + worked)


def elapsed_many(calendar: CompiledCalendar, starts_us: Instants, ends_us: Instants) -> Instants:
    """Open microseconds in each `[start, end)`."""
    wrong = np.flatnonzero(ends_us < starts_us)
    if wrong.size:
        row = int(wrong[0])
        raise EndsBeforeStart(
            f"interval {row}: the end {iso_of(int(ends_us[row]))} lies before the start {iso_of(int(starts_us[row]))}"
        )
    return worked_before(calendar, ends_us) - worked_before(calendar, starts_us)


def due_many(calendar: CompiledCalendar, starts_us: Instants, duration_us: Instants | int) -> Instants:
    """The least instants at which the time elapsed since each start reaches its duration."""
    durations = np.broadcast_to(np.asarray(duration_us, dtype=np.int64), starts_us.shape)
    if durations.size and durations.min() < 0:
        raise NegativeDuration(f"a duration of {durations.min()} microseconds is never due: write 0 or more")
    targets = worked_before(calendar, starts_us) + durations
    place = np.searchsorted(calendar.before_us, targets, side="left") - 1
    late = np.flatnonzero(place >= calendar.opens_us.size)
    if late.size:
        row = int(late[0])
        raise OutsideCalendar(
            f"interval {row}: {said_never_due(calendar, int(starts_us[row]), int(durations[row]))}"
        )
    if calendar.opens_us.size == 0:
        return starts_us.copy()
    held = np.clip(place, 0, calendar.opens_us.size - 1)
    return np.where(durations == 0, starts_us, calendar.opens_us[held] + targets - calendar.before_us[held])


def is_open_many(calendar: CompiledCalendar, instants_us: Instants) -> NDArray[np.bool_]:
    """Whether the calendar is open at each instant; all must lie in its half-open cover."""
    _inside(calendar, instants_us)
    if instants_us.size and instants_us.max() >= calendar.covers.ends_us:
        raise OutsideCalendar(said_outside(calendar, calendar.covers.ends_us))
    opened = np.searchsorted(calendar.opens_us, instants_us, side="right")
    closed = np.searchsorted(calendar.closes_us, instants_us, side="right")
    return opened > closed


def _inside(calendar: CompiledCalendar, instants_us: Instants) -> None:
    covers = calendar.covers
    if instants_us.size and (instants_us.min() < covers.starts_us or instants_us.max() > covers.ends_us):
        row = int(np.flatnonzero((instants_us < covers.starts_us) | (instants_us > covers.ends_us))[0])
        raise OutsideCalendar(f"interval {row}: {said_outside(calendar, int(instants_us[row]))}")
