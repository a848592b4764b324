"""The annex: what it holds, what it is called, and what is refused as one."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from handfast.kernel.quantity import Span
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.refusals import CalendarRefused
from handfast.kernel.worktime.written import WrittenCalendar

PLAIN: dict[str, Any] = {
    "zone": "Europe/Amsterdam",
    "covers": [0, 1000],
    "openings": [[10, 20], [30, 40]],
    "closed_days": [["2024-12-25", "Noël"], ["2024-12-26", "Second"]],
}


def test_plain_values_go_through_json_and_come_back_equal() -> None:
    written = WrittenCalendar.model_validate({"zone": "Asia/Tokyo", "hours": {"mon-fri": ["09:00-17:00"]}})
    calendar = compile_calendar(written, first=date(2024, 1, 1), last=date(2024, 3, 31))
    again = CompiledCalendar.from_plain(json.loads(json.dumps(calendar.as_plain())))
    assert again == calendar
    assert hash(again) == hash(calendar)
    assert again.digest == calendar.digest


def test_digest_is_that_of_the_canonical_json() -> None:
    text = json.dumps(PLAIN, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert CompiledCalendar.from_plain(PLAIN).digest == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Europe/Berlin"},
        {"covers": [0, 1001]},
        {"openings": [[10, 20], [30, 41]]},
        {"closed_days": []},
    ],
)
def test_digest_and_equality_see_every_part(change: dict[str, Any]) -> None:
    one, other = CompiledCalendar.from_plain(PLAIN), CompiledCalendar.from_plain(PLAIN | change)
    assert one != other
    assert one.digest != other.digest


def test_calendar_is_no_other_thing_and_cannot_be_written_over() -> None:
    calendar = CompiledCalendar.from_plain(PLAIN)
    assert calendar != PLAIN
    with pytest.raises(ValueError, match="read-only"):
        calendar.opens_us[0] = 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"zone": 3}, "zone: expected a text"),
        ({"covers": [0]}, "covers: expected two whole numbers"),
        ({"covers": [0, 2**60]}, "covers: expected two whole numbers"),
        ({"covers": [1000, 0]}, "ends before it starts"),
        ({"openings": {}}, "openings: expected a list"),
        ({"openings": [[10, 20.0]]}, r"openings\[0\]: expected two whole numbers"),
        ({"openings": [[True, 20]]}, r"openings\[0\]: expected two whole numbers"),
        ({"openings": [["10", "20"]]}, r"openings\[0\]: expected two whole numbers"),
        ({"openings": [[20, 20]]}, "is empty"),
        ({"openings": [[10, 20], [20, 30]]}, "does not come after"),
        ({"openings": [[30, 40], [10, 20]]}, "does not come after"),
        ({"openings": [[990, 1001]]}, "open outside of what it covers"),
        ({"closed_days": [["2024-02-30", "x"]]}, r"closed_days\[0\]: .*not a day of any year"),
        ({"closed_days": [["2024-12-25"]]}, "expected a date and a name"),
        ({"closed_days": PLAIN["closed_days"][::-1]}, "not in order"),
        ({"closed_days": PLAIN["closed_days"][:1] * 2}, "a day twice"),
        ({"more": 1}, "has exactly the keys"),
    ],
)
def test_annex_that_is_none_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(CalendarRefused, match=said):
        CompiledCalendar.from_plain(PLAIN | change)


def test_annex_is_built_of_whole_numbers_only() -> None:
    floats: Any = np.array([1.0])
    whole = np.array([2], dtype=np.int64)
    with pytest.raises(CalendarRefused, match="whole microseconds"):
        CompiledCalendar("UTC", Span(0, 10), floats, whole, ())
    with pytest.raises(CalendarRefused, match="needs one closing"):
        CompiledCalendar("UTC", Span(0, 10), whole, np.zeros(0, np.int64), ())
