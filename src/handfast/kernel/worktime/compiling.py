"""From a written calendar to its open intervals in UTC.

The rule: a calendar is open exactly when the wall clock of its zone shows a time inside a window. A time that
the clock skips is therefore not there, a time that it shows twice counts twice.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US, Span
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.intervals import clipped, merged
from handfast.kernel.worktime.proposed import proposed_holidays
from handfast.kernel.worktime.refusals import CalendarRefused
from handfast.kernel.worktime.tzif import DAY_S
from handfast.kernel.worktime.windows import windows_of
from handfast.kernel.worktime.zones import MARGIN_US, offsets_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from handfast.kernel.worktime.windows import Window
    from handfast.kernel.worktime.written import WrittenCalendar

    Ends = NDArray[np.int64]

DAY_US = DAY_S * SECOND_US
MINUTE_US = 60 * SECOND_US
_EPOCH_DAY = date(1970, 1, 1).toordinal()
EARLIEST_YEAR, LATEST_YEAR = 1800, 2250
# A clock may be set back by a whole day, so local days just outside of those asked for may be shown.
_PADDING = timedelta(days=2)


def compile_calendar(written: WrittenCalendar, *, first: date, last: date) -> CompiledCalendar:
    """The openings of the local days `first` to `last`, both included."""
    if last < first:
        raise CalendarRefused(
            f"a calendar cannot be compiled from {first} to {last}: the last day comes first"
        )
    if first.year < EARLIEST_YEAR or last.year > LATEST_YEAR:
        raise CalendarRefused(f"calendars are compiled within the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    closed = _closed_days(written, first - _PADDING, last + _PADDING)
    local_opens, local_closes = _local_openings(written, closed, first - _PADDING, last + _PADDING)
    begin_us, end_us = _local_us(first), _local_us(last + timedelta(days=1))
    starts, offsets_s = offsets_of(written.zone, Span(begin_us - 2 * MARGIN_US, end_us + 2 * MARGIN_US))
    covers = _covers(starts, offsets_s * SECOND_US, begin_us, end_us)
    opens, closes = _preimage(local_opens, local_closes, starts, offsets_s * SECOND_US)
    opens, closes = clipped(opens, closes, covers.starts_us, covers.ends_us)
    days = tuple((day, name) for day, name in sorted(closed.items()) if first <= day <= last)
    return CompiledCalendar(written.zone, covers, opens, closes, days)


def _local_us(day: date) -> int:
    return (day.toordinal() - _EPOCH_DAY) * DAY_US


def _closed_days(written: WrittenCalendar, first: date, last: date) -> dict[date, str]:
    """What is proposed, less what is removed or halved, and what is added: its own name wins."""
    holidays = written.holidays
    closed: dict[date, str] = {}
    if holidays.country is not None:
        proposed = proposed_holidays(holidays.country, holidays.subdivision, range(first.year, last.year + 1))
        closed = {day: name for day, name in proposed.items() if day not in holidays.remove}
    closed |= holidays.add
    return {day: name for day, name in closed.items() if day not in holidays.half}


def _local_openings(
    written: WrittenCalendar, closed: dict[date, str], first: date, last: date
) -> tuple[Ends, Ends]:
    """The windows of every day on the wall clock; a window belongs to the day on which it opens."""
    days = np.arange(first.toordinal(), last.toordinal() + 1, dtype=np.int64)
    special = {day.toordinal() for day in (*closed, *written.holidays.half)}
    ordinary = days[~np.isin(days, np.array(sorted(special), dtype=np.int64))]
    groups = [
        (ordinary[(ordinary + 6) % 7 == weekday], windows) for weekday, windows in enumerate(written.week())
    ]
    for day, texts in written.holidays.half.items():
        if first <= day <= last:
            groups.append((np.array([day.toordinal()], dtype=np.int64), windows_of(texts)))
    opens = [_borders(those, window, is_opening=True) for those, windows in groups for window in windows]
    closes = [_borders(those, window, is_opening=False) for those, windows in groups for window in windows]
    return merged(np.concatenate(opens), np.concatenate(closes))


def _borders(days: Ends, window: Window, *, is_opening: bool) -> Ends:
    minutes = window.opens_min if is_opening else window.closes_min
    return (days - _EPOCH_DAY) * DAY_US + minutes * MINUTE_US


def _preimage(local_opens: Ends, local_closes: Ends, starts: Ends, offsets: Ends) -> tuple[Ends, Ends]:
    """The instants at which the clock shows a time inside the local intervals, stretch by stretch."""
    opens, closes = [], []
    ends = np.append(starts[1:], np.iinfo(np.int64).max)
    for start, end, offset in zip(starts.tolist(), ends.tolist(), offsets.tolist(), strict=True):
        low = np.searchsorted(local_closes, start + offset, side="right")
        high = np.searchsorted(local_opens, min(end, np.iinfo(np.int64).max - DAY_US) + offset, side="left")
        opens.append(np.maximum(local_opens[low:high] - offset, start))
        closes.append(np.minimum(local_closes[low:high] - offset, end))
    return merged(np.concatenate(opens), np.concatenate(closes))


def _covers(starts: Ends, offsets: Ends, begin_us: int, end_us: int) -> Span:
    """From the first moment of the first local midnight to the last moment of the last one.

    A midnight that is skipped begins where the clock jumps; of one that is shown twice, the outer one counts.
    """
    shown_from, shown_to = starts[1:] + offsets[1:], starts[1:] + offsets[:-1]
    early = int(np.searchsorted(shown_to, begin_us, side="right"))
    late = max(
        int(np.searchsorted(shown_from, end_us, side="right")),
        int(np.searchsorted(shown_to, end_us, side="right")),
    )
    begin = max(begin_us - int(offsets[early]), int(starts[early]))
    return Span(begin, max(begin, end_us - int(offsets[late]), int(starts[late])))
