"""Interval totals: whole, never below zero, each interval once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
    midnight = 1_704_067_200_000_000
    assert [tuple(row.values()) for row in found.log.rows.to_pylist()] == [
        (midnight, "B", 1, 1, 0),
        (midnight + HALF, "A", 3, 4, 625_000),
        (midnight + HALF, "B", 0, 2, 0),
    ]
    assert found.log.rows.column_names == ["at", "queue", "answered", "offered", "wait_seconds"]
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
