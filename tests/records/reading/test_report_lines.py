"""A report says what was dropped, with its first rows, and what deserves a look."""

from __future__ import annotations

from handfast.kernel.records.report import Found, ImportReport
from handfast.records.reading.report_lines import notable, report_lines


def report(**values: object) -> dict[str, object]:
    told: dict[str, object] = {
        "file": "a.csv", "file_sha256": "0", "source": "desk", "kind": "events", "rows_read": 1200, "kept": 3,
        "records": 2, "digest": "1", **values,
    }  # fmt: skip
    return ImportReport(**told).as_plain()  # type: ignore[arg-type]  # one dictionary for many types


def test_report_of_nothing_has_no_lines() -> None:
    assert report_lines({}) == ()


def test_dropped_rows_are_told_by_reason_with_the_first_of_them() -> None:
    said = [line.said for line in notable(report(dropped={"no record": Found(7, (2, 5))}))]
    assert said == ["7: no record (row 2, 5, …)"]


def test_each_thing_that_deserves_a_look_is_marked() -> None:
    found = report(
        undecided_ties=1, drifting={"priority": 4}, implausible={"before 1990": Found(1, (9,))},
        missing_means={"talk": Found(1, (3,))},
    )  # fmt: skip
    assert [line.label for line in notable(found)] == [
        "Shared stamps",
        "Drifting",
        "Missing means",
        "Implausible",
    ]


def test_intervals_are_called_intervals() -> None:
    labels = [line.label for line in report_lines(report(kind="intervals"))]
    assert {"Rows kept", "Intervals"} <= set(labels)
    assert "Events kept" not in labels


def test_large_numbers_are_grouped() -> None:
    assert report_lines(report())[0].said == "1,200"
