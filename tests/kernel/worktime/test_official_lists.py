"""What the library proposes, against what governments published; every difference is written down here."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from handfast.kernel.worktime.proposed import proposed_holidays

LISTS = Path(__file__).parents[3].parent / "shared" / "data" / "holidays" / "official_lists.json"

# Decreed by proclamation after the yearly list was published; the library has them from a later release on.
PROCLAIMED_LATER = {
    "PH-2025": {"2025-04-01", "2025-05-12", "2025-06-06", "2025-07-27"},
    "PH-2026": {"2026-03-20", "2026-05-27"},
    "HR-2026": set(),
}


@pytest.fixture
def official() -> dict[str, Any]:
    if not LISTS.exists():
        pytest.skip("the official lists of holidays are not beside this checkout")
    lists: dict[str, Any] = json.loads(LISTS.read_text("utf-8"))
    return lists


@pytest.mark.parametrize("listed", PROCLAIMED_LATER)
def test_days_off_are_the_published_ones_and_those_proclaimed_later(
    listed: str, official: dict[str, Any]
) -> None:
    country, year = listed.split("-")
    kinds = ("regular", "special_non_working", "public")
    published = {day for kind in kinds for day in official[listed].get(kind, [])}
    proposed = {day.isoformat() for day in proposed_holidays(country, None, [int(year)])}
    assert proposed - published == PROCLAIMED_LATER[listed]
    assert published <= proposed
    assert not set(official[listed].get("special_working", [])) & proposed


def easter(year: int) -> date:
    """Western Easter by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2025, 2036))
def test_poland_has_the_fourteen_days_of_its_statute(year: int, official: dict[str, Any]) -> None:
    after_easter = {"Easter Sunday": 0, "Easter Monday": 1, "Pentecost Sunday": 49, "Corpus Christi": 60}
    rule = official["PL-rule"]
    expected = {date.fromisoformat(f"{year}-{day}") for day in rule["fixed"]}
    expected |= {easter(year) + timedelta(days=after_easter[name]) for name in rule["movable"]}
    assert set(proposed_holidays("PL", None, [year])) == expected
    assert len(expected) == 14


def monday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (number - 1))


@pytest.mark.parametrize("year", range(2020, 2036))
def test_ontario_has_the_days_of_its_act_and_a_substitute_for_those_on_a_weekend(
    year: int, official: dict[str, Any]
) -> None:
    victoria = date(year, 5, 24) - timedelta(days=date(year, 5, 24).weekday())
    expected = {
        date(year, 1, 1), monday(year, 2, 3), easter(year) - timedelta(days=2), victoria, date(year, 7, 1),
        monday(year, 9, 1), monday(year, 10, 2), date(year, 12, 25), date(year, 12, 26),
    }  # fmt: skip
    assert len(expected) == len(official["CA-ON-rule"]["list"])
    proposed = proposed_holidays("CA", "ON", [year])
    own = {day for day, name in proposed.items() if any("observed" not in part for part in name.split("; "))}
    assert own == expected
    # The act gives a substitute day off that the parties agree; the library proposes the next weekdays.
    for day in set(proposed) - own:
        assert day.weekday() < 5
        assert any(
            0 < (day - off).days <= 3 and off.weekday() >= 5 for off in [*expected, date(year - 1, 12, 31)]
        )


@pytest.mark.parametrize("country", ["US", "GB", "CA", "NL", "JP", "PH", "IL", "SA"])
def test_year_alone_is_proposed_as_among_its_neighbours(country: str) -> None:
    # Otherwise the days of a calendar would depend on how far it was compiled.
    whole = proposed_holidays(country, None, range(2015, 2031))
    alone = [proposed_holidays(country, None, [year]) for year in range(2015, 2031)]
    assert whole == {day: name for year in alone for day, name in year.items()}
    assert [{day.year for day in year} for year in alone] == [{year} for year in range(2015, 2031)]
