"""What a calendar is open for: nights of a clock change, leap days, holidays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handfast.kernel.quantity import iso_of
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.refusals import CalendarRefused, UnknownCountry, UnknownSubdivision
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from handfast.kernel.worktime.compiled import CompiledCalendar

HOUR_US = 3_600_000_000


def compiled(
    zone: str, hours: dict[str, list[str]], first: str, last: str, **holidays: Any
) -> CompiledCalendar:
    written = WrittenCalendar.model_validate({"zone": zone, "hours": hours, "holidays": holidays})
    return compile_calendar(written, first=date.fromisoformat(first), last=date.fromisoformat(last))


def hours_open(calendar: CompiledCalendar) -> float:
    return int(calendar.before_us[-1]) / HOUR_US


def opened(calendar: CompiledCalendar) -> list[str]:
    ends = zip(calendar.opens_us.tolist(), calendar.closes_us.tolist(), strict=True)
    return [f"{iso_of(opens)} {iso_of(closes)}" for opens, closes in ends]


def test_window_across_midnight_loses_the_hour_the_clock_skips() -> None:
    night = compiled("Europe/Amsterdam", {"sat": ["22:00-06:00"]}, "2024-03-30", "2024-03-31")
    assert opened(night) == ["2024-03-30T21:00:00Z 2024-03-31T04:00:00Z"]


def test_window_across_midnight_gains_the_hour_the_clock_repeats() -> None:
    night = compiled("Europe/Amsterdam", {"sat": ["22:00-06:00"]}, "2024-10-26", "2024-10-27")
    assert opened(night) == ["2024-10-26T20:00:00Z 2024-10-27T05:00:00Z"]


def test_border_that_does_not_exist_stands_where_the_clock_jumps() -> None:
    calendar = compiled("Europe/Amsterdam", {"sun": ["02:30-05:00"]}, "2024-03-31", "2024-03-31")
    assert opened(calendar) == ["2024-03-31T01:00:00Z 2024-03-31T03:00:00Z"]


def test_border_that_exists_twice_cuts_twice() -> None:
    calendar = compiled("Europe/Amsterdam", {"sun": ["01:00-02:30"]}, "2024-10-27", "2024-10-27")
    assert opened(calendar) == [
        "2024-10-26T23:00:00Z 2024-10-27T00:30:00Z",
        "2024-10-27T01:00:00Z 2024-10-27T01:30:00Z",
    ]


def test_window_inside_the_skipped_hour_is_not_there_that_day() -> None:
    assert opened(compiled("Europe/Amsterdam", {"sun": ["02:00-03:00"]}, "2024-03-31", "2024-03-31")) == []


def test_window_inside_the_repeated_hour_is_there_twice() -> None:
    calendar = compiled("Europe/Amsterdam", {"sun": ["02:15-02:45"]}, "2024-10-27", "2024-10-27")
    assert opened(calendar) == [
        "2024-10-27T00:15:00Z 2024-10-27T00:45:00Z",
        "2024-10-27T01:15:00Z 2024-10-27T01:45:00Z",
    ]


@pytest.mark.parametrize(("day", "hours"), [("2024-04-07", 24.5), ("2024-10-06", 23.5), ("2024-07-01", 24)])
def test_lord_howe_changes_by_half_an_hour(day: str, hours: float) -> None:
    calendar = compiled("Australia/Lord_Howe", {"mon-sun": ["00:00-24:00"]}, day, day)
    assert hours_open(calendar) == hours
    assert calendar.covers.length_us == hours * HOUR_US


@pytest.mark.parametrize(
    ("zone", "day", "covers"),
    [
        # Midnight is skipped: the day begins at 01:00, where the clock jumps to.
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z 2024-04-26T21:00:00Z"),
        # The clock falls from midnight back to 23:00: the evening hour is repeated inside the day.
        ("Asia/Beirut", "2024-10-26", "2024-10-25T21:00:00Z 2024-10-26T22:00:00Z"),
        # The last minute before and the first after midnight exist twice: the cover holds all of them.
        ("America/St_Johns", "2006-10-28", "2006-10-28T02:30:00Z 2006-10-29T03:30:00Z"),
        # The clock skipped from 23:30 to 00:30: the day ended at that moment, half an hour early.
        ("America/Toronto", "1919-03-30", "1919-03-30T05:00:00Z 1919-03-31T04:30:00Z"),
        # The day was left out at the date line.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z 2011-12-30T10:00:00Z"),
    ],
)
def test_cover_holds_the_local_day_whatever_its_midnights_do(zone: str, day: str, covers: str) -> None:
    calendar = compiled(zone, {"mon-sun": ["00:00-24:00"]}, day, day)
    assert f"{iso_of(calendar.covers.starts_us)} {iso_of(calendar.covers.ends_us)}" == covers
    assert hours_open(calendar) * HOUR_US == calendar.covers.length_us


def test_window_is_open_again_where_the_date_line_gave_its_night_back() -> None:
    # Alaska's clocks fell from Saturday 15:30 back to Friday 15:30 when it was bought; Thursday's window ran to Friday 22:00.
    calendar = compiled("America/Sitka", {"thu": ["23:00-22:00"]}, "1867-10-19", "1867-10-19")
    assert hours_open(calendar) == 6.5
    assert calendar.covers.length_us == 48 * HOUR_US


def test_leap_day_is_a_day_like_any_other() -> None:
    calendar = compiled("UTC", {"thu": ["22:00-02:00"]}, "2024-02-28", "2024-03-01")
    assert opened(calendar) == ["2024-02-29T22:00:00Z 2024-03-01T02:00:00Z"]


def test_holiday_removes_its_whole_window_and_leaves_the_tail_of_the_evening_before() -> None:
    nights = {"mon-sun": ["22:00-06:00"]}
    calendar = compiled("UTC", nights, "2024-05-01", "2024-05-03", add={"2024-05-02": "closed"})
    assert opened(calendar) == [
        "2024-05-01T00:00:00Z 2024-05-01T06:00:00Z",
        "2024-05-01T22:00:00Z 2024-05-02T06:00:00Z",
        "2024-05-03T22:00:00Z 2024-05-04T00:00:00Z",
    ]


def test_half_day_replaces_the_windows_of_its_date_even_on_a_day_of_rest() -> None:
    office = {"mon-fri": ["09:00-17:00"]}
    halves = {"2024-05-03": ["09:00-12:00"], "2024-05-04": ["10:00-11:00"]}
    calendar = compiled("UTC", office, "2024-05-03", "2024-05-05", half=halves)
    assert opened(calendar) == [
        "2024-05-03T09:00:00Z 2024-05-03T12:00:00Z",
        "2024-05-04T10:00:00Z 2024-05-04T11:00:00Z",
    ]


def test_what_the_parties_wrote_wins_over_what_is_proposed() -> None:
    calendar = compiled(
        "Europe/Amsterdam", {"mon-fri": ["09:00-17:00"]}, "2024-04-01", "2024-12-31",
        country="NL", remove=["2024-04-27"], add={"2024-12-25": "Our Christmas"}, half={"2024-12-26": ["09:00-10:00"]},
    )  # fmt: skip
    days = dict(calendar.closed_days)
    assert days[date(2024, 12, 25)] == "Our Christmas"
    assert days[date(2024, 4, 1)] == "Easter Monday"
    assert not {date(2024, 4, 27), date(2024, 12, 26)} & set(days)


def test_windows_of_neighbouring_days_that_meet_become_one_opening() -> None:
    calendar = compiled("UTC", {"mon": ["20:00-06:00"], "tue": ["05:00-12:00"]}, "2024-05-06", "2024-05-07")
    assert opened(calendar) == ["2024-05-06T20:00:00Z 2024-05-07T12:00:00Z"]


@pytest.mark.parametrize(
    ("refused", "said", "holidays"),
    [
        (UnknownCountry, "did you mean 'NL'", {"country": "Netherlands"}),
        (UnknownCountry, "write its ISO code", {"country": "XX"}),
        (UnknownSubdivision, "did you mean 'BY'", {"country": "DE", "subdivision": "by"}),
        (UnknownSubdivision, "known: Midden, Noord, Zuid", {"country": "NL", "subdivision": "NH"}),
    ],
)
def test_holidays_of_nowhere_are_refused(
    refused: type[Exception], said: str, holidays: dict[str, str]
) -> None:
    with pytest.raises(refused, match=said):
        compiled("UTC", {"mon": ["09:00-17:00"]}, "2024-01-01", "2024-01-02", **holidays)


@pytest.mark.parametrize(("first", "last"), [("2024-01-02", "2024-01-01"), ("1700-01-01", "2024-01-01")])
def test_days_out_of_order_or_out_of_reach_are_refused(first: str, last: str) -> None:
    with pytest.raises(CalendarRefused):
        compiled("UTC", {"mon": ["09:00-17:00"]}, first, last)
