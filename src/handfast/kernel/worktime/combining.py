"""Two calendars as one: what they share, and what either gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import Span, iso_of
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.intervals import clipped, merged, met
from handfast.kernel.worktime.refusals import OutsideCalendar

if TYPE_CHECKING:
    from datetime import date


def overlap(first: CompiledCalendar, second: CompiledCalendar) -> CompiledCalendar:
    """Open when both are open; closed on the days of either. Zone of the first, where both cover."""
    covers = _both_cover(first, second)
    opens, closes = met((first.opens_us, first.closes_us), (second.opens_us, second.closes_us))
    opens, closes = clipped(opens, closes, covers.starts_us, covers.ends_us)
    days = dict(second.closed_days) | dict(first.closed_days)
    return CompiledCalendar(first.zone, covers, opens, closes, _sorted_days(days))


def union(first: CompiledCalendar, second: CompiledCalendar) -> CompiledCalendar:
    """Open when either is open; closed on the days of both. Zone of the first, where both cover."""
    covers = _both_cover(first, second)
    opens, closes = merged(
        np.concatenate([first.opens_us, second.opens_us]), np.concatenate([first.closes_us, second.closes_us])
    )
    opens, closes = clipped(opens, closes, covers.starts_us, covers.ends_us)
    shared = {day for day, _ in second.closed_days}
    days = {day: name for day, name in first.closed_days if day in shared}
    return CompiledCalendar(first.zone, covers, opens, closes, _sorted_days(days))


def _both_cover(first: CompiledCalendar, second: CompiledCalendar) -> Span:
    starts = max(first.covers.starts_us, second.covers.starts_us)
    ends = min(first.covers.ends_us, second.covers.ends_us)
    if ends <= starts:
        raise OutsideCalendar(
            f"the calendars of {first.zone} and {second.zone} cover no time together: one begins at "
            f"{iso_of(starts)}, the other has ended at {iso_of(ends)}; compile both for the same days"
        )
    return Span(starts, ends)


def _sorted_days(days: dict[date, str]) -> tuple[tuple[date, str], ...]:
    return tuple(sorted(days.items()))
