"""Months of the agreement's zone, and the versions of the terms that share one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.factories.agreements import terms_with

from handfast.kernel.quantity import instant_of
from handfast.kernel.servicelevels.periods import NoSuchPeriod, before, last_months, month_of, pieces


def utc(year: int, month: int, day: int, hour: int) -> int:
    return instant_of(datetime(year, month, day, hour, tzinfo=UTC))


def test_month_begins_and_ends_at_midnight_of_the_agreement_s_zone() -> None:
    # Amsterdam is an hour ahead of UTC until 29 March 2026, two hours after it
    span = month_of(terms_with(), "2026-03").span
    assert (span.starts_us, span.ends_us) == (utc(2026, 2, 28, 23), utc(2026, 3, 31, 22))
    assert span.length_us == (31 * 24 - 1) * 3_600_000_000


@pytest.mark.parametrize(
    "name", ["2026-13", "2026-00", "2026-3", "26-03", "2026/03", "²026-03", "2025-12", "2027-01"]
)
def test_period_that_is_no_month_of_the_agreement_is_refused(name: str) -> None:
    with pytest.raises(NoSuchPeriod, match="period"):
        month_of(terms_with(), name)


def test_month_in_which_the_terms_are_in_force_for_a_part_only_is_refused() -> None:
    terms = terms_with(effective={"from": "2026-01-15", "to": "2026-06-15"})
    assert month_of(terms, "2026-02").name == "2026-02"
    for name in ("2026-01", "2026-06"):
        with pytest.raises(NoSuchPeriod, match="whole month"):
            month_of(terms, name)


def test_looking_back_ends_where_the_agreement_began() -> None:
    terms = terms_with()
    assert [month.name for month in last_months(terms, month_of(terms, "2026-03"), 12)] == [
        "2026-03",
        "2026-02",
        "2026-01",
    ]
    assert before(terms, month_of(terms, "2026-01")) is None


def test_looking_back_crosses_a_year() -> None:
    terms = terms_with(effective={"from": "2025-11-01"})
    assert [month.name for month in last_months(terms, month_of(terms, "2026-02"), 3)] == [
        "2026-02",
        "2026-01",
        "2025-12",
    ]


def test_pieces_of_a_month_follow_the_amendments_without_gap_or_overlap() -> None:
    changes = [
        {"from": day, "name": day, "change": {"measures": {"resolved": {"target": f"{number}h"}}}}
        for number, day in enumerate(("2026-02-01", "2026-03-10", "2026-03-20"), 1)
    ]
    terms = terms_with(amendments=changes)
    month = month_of(terms, "2026-03")
    parts = pieces(terms, month.span)
    assert [number for number, _ in parts] == [1, 2, 3]
    borders = [border for _, span in parts for border in (span.starts_us, span.ends_us)]
    assert (borders[0], borders[-1]) == (month.span.starts_us, month.span.ends_us)
    assert borders[1] == borders[2] == utc(2026, 3, 9, 23)
    assert borders[3] == borders[4] == utc(2026, 3, 19, 23)
