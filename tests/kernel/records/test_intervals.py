"""Interval totals: whole, never below zero, each interval once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from handfast.kernel.records.refusals import CellRefused, IntervalTwice

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.records.readers.reading import Import

CALLS: dict[str, Any] = {
    "kind": "intervals",
    "at": {"column": "half", "format": "%Y-%m-%d %H:%M", "zone": "UTC"},
    "minutes": 30,
    "keys": {"queue": "type"},
    "totals": {
        "offered": "offered",
        "answered": "answered",
        "wait_seconds": {"column": "asa", "times": "answered", "digits": 3},
    },
}
HEADER = "half,type,offered,answered,asa\n"
HALF = 1_800_000_000


def test_mean_becomes_a_sum_and_a_missing_one_of_nothing_is_nothing(read: Callable[..., Import]) -> None:
    text = (
        HEADER
        + "2024-01-01 00:30,B,2,0,\n2024-01-01 00:30,A,4,3,208.33333333333334\n2024-01-01 00:00,B,1,1.0,0\n"
    )
    found = read(text, CALLS)
    log: Any = found.log
    midnight = 1_704_067_200_000_000
    assert [tuple(row.values()) for row in log.rows.to_pylist()] == [
        (midnight, "B", 1, 1, 0),
        (midnight + HALF, "A", 3, 4, 625_000),
        (midnight + HALF, "B", 0, 2, 0),
    ]
    assert log.rows.column_names == ["at", "queue", "answered", "offered", "wait_seconds"]
    assert (found.report.kept, found.report.records, found.report.kind) == (3, 2, "intervals")


def test_row_without_stamp_or_key_is_dropped_and_counted(read: Callable[..., Import]) -> None:
    found = read(HEADER + ",A,1,1,1\n2024-01-01 00:00,,1,1,1\n2024-01-01 00:00,A,1,1,1\n", CALLS)
    assert {reason: part.first_rows for reason, part in found.report.dropped.items()} == {
        "no stamp": (2,),
        "no key": (3,),
    }
    assert found.report.kept == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-01-01 00:00,A,,1,1", "row 2, column 'offered': a total is missing"),
        ("2024-01-01 00:00,A,-1,1,1", "row 2, column 'offered'.*below zero"),
        ("2024-01-01 00:00,A,1.5,1,1", "row 2, column 'offered'.*whole number"),
        ("2024-01-01 00:00,A,1,1,", "row 2, column 'asa': the mean is missing although 'answered'"),
        ("2024-01-01 00:00,A,1,999999999999999999,999999", "row 2, column 'asa'.*too large"),
    ],
)
def test_total_that_cannot_be_counted_is_refused(read: Callable[..., Import], row: str, said: str) -> None:
    with pytest.raises(CellRefused, match=said):
        read(HEADER + row + "\n", CALLS)


WITHOUT = CALLS | {"totals": CALLS["totals"] | {
    "wait_seconds": {"column": "asa", "times": "answered", "digits": 3, "missing_mean": "none"}
}}  # fmt: skip


def test_missing_mean_is_a_sum_of_nothing_where_the_mapping_says_so_and_is_counted(
    read: Callable[..., Import],
) -> None:
    rows = [
        "2024-01-01 00:00,A,2,2,",
        "2024-01-01 00:30,A,2,1,10",
        "2024-01-01 01:00,A,2,0,",
        ",A,1,1,",
        "2024-01-01 01:30,A,1,7,",
    ]
    found = read(HEADER + "\n".join(rows) + "\n", WITHOUT)
    log: Any = found.log
    assert log.rows.column("wait_seconds").to_pylist() == [0, 10_000, 0, 0]
    missing = found.report.missing_means["wait_seconds"]
    assert (missing.rows, missing.first_rows) == (2, (2, 6))
    assert found.report.as_plain()["missing_means"]["wait_seconds"]["rows"] == 2


def test_report_counts_no_missing_mean_where_none_is_missing(read: Callable[..., Import]) -> None:
    assert read(HEADER + "2024-01-01 00:00,A,2,0,\n", WITHOUT).report.missing_means == {}


def test_missing_mean_is_refused_of_a_plain_total(read: Callable[..., Import]) -> None:
    totals = {"offered": {"column": "offered", "missing_mean": "none"}}
    with pytest.raises(ValidationError, match="missing_mean is for a mean"):
        read(HEADER + "2024-01-01 00:00,A,2,0,\n", CALLS | {"totals": totals})


@pytest.mark.parametrize("second", ["2024-01-01 00:00", "2024-01-01 00:29", "2023-12-31 23:31"])
def test_interval_that_repeats_or_overlaps_another_is_refused(
    read: Callable[..., Import], second: str
) -> None:
    with pytest.raises(IntervalTwice, match="rows 2 and 4"):
        read(HEADER + f"2024-01-01 00:00,A,1,1,1\n2024-01-01 00:00,B,1,1,1\n{second},A,1,1,1\n", CALLS)


def test_intervals_without_keys_stand_once_each(read: Callable[..., Import]) -> None:
    mapping = CALLS | {"keys": {}}
    assert read(HEADER + "2024-01-01 00:30,A,1,1,1\n2024-01-01 00:00,B,1,1,1\n", mapping).report.kept == 2
    with pytest.raises(IntervalTwice):
        read(HEADER + "2024-01-01 00:00,A,1,1,1\n2024-01-01 00:00,B,1,1,1\n", mapping)
