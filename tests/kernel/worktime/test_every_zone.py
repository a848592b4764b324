"""Every clock change of every IANA zone from 2020 to 2035, on twenty calendars, against minutes counted one by one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from handfast.kernel.quantity import Span
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.vectors import due_many, is_open_many, worked_before
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import offsets_of, zone_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MINUTE_US = 60_000_000
AROUND_MIN = 36 * 60
FIRST, LAST = date(2019, 12, 28), date(2036, 1, 4)
YEARS = Span(1_577_836_800_000_000, 2_082_758_400_000_000)
CHANGE_SUNDAYS = {
    "2024-03-31": "change",
    "2024-10-27": "change",
    "2025-03-09": "change",
    "2025-11-02": "change",
}
HALVES = {"2026-03-29": ["01:00-02:30"], "2026-10-25": ["02:15-02:45"], "2027-04-04": ["23:00-02:00"]}

SHAPES: dict[str, dict[str, Any]] = {
    "office": {"hours": {"mon-fri": ["09:00-17:00"]}},
    "always": {"hours": {"mon-sun": ["00:00-24:00"]}},
    "nights": {"hours": {"mon-sun": ["22:00-06:00"]}},
    "weekend nights": {"hours": {"fri-sun": ["21:30-05:30"]}},
    "only the small hours": {"hours": {"mon-sun": ["00:00-04:00"]}},
    "the hour that changes": {"hours": {"sat-mon": ["02:00-03:00"]}},
    "inside the hour that changes": {"hours": {"sun": ["02:15-02:45"], "sat": ["01:50-02:10"]}},
    "Sunday around noon": {"hours": {"sun": ["11:00-13:00"]}},
    "up to midnight": {"hours": {"thu-sun": ["20:00-24:00"]}},
    "from midnight": {"hours": {"fri-mon": ["00:00-00:30", "00:45-01:15"]}},
    "a minute at each end": {"hours": {"mon-sun": ["00:00-00:01", "23:59-24:00"]}},
    "lunch closed": {"hours": {"mon-thu": ["08:00-12:00", "13:00-17:30"], "fri": ["08:00-12:00"]}},
    "all but a minute": {"hours": {"mon-sun": ["02:30-02:29"]}},
    "Saturday night only": {"hours": {"sat": ["18:00-09:00"]}},
    "wraps the week": {"hours": {"sat-tue": ["23:30-01:30"]}},
    "a half hour over two": {"hours": {"mon-sun": ["01:45-02:15"]}},
    "closed on Sundays of change": {
        "hours": {"mon-sun": ["00:00-24:00"]},
        "holidays": {"add": CHANGE_SUNDAYS},
    },
    "nights with holidays": {"hours": {"mon-sun": ["22:00-07:00"]}, "holidays": {"add": CHANGE_SUNDAYS}},
    "halves": {"hours": {"mon-sun": ["06:00-23:00"]}, "holidays": {"half": HALVES}},
    "leap day": {
        "hours": {"wed-sat": ["22:00-03:00"]},
        "holidays": {"add": {"2020-02-29": "leap", "2032-02-29": "leap"}},
    },
}


def stretches_of(behaviour: Any) -> Iterator[NDArray[np.int64]]:
    """The minutes within 36 hours of each change; for a zone without any, those around one leap day."""
    for instant, _ in behaviour.changes or ((30_470_400, 0),):
        yield np.arange(instant - AROUND_MIN, instant + AROUND_MIN + 1, dtype=np.int64)


def test_twenty_calendars_and_all_zones_are_tried(behaviours: list[Any]) -> None:
    assert len(SHAPES) == 20
    assert sum(len(behaviour.names) for behaviour in behaviours) == len(zone_names()) >= 597
    assert len(behaviours) >= 83


def test_names_of_one_behaviour_change_alike_and_as_zdump_says(behaviours: list[Any]) -> None:
    for behaviour in behaviours:
        changes = [(instant * MINUTE_US, offset * 60) for instant, offset in behaviour.changes]
        expected = [(YEARS.starts_us, behaviour.first_offset * 60), *changes]
        for name in behaviour.names:
            starts, offsets = offsets_of(name, YEARS)
            assert list(zip(starts.tolist(), offsets.tolist(), strict=True)) == expected, name


@pytest.mark.parametrize("shape", SHAPES)
def test_every_change_of_every_zone_gives_the_minutes_that_a_clock_shows(
    shape: str, behaviours: list[Any], minute_line: Any
) -> None:
    line = minute_line(SHAPES[shape])
    for behaviour in behaviours:
        written = WrittenCalendar.model_validate({"zone": behaviour.names[0], **SHAPES[shape]})
        calendar = compile_calendar(written, first=FIRST, last=LAST)
        for minutes in stretches_of(behaviour):
            is_open = line.shown_open(behaviour.local(minutes[:-1]))
            counted = np.concatenate([[0], np.cumsum(is_open)])
            instants = minutes * MINUTE_US
            worked = worked_before(calendar, instants)
            where = (behaviour.names[0], int(minutes[AROUND_MIN]))
            assert np.array_equal(worked - worked[0], counted * MINUTE_US), where
            assert np.array_equal(is_open_many(calendar, instants[:-1]), is_open), where
            durations = np.arange(1, counted[-1] + 1, 97, dtype=np.int64)
            due = due_many(calendar, np.full(durations.shape, instants[0]), durations * MINUTE_US)
            assert np.array_equal(due, instants[np.searchsorted(counted, durations)]), where


def test_the_oracle_sees_the_changes_of_a_zone_that_everyone_knows(behaviours: list[Any]) -> None:
    amsterdam = next(behaviour for behaviour in behaviours if "Europe/Amsterdam" in behaviour.names)
    assert len(amsterdam.changes) == 32
    assert all(later > earlier for (earlier, _), (later, _) in pairwise(amsterdam.changes))
    # 2024-03-31T01:00Z, as the directive 2000/84/EC has it.
    assert (28_530_780, 120) in amsterdam.changes
