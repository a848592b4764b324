"""Figures worked out by hand, from a handful of records and intervals."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.agreements import terms_with
from tests.factories.asked import levels_of
from tests.factories.logs import calls_log, desk_log

from handfast.kernel.servicelevels.figures import CannotBePieced

# Ten records of 1 to 10 hours round the clock, all started on 2 March 2026, kinds a and b in turn.
TEN = desk_log(
    *(f"R{n:02d} | 2026-03-02T08:00 | new | {'ab'[n % 2]} | {n * 100}" for n in range(1, 11)),
    *(f"R{n:02d} | 2026-03-02T{8 + n:02d}:00 | done | {'ab'[n % 2]} | {n * 100}" for n in range(1, 11)),
)
ALWAYS_OPEN = {"office": {"zone": "Europe/Amsterdam", "hours": {"mon-fri": None, "mon-sun": ["00:00-24:00"]}}}
CALLS = calls_log(
    [
        ("2026-03-02T09:00", "north", 10, 9, 100),  # 90 %
        ("2026-03-02T09:00", "south", 10, 5, 100),  # together 14 of 20: 70 %
        ("2026-03-02T09:30", "north", 5, 4, 50),  # 80 %
        ("2026-03-02T10:00", "north", 0, 0, 0),  # nobody called
        ("2026-03-02T10:30", "north", 4, 4, 25),  # 100 %
    ]
)


def over_records(**measure: Any) -> dict[str, Any]:
    """The line of one measure over the ten records."""
    whole = {"clock": "resolution", "counted_by": "start", "unfinished": "left out", **measure}
    return only_line(whole, calendars=ALWAYS_OPEN, logs={"desk": TEN})


def over_calls(**measure: Any) -> dict[str, Any]:
    return only_line({"source": "calls", **measure}, intervals={"calls": CALLS})


def only_line(measure: dict[str, Any], *, calendars: Any = None, **inputs: Any) -> dict[str, Any]:
    levels = {"resolved": None, "only": {"measure": "only", "name": "Only"}}
    terms = terms_with(measures={"resolved": None, "only": measure}, levels=levels, calendars=calendars or {})
    return levels_of(terms, "2026-03", **inputs)["only"]


def figures(line: dict[str, Any]) -> tuple[Any, ...]:
    return line["n"], line["numerator"], line["exact"]


def test_percentile_by_nearest_rank_is_a_time_that_was_measured() -> None:
    # 0.85 x 10 = 8.5: rank 9, nine hours
    line = over_records(kind="percentile", share="85 %", method="nearest rank")
    assert (line["n"], line["exact"], line["value"]) == (10, "9/1", "9.00")


def test_percentile_by_linear_interpolation_lies_between_two_times() -> None:
    # place 1 + 9 x 0.85 = 8.65: 8 h + 0.65 x (9 h - 8 h)
    line = over_records(kind="percentile", share="85 %", method="linear")
    assert (line["exact"], line["value"]) == ("173/20", "8.65")


def test_percentile_of_all_is_the_longest_by_either_method() -> None:
    found = [
        over_records(kind="percentile", share="100 %", method=one)["exact"]
        for one in ("nearest rank", "linear")
    ]
    assert found == ["10/1", "10/1"]


def test_share_at_exactly_the_target_is_met_or_missed_as_the_terms_say() -> None:
    within = {"kind": "share within target", "target": "4h"}
    assert figures(over_records(**within, at_target="met")) == (10, "4", "40/1")
    assert figures(over_records(**within, at_target="missed")) == (10, "3", "30/1")


def test_ratio_counts_those_that_pass_a_second_filter() -> None:
    # of the five records of kind b (1, 3, 5, 7, 9 hours) four have a size of at least 3.00
    line = over_records(kind="ratio", where={"kind": ["b"]}, of={"size": {"at_least": "3.00"}})
    assert figures(line) == (5, "4", "80/1")


def test_mean_and_sum_of_time_and_of_an_attribute() -> None:
    assert over_records(kind="mean")["exact"] == "11/2"  # 55 h / 10
    assert over_records(kind="sum", unit="minutes")["exact"] == "3300/1"  # 55 x 60
    assert over_records(kind="mean", of="size", unit="number")["exact"] == "11/2"  # 55.00 / 10
    assert over_records(kind="count", where={"kind": ["a"]})["exact"] == "5/1"


def test_ratio_of_sums_is_no_mean_of_ratios() -> None:
    # (9 + 5 + 4 + 0 + 4) / (10 + 10 + 5 + 0 + 4) = 22 / 29
    line = over_calls(kind="ratio of sums", of="in_time", to="offered")
    assert (line["n"], line["numerator"], line["denominator"], line["exact"]) == (5, "22", "29", "2200/29")
    assert line["value"] == "75.86"


def test_ratio_of_sums_brings_both_sides_to_one_scale() -> None:
    # talk has two digits: (1.00 + 1.00 + 0.50 + 0 + 0.25) / 29 calls
    line = over_calls(kind="ratio of sums", of="talk", to="offered", unit="seconds")
    assert (line["exact"], line["value"]) == ("11/116", "0.09")


def test_total_with_a_minus_is_taken_away() -> None:
    # 29 offered, less 22 in time
    assert over_calls(kind="ratio of sums", of=["offered", "-in_time"], to="offered")["exact"] == "700/29"


@pytest.mark.parametrize(
    ("empty", "expected"),
    [
        ("left out", (3, "2", "200/3", 1)),  # 70 % misses; 80 % and 100 % meet; the empty one is left out
        ("met", (4, "3", "75/1", 0)),
    ],
)
def test_share_of_intervals_sums_queues_and_names_empty_intervals(
    empty: str, expected: tuple[Any, ...]
) -> None:
    line = over_calls(kind="share of intervals", of="in_time", to="offered", target="80 %", empty=empty)
    assert (*figures(line), line["left_out"]) == expected


def test_nothing_counted_is_no_data_and_never_a_percentage() -> None:
    line = over_records(kind="share within target", target="4h", where={"kind": ["nobody"]})
    assert (line["n"], line["exact"], line["value"], line["verdict"]) == (0, None, None, "no data")


def test_record_of_a_month_amended_in_its_middle_is_judged_by_the_version_of_its_counting_instant() -> None:
    # the target is 2 h, from 16 March on 6 h; both records take four hours
    log = desk_log(
        "R1 | 2026-03-13T10:00 | new",
        "R1 | 2026-03-13T14:00 | done",
        "R2 | 2026-03-16T10:00 | new",
        "R2 | 2026-03-16T14:00 | done",
    )
    amended = [
        {
            "from": "2026-03-16",
            "name": "first amendment",
            "change": {"measures": {"resolved": {"target": "6h"}}},
        }
    ]
    line = levels_of(
        terms_with(measures={"resolved": {"target": "2h"}}, amendments=amended), "2026-03", logs={"desk": log}
    )["resolved"]
    assert figures(line) == (2, "1", "50/1")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "percentile", "share": "80 %", "method": "linear"},
        {"kind": "mean", "unit": "minutes"},
        {"kind": "mean", "of": "size", "unit": "hours"},
    ],
)
def test_figure_that_two_versions_cannot_share_is_refused(change: dict[str, Any]) -> None:
    usual: dict[str, dict[str, Any]] = {
        "percentile": {"kind": "percentile", "share": "90 %", "method": "linear"},
        "mean": {"kind": "mean", "unit": "hours"},
    }
    frame = {"clock": "resolution", "counted_by": "start", "unfinished": "left out"}
    terms = terms_with(
        measures={"resolved": None, "only": {**frame, **usual[change["kind"]]}},
        levels={"resolved": None, "only": {"measure": "only", "name": "Only"}},
        amendments=[{"from": "2026-03-16", "name": "first", "change": {"measures": {"only": change}}}],
    )
    with pytest.raises(CannotBePieced, match="only"):
        levels_of(terms, "2026-03", logs={"desk": TEN})
