"""What a written calendar may say, and what it is refused for."""

from __future__ import annotations

import json

import pytest

from handfast.kernel.document import DocumentRefused, parsed, read_document
from handfast.kernel.worktime.windows import Window
from handfast.kernel.worktime.written import WrittenCalendar

ISSUE = """\
zone: Europe/Amsterdam
hours:
  mon-fri: ["07:30-18:00"]
holidays:
  country: NL
  add: {2013-12-25: Christmas Day}
  remove: [2013-04-30]
  half: {2013-12-24: ["07:30-12:00"]}
"""


def read(text: str) -> WrittenCalendar:
    return parsed(WrittenCalendar, read_document(text, name="calendar.yaml"))


def with_hours(hours: str) -> str:
    return f"zone: UTC\nhours: {hours}\n"


def test_calendar_of_the_format_is_read_as_it_stands() -> None:
    written = read(ISSUE)
    assert written.week()[0] == (Window(450, 1080),)
    assert written.week()[5:] == ((), ())
    assert {day.isoformat() for day in written.holidays.half} == {"2013-12-24"}


def test_json_says_the_same_as_yaml() -> None:
    content = read_document(ISSUE, name="calendar.yaml").content
    assert read(json.dumps(content)) == WrittenCalendar.model_validate(content) == read(ISSUE)


def test_country_no_stays_norway_and_plain_times_stay_times() -> None:
    written = read("zone: Europe/Oslo\nhours:\n  mon: [22:00-06:00]\nholidays: {country: NO}\n")
    assert written.holidays.country == "NO"
    assert written.week()[0] == (Window(1320, 1800),)


@pytest.mark.parametrize(
    ("key", "open_days"),
    [
        ("mon", [0]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("fri-mon", [0, 4, 5, 6]),
        ("mon,wed-thu", [0, 2, 3]),
        ("sun-sat", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_day_key_opens_its_days(key: str, open_days: list[int]) -> None:
    week = read(with_hours(f'{{"{key}": ["08:00-09:00"]}}')).week()
    assert [weekday for weekday, windows in enumerate(week) if windows] == open_days


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("00:00-24:00", Window(0, 1440)),
        ("22:00-06:00", Window(1320, 1800)),
        ("18:00-00:00", Window(1080, 1440)),
        ("02:30-02:29", Window(150, 1589)),
    ],
)
def test_window_ends_after_it_opens_even_past_midnight(window: str, expected: Window) -> None:
    assert read(with_hours(f'{{mon: ["{window}"]}}')).week()[0] == (expected,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "zone: Europe/Amsterdm\nhours: {mon: ['08:00-09:00']}\n",
            "line 1: zone: .*did you mean 'Europe/Amsterdam'",
        ),
        ("zone: UTC\nhours: {}\n", "no day is open"),
        ("zone: UTC\nhours: {mon: []}\n", "line 2: hours.mon: an empty list"),
        ("zone: UTC\nhours: {mon: '08:00-09:00'}\n", "write a list of windows"),
        (with_hours("{moon: ['08:00-09:00']}"), "'moon' is not a day"),
        (
            with_hours("{mon-fri: ['08:00-09:00'], wed: ['10:00-11:00']}"),
            "wed stands in both 'mon-fri' and 'wed'",
        ),
        (with_hours("{'mon,mon': ['08:00-09:00']}"), "names a day twice"),
        (with_hours("{mon: ['25:00-26:00']}"), "names a time that no clock shows"),
        (with_hours("{mon: ['08:60-09:00']}"), "names a time that no clock shows"),
        (with_hours("{mon: ['24:00-09:00']}"), "names a time that no clock shows"),
        (with_hours("{mon: ['08:00-24:01']}"), "names a time that no clock shows"),
        (with_hours("{mon: ['08:00-08:00']}"), "'08:00-08:00' is empty"),
        (with_hours("{mon: ['8:00-9:00']}"), "is not a window"),
        (with_hours("{mon: ['08:00-12:00', '11:59-13:00']}"), "'08:00-12:00' and '11:59-13:00' overlap"),
        (ISSUE + "  halfs: {}\n", "line 9: holidays.halfs: unknown key; did you mean 'half'"),
        (
            ISSUE.replace("2013-04-30", "9999-12-31"),
            "line 7: holidays.remove.0: .*outside the years 1900 to 2200",
        ),
        (ISSUE.replace("2013-04-30", "2013-02-30"), "line 7: holidays.remove.0: .*is not a day of any year"),
        (ISSUE.replace("2013-04-30", "30-04-2013"), "is not a date"),
        (ISSUE.replace("2013-04-30", "2013-12-25"), "2013-12-25 stands in both 'add' and 'remove'"),
        (ISSUE.replace("2013-04-30", "2013-12-24"), "2013-12-24 stands in both 'remove' and 'half'"),
        (ISSUE.replace("2013-12-24", "2013-12-25"), "2013-12-25 stands in both 'add' and 'half'"),
        (ISSUE.replace("[2013-04-30]", "[2013-04-30, 2013-04-30]"), "'remove' names a date twice"),
        (ISSUE.replace("  country: NL\n", ""), "'remove' takes back what a country proposes"),
        (ISSUE.replace("country: NL", "subdivision: Noord"), "a subdivision without its country"),
    ],
)
def test_calendar_that_contradicts_itself_is_refused(text: str, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(text)


def test_windows_that_touch_are_kept() -> None:
    assert len(read(with_hours("{mon: ['13:00-17:00', '08:00-13:00']}")).week()[0]) == 2
