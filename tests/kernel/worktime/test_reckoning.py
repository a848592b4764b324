"""The laws of the clock, one by one and many at once."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.quantity import Span
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.reckoning import due_at, elapsed, is_open, next_opening
from handfast.kernel.worktime.refusals import EndsBeforeStart, NegativeDuration, OutsideCalendar
from handfast.kernel.worktime.vectors import due_many, elapsed_many, is_open_many, worked_before
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH = 200
INSTANTS = st.integers(0, REACH)


def many(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


@st.composite
def calendars(draw: st.DrawFn) -> CompiledCalendar:
    """Small calendars, so that every border is met often."""
    borders = sorted(draw(st.sets(INSTANTS, max_size=12)))
    borders = borders[: len(borders) // 2 * 2]
    return CompiledCalendar("UTC", Span(0, REACH), many(*borders[0::2]), many(*borders[1::2]), ())


def counted(calendar: CompiledCalendar) -> list[int]:
    """The oracle: how many of the instants before each one are open, one by one."""
    pairs = list(zip(calendar.opens_us.tolist(), calendar.closes_us.tolist(), strict=True))
    counts = [0]
    for instant in range(REACH):
        counts.append(counts[-1] + any(opens <= instant < closes for opens, closes in pairs))
    return counts


@given(calendars(), INSTANTS, INSTANTS)
def test_elapsed_is_the_count_of_open_instants(calendar: CompiledCalendar, one: int, other: int) -> None:
    starts, ends = sorted((one, other))
    counts = counted(calendar)
    assert elapsed(calendar, starts, ends) == counts[ends] - counts[starts]


@given(calendars(), st.tuples(INSTANTS, INSTANTS, INSTANTS))
def test_elapsed_adds_up_and_never_falls_when_the_interval_grows(
    calendar: CompiledCalendar, instants: tuple[int, int, int]
) -> None:
    first, middle, last = sorted(instants)
    whole = elapsed(calendar, first, last)
    assert whole == elapsed(calendar, first, middle) + elapsed(calendar, middle, last)
    assert 0 <= elapsed(calendar, middle, last) <= whole <= last - first


@given(calendars(), INSTANTS, st.integers(0, REACH))
def test_due_is_the_least_instant_at_which_elapsed_reaches_the_duration(
    calendar: CompiledCalendar, starts: int, duration: int
) -> None:
    counts = counted(calendar)
    if counts[-1] - counts[starts] < duration:
        with pytest.raises(OutsideCalendar):
            due_at(calendar, starts, duration)
        with pytest.raises(OutsideCalendar):
            due_many(calendar, many(starts), duration)
        return
    expected = starts if duration == 0 else bisect_left(counts, counts[starts] + duration)
    assert due_at(calendar, starts, duration) == expected
    assert due_many(calendar, many(starts), duration).tolist() == [expected]


@given(calendars(), st.integers(0, REACH - 1))
def test_open_is_open_and_the_next_opening_is_the_least_open_instant(
    calendar: CompiledCalendar, instant: int
) -> None:
    counts = counted(calendar)
    opens_at = [place for place in range(instant, REACH) if counts[place + 1] > counts[place]]
    assert is_open(calendar, instant) is (opens_at[:1] == [instant])
    if opens_at:
        assert next_opening(calendar, instant) == opens_at[0]
    else:
        with pytest.raises(OutsideCalendar, match="no opening after"):
            next_opening(calendar, instant)


@given(calendars())
def test_many_at_once_give_the_answers_of_one_by_one(calendar: CompiledCalendar) -> None:
    instants = np.arange(REACH + 1, dtype=np.int64)
    assert worked_before(calendar, instants).tolist() == counted(calendar)
    reverse = instants[::-1]
    lows, highs = np.minimum(instants, reverse), np.maximum(instants, reverse)
    one_by_one = [elapsed(calendar, *ends) for ends in zip(lows.tolist(), highs.tolist(), strict=True)]
    assert elapsed_many(calendar, lows, highs).tolist() == one_by_one
    assert is_open_many(calendar, instants[:-1]).tolist() == [
        is_open(calendar, moment) for moment in range(REACH)
    ]


def test_viewers_zone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = WrittenCalendar.model_validate({"zone": "Asia/Kolkata", "hours": {"mon-fri": ["09:00-17:00"]}})
    digests = set()
    for viewer in ("UTC", "America/New_York", "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", viewer)
        digests.add(compile_calendar(written, first=date(2024, 1, 1), last=date(2024, 12, 31)).digest)
    assert len(digests) == 1


OFFICE = CompiledCalendar("UTC", Span(10, 100), many(20, 60), many(40, 80), ())


@pytest.mark.parametrize(("starts", "ends"), [(9, 50), (50, 101), (0, 200)])
def test_interval_outside_of_the_cover_is_refused_with_the_instant_and_the_cover(
    starts: int, ends: int
) -> None:
    outside = r"1970-01-01T00:00:00\S*Z lies outside .* covers 1970-01-01T00:00:00\.000010Z to \S+\.000100Z"
    with pytest.raises(OutsideCalendar, match=outside):
        elapsed(OFFICE, starts, ends)
    with pytest.raises(OutsideCalendar, match=f"interval 1: {outside}"):
        elapsed_many(OFFICE, many(20, starts), many(30, ends))


def test_cover_ends_half_open_for_an_instant_and_closed_for_an_end() -> None:
    assert elapsed(OFFICE, 10, 100) == 40
    for instant in (9, 100):
        with pytest.raises(OutsideCalendar):
            is_open(OFFICE, instant)
        with pytest.raises(OutsideCalendar):
            is_open_many(OFFICE, many(instant))
    with pytest.raises(OutsideCalendar):
        due_at(OFFICE, 101, 0)


def test_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(EndsBeforeStart, match="lies before the start"):
        elapsed(OFFICE, 50, 49)
    with pytest.raises(EndsBeforeStart, match="interval 1"):
        elapsed_many(OFFICE, many(20, 50), many(30, 49))


def test_negative_duration_is_refused() -> None:
    with pytest.raises(NegativeDuration):
        due_at(OFFICE, 20, -1)
    with pytest.raises(NegativeDuration):
        due_many(OFFICE, many(20), -1)
