"""A plan's calendars for many runs at once: the same answers as `Worktime`, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.worktime.refusals import OutsideCalendar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from handfast.kernel.scheduling.calendars import Worktime

    Runs = NDArray[np.int64]

LARGEST_TABLE = 1 << 16
MOST_STEPS = 4
NEVER = np.iinfo(np.int64).max


class Places:
    """Finds the last edge at or before each value: by a table of buckets, since a bisection costs ten times as much.

    A bucket is a power of two wide and holds few edges; values before the first edge find the first.
    """

    def __init__(self, edges: Runs) -> None:
        self._edges, self._base = edges, int(edges[0])
        self._next = np.append(edges[1:], NEVER)
        narrowest = int(np.diff(edges).min(initial=NEVER >> 1))
        length = int(edges[-1]) - self._base
        self._shift = max(narrowest.bit_length() - 1, (length // LARGEST_TABLE).bit_length())
        count = (length >> self._shift) + 1
        borders = self._base + (np.arange(count + 1, dtype=np.int64) << self._shift)
        self._table = np.maximum(np.searchsorted(edges, borders, side="right") - 1, 0).astype(np.int64)
        self._steps = int(np.diff(self._table).max(initial=0))
        self._last = count

    def of(self, values: Runs) -> Runs:
        if self._steps > MOST_STEPS:
            found: Runs = np.maximum(np.searchsorted(self._edges, values, side="right") - 1, 0)
            return found
        bucket = (values - self._base) >> self._shift
        place: Runs = self._table.take(bucket, mode="clip")
        for _ in range(self._steps):
            place += self._next.take(place) <= values
        return place


class RunsWorktime:
    """`Worktime` for arrays: `worked`, `start_at` and `finish_at` of every run. Raises OutsideCalendar alike."""

    def __init__(self, worktime: Worktime) -> None:
        calendar = worktime.calendar
        self.name, self.day_us = worktime.name, worktime.day_us
        self._covers = calendar.covers
        self._opens, self._lengths = calendar.opens_us, calendar.closes_us - calendar.opens_us
        self._before = calendar.before_us[:-1]
        self._total = int(calendar.before_us[-1])
        # From working time to the instant: what lies closed before each opening.
        self._closed = self._opens - self._before
        self._is_open = bool(self._opens.size)
        if self._is_open:
            self._by_instant, self._by_worked = Places(self._opens), Places(self._before)

    def worked(self, instants: Runs) -> Runs:
        if instants.min() < self._covers.starts_us or instants.max() > self._covers.ends_us:
            raise self._outside()
        if not self._is_open:
            return np.zeros(instants.shape, np.int64)
        place = self._by_instant.of(instants)
        inside = instants - self._opens.take(place)
        np.minimum(inside, self._lengths.take(place), out=inside)
        np.maximum(inside, 0, out=inside)
        inside += self._before.take(place)
        return inside

    def start_at(self, worked: Runs) -> Runs:
        if worked.min() < 0 or worked.max() >= self._total:
            raise self._outside()
        found: Runs = self._closed.take(self._by_worked.of(worked)) + worked
        return found

    def finish_at(self, worked: Runs) -> Runs:
        if worked.min() <= 0 or worked.max() > self._total:
            raise self._outside()
        found: Runs = self._closed.take(self._by_worked.of(worked - 1)) + worked
        return found

    def _outside(self) -> OutsideCalendar:
        return OutsideCalendar(f"{self.name}: compiled for too short a time")
