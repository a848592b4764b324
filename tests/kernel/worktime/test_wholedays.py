"""Whole working days: every row of the table in docs/concepts/deliverables.md, and the law behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.kernel.quantity import instant_of, moment_of
from handfast.kernel.worktime.refusals import NegativeDuration
from handfast.kernel.worktime.wholedays import whole_days
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named

LONDON = WrittenCalendar.model_validate(
    {
        "zone": "Europe/London",
        "hours": {"mon-thu": ["09:00-12:30", "13:30-17:00"], "fri": ["09:00-16:00"]},
        "holidays": {"country": "GB", "subdivision": "ENG", "half": {"2026-12-24": ["09:00-12:00"]}},
    }
)
NIGHTS = WrittenCalendar.model_validate({"zone": "Europe/London", "hours": {"mon": ["22:00-06:00"]}})
ALWAYS = WrittenCalendar.model_validate({"zone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}})


def ends(written: WrittenCalendar, handed_in: str, days: int) -> str:
    """The end on the wall clock of the calendar's zone, as the table says it."""
    zone = zone_named(written.zone)
    starts = datetime.fromisoformat(handed_in).replace(tzinfo=zone)
    found = whole_days(written, instant_of(starts), days)
    return f"{moment_of(found.ends_us).astimezone(zone):%a %d %b %Y %H:%M}"


@pytest.mark.parametrize(
    ("handed_in", "days", "end"),
    [
        ("2026-12-14 08:59", 1, "Mon 14 Dec 2026 17:00"),  # before the opening: the day counts
        ("2026-12-14 09:00", 1, "Mon 14 Dec 2026 17:00"),  # at the opening: whole
        ("2026-12-14 09:01", 1, "Tue 15 Dec 2026 17:00"),  # it has begun: the next day is the first
        ("2026-12-14 17:30", 1, "Tue 15 Dec 2026 17:00"),  # after the close
        ("2026-12-18 17:30", 1, "Mon 21 Dec 2026 17:00"),  # over the weekend
        ("2026-12-17 10:00", 1, "Fri 18 Dec 2026 16:00"),  # the close is that day's own
        ("2026-12-23 10:00", 1, "Thu 24 Dec 2026 12:00"),  # half a day is a working day
        ("2026-12-24 10:00", 5, "Tue 05 Jan 2027 17:00"),  # 25 and 28 Dec and 1 Jan are holidays
        ("2027-03-25 18:00", 1, "Tue 30 Mar 2027 17:00"),  # Good Friday, the clock change, Easter Monday
    ],
)
def test_review_ends_at_the_close_of_the_last_whole_day(handed_in: str, days: int, end: str) -> None:
    assert ends(LONDON, handed_in, days) == end


def test_day_ends_at_midnight_where_a_window_goes_on() -> None:
    assert ends(NIGHTS, "2026-12-14 12:00", 1) == "Tue 15 Dec 2026 00:00"
    assert ends(NIGHTS, "2026-12-14 23:00", 1) == "Tue 15 Dec 2026 06:00"


def test_always_open_counts_days_from_midnight_to_midnight() -> None:
    assert ends(ALWAYS, "2026-12-14 00:00", 2) == "Wed 16 Dec 2026 00:00"
    assert ends(ALWAYS, "2026-12-14 00:01", 2) == "Thu 17 Dec 2026 00:00"


def test_reckoning_names_its_days_its_holidays_and_the_instant_before_the_last_day() -> None:
    zone = zone_named("Europe/London")
    found = whole_days(LONDON, instant_of(datetime(2026, 12, 24, 10, tzinfo=zone)), 5)
    assert [one.isoformat() for one in found.counted] == [
        "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04", "2027-01-05",
    ]  # fmt: skip
    assert [on.isoformat() for on, _ in found.holidays] == [
        "2026-12-25",
        "2026-12-26",
        "2026-12-28",
        "2027-01-01",
    ]
    assert moment_of(found.before_last_us) == datetime(2027, 1, 4, 17, tzinfo=UTC)


def test_no_days_are_refused() -> None:
    with pytest.raises(NegativeDuration):
        whole_days(LONDON, 0, 0)


def test_many_days_of_a_week_with_one_are_found() -> None:
    weekly = WrittenCalendar.model_validate({"zone": "UTC", "hours": {"wed": ["09:00-10:00"]}})
    found = whole_days(weekly, instant_of(datetime(2026, 1, 1, tzinfo=UTC)), 60)
    assert (found.counted[0], found.counted[-1]) == (date(2026, 1, 7), date(2027, 2, 24))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60 * 24 * 400), st.integers(1, 12))
def test_one_more_day_ends_later_and_later_handed_in_never_ends_earlier(minutes: int, days: int) -> None:
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = whole_days(LONDON, instant_of(starts), days)
    longer = whole_days(LONDON, instant_of(starts), days + 1)
    assert longer.counted[:days] == found.counted
    assert longer.before_last_us == found.ends_us < longer.ends_us
    assert whole_days(LONDON, instant_of(starts + timedelta(minutes=7)), days).ends_us >= found.ends_us
