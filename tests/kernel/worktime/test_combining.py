"""Two calendars as one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.quantity import Span, instant_of, iso_of
from handfast.kernel.worktime.combining import overlap, union
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.reckoning import elapsed
from handfast.kernel.worktime.refusals import OutsideCalendar
from handfast.kernel.worktime.vectors import is_open_many
from handfast.kernel.worktime.written import WrittenCalendar

REACH = 60


@st.composite
def calendars(draw: st.DrawFn) -> CompiledCalendar:
    covers = Span(draw(st.integers(0, 10)), draw(st.integers(50, REACH)))
    borders = sorted(draw(st.sets(st.integers(covers.starts_us, covers.ends_us), max_size=12)))
    table = np.array(borders[: len(borders) // 2 * 2], dtype=np.int64).reshape(-1, 2)
    return CompiledCalendar("UTC", covers, table[:, 0], table[:, 1], ())


@given(calendars(), calendars())
def test_overlap_and_union_are_and_and_or_at_every_instant(
    first: CompiledCalendar, second: CompiledCalendar
) -> None:
    both, either = overlap(first, second), union(first, second)
    assert both.covers == either.covers
    instants = np.arange(both.covers.starts_us, both.covers.ends_us, dtype=np.int64)
    is_first, is_second = is_open_many(first, instants), is_open_many(second, instants)
    assert np.array_equal(is_open_many(both, instants), is_first & is_second)
    assert np.array_equal(is_open_many(either, instants), is_first | is_second)


@given(calendars(), calendars())
def test_what_both_give_and_what_either_gives_is_what_each_gives(
    first: CompiledCalendar, second: CompiledCalendar
) -> None:
    both, either = overlap(first, second), union(first, second)
    ends = (both.covers.starts_us, both.covers.ends_us)
    assert elapsed(both, *ends) + elapsed(either, *ends) == elapsed(first, *ends) + elapsed(second, *ends)


def office(zone: str, **holidays: object) -> CompiledCalendar:
    plain = {"zone": zone, "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": holidays}
    return compile_calendar(
        WrittenCalendar.model_validate(plain), first=date(2024, 3, 4), last=date(2024, 4, 5)
    )


@pytest.mark.parametrize(
    ("day", "shared"),
    [
        # New York 09:00 is 14:00 in London, but 13:00 in the three weeks between the two changes of the clock.
        ("2024-03-08", "2024-03-08T14:00:00Z 2024-03-08T17:00:00Z"),
        ("2024-03-15", "2024-03-15T13:00:00Z 2024-03-15T17:00:00Z"),
        ("2024-04-02", "2024-04-02T13:00:00Z 2024-04-02T16:00:00Z"),
    ],
)
def test_two_zones_share_an_hour_more_while_only_one_has_changed_its_clock(day: str, shared: str) -> None:
    both = overlap(office("Europe/London"), office("America/New_York"))
    ends = zip(both.opens_us.tolist(), both.closes_us.tolist(), strict=True)
    assert [f"{iso_of(a)} {iso_of(b)}" for a, b in ends if iso_of(a).startswith(day)] == [shared]


def test_overlap_is_closed_on_the_days_of_either_and_union_on_the_days_of_both() -> None:
    first = office("Europe/London", add={"2024-03-29": "Good Friday", "2024-04-01": "Easter Monday"})
    second = office("Europe/Paris", add={"2024-04-01": "Lundi"})
    assert overlap(first, second).closed_days == first.closed_days
    assert union(first, second).closed_days == ((date(2024, 4, 1), "Easter Monday"),)
    assert overlap(first, second).zone == "Europe/London"


def test_calendars_that_cover_no_time_together_are_refused() -> None:
    ends = (instant_of(datetime(year, 1, 1, tzinfo=UTC)) for year in (2030, 2031))
    later = CompiledCalendar("UTC", Span(*ends), *[np.zeros(0, np.int64)] * 2, ())
    with pytest.raises(OutsideCalendar, match="cover no time together"):
        overlap(office("UTC"), later)
