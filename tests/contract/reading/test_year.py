"""A year is what the compiled calendar decides: days, hours, half days, clock changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.contract.reading.year import hours_of, hours_said, year_of, years_of
from handfast.contract.refusals import NoSuchYear
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from handfast.contract.reading.year import Day, Year

HOUR_US = 3_600_000_000


def year_with(number: int = 2026, **calendar: object) -> Year:
    written = WrittenCalendar.model_validate(
        {"zone": "Europe/Belgrade", "hours": {"mon-fri": ["08:00-20:00"]}} | calendar
    )
    compiled = compile_calendar(written, first=date(2025, 7, 1), last=date(2027, 6, 30))
    return year_of(compiled, written, number)


def day_of(year: Year, month: int, day: int) -> Day:
    return next(one for week in year.months[month - 1].weeks for one in week if one and one.on.day == day)


def test_closed_half_and_ordinary_days_are_told_apart() -> None:
    year = year_with(holidays={"country": "RS", "half": {"2026-12-31": ["08:00-12:00"]}})
    assert (day_of(year, 1, 7).kind, day_of(year, 1, 7).name) == ("closed", "Orthodox Christmas Day")
    assert (day_of(year, 12, 31).kind, day_of(year, 12, 31).open_us) == ("half", 4 * HOUR_US)
    assert (day_of(year, 3, 3).kind, day_of(year, 3, 3).open_us) == ("open", 12 * HOUR_US)
    assert day_of(year, 3, 7).kind == "rest"
    assert day_of(year, 1, 7).said == "closed, Orthodox Christmas Day"


def test_clock_changes_are_marked_and_their_hours_counted() -> None:
    year = year_with(hours={"mon-sun": ["00:00-24:00"]})
    spring, autumn = day_of(year, 3, 29), day_of(year, 10, 25)
    assert (spring.change, spring.open_us) == ("clocks go forward 1 h at 02:00", 23 * HOUR_US)
    assert (autumn.change, autumn.open_us) == ("clocks go back 1 h at 03:00", 25 * HOUR_US)
    assert year.open_us == 365 * 24 * HOUR_US
    half_hour = year_with(zone="Australia/Lord_Howe")
    assert day_of(half_hour, 4, 5).change == "clocks go back 30 min at 02:00"


def test_window_over_midnight_counts_on_both_days() -> None:
    year = year_with(hours={"fri": ["22:00-06:00"]})
    assert day_of(year, 3, 6).open_us == 2 * HOUR_US
    assert day_of(year, 3, 7).open_us == 6 * HOUR_US


def test_days_that_the_annex_does_not_cover_say_so() -> None:
    assert day_of(year_with(2025), 6, 30).kind == "outside"
    assert day_of(year_with(2025), 7, 1).kind == "open"
    with pytest.raises(NoSuchYear):
        year_with(2029)


def test_years_are_those_of_the_calendars_own_zone() -> None:
    written = WrittenCalendar.model_validate({"zone": "Pacific/Auckland", "hours": {"mon": ["09:00-10:00"]}})
    assert years_of(compile_calendar(written, first=date(2026, 1, 1), last=date(2026, 12, 31))) == (2026,)


def test_hours_of_the_week_are_told_in_words() -> None:
    written = WrittenCalendar.model_validate(
        {"zone": "Etc/UTC", "hours": {"mon-thu": ["08:00-12:00", "13:00-17:00"], "fri": ["22:00-06:00"]}}
    )
    assert hours_of(written) == (
        ("Mon to Thu", "08:00 to 12:00, 13:00 to 17:00"),
        ("Fri", "22:00 to 06:00 next day"),
        ("Sat to Sun", "closed"),
    )
    assert [hours_said(us) for us in (0, HOUR_US // 4, HOUR_US, 5 * HOUR_US // 2)] == [
        "0 h",
        "15 min",
        "1 h",
        "2 h 30 min",
    ]


@settings(max_examples=30)
@given(
    zone=st.sampled_from(
        ["Europe/Belgrade", "America/Toronto", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"]
    ),
    opens=st.integers(0, 22),
    length=st.integers(1, 23),
)
def test_days_add_up_to_months_and_to_the_year(zone: str, opens: int, length: int) -> None:
    year = year_with(zone=zone, hours={"mon-sun": [f"{opens:02d}:00-{(opens + length) % 24:02d}:00"]})
    days = [day for month in year.months for week in month.weeks for day in week if day]
    assert [day.on.timetuple().tm_yday for day in days] == list(range(1, 366))
    assert sum(day.open_us for day in days) == sum(month.open_us for month in year.months) == year.open_us
    written = {"zone": zone, "hours": {"mon-sun": [f"{opens:02d}:00-{(opens + length) % 24:02d}:00"]}}
    exact = compile_calendar(
        WrittenCalendar.model_validate(written), first=date(2026, 1, 1), last=date(2026, 12, 31)
    )
    # What a window of 31 December carries into the next year is in the one and not in the other.
    assert abs(int(exact.before_us[-1]) - year.open_us) <= 24 * HOUR_US
