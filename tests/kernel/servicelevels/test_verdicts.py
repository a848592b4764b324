"""Verdicts: what a value means against its level, and what few records mean."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.agreements import inputs_of, reported_of, terms_with
from tests.factories.asked import body_of, levels_of
from tests.factories.logs import desk_log

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


def month_of_records(month: str, met: int, missed: int) -> list[str]:
    """So many records of one hour, and so many of seventeen working hours, in a month, against a target of eight hours."""
    rows = []
    for number in range(met + missed):
        record, day = f"{month}-{number:02d}", f"{month}-12"
        is_met = number < met
        rows += [f"{record} | {day}T09:00 | new", f"{record} | {month}-{12 if is_met else 16}T10:00 | done"]
    return rows


def log_of(**months: tuple[int, int]) -> Any:
    """m03=(9, 1): nine met and one missed in March 2026."""
    return desk_log(
        *(
            row
            for key, (met, missed) in months.items()
            for row in month_of_records(f"2026-{key[1:]}", met, missed)
        )
    )


def line_of(log: Any, period: str = "2026-03", **level: Any) -> dict[str, Any]:
    return levels_of(terms_with(levels={"resolved": level}), period, logs={"desk": log})["resolved"]


@pytest.mark.parametrize(
    ("met", "missed", "verdict"),
    [(9, 1, "met"), (8, 1, "below expected"), (8, 2, "below expected"), (7, 2, "missed")],
)
def test_value_is_held_against_expected_and_minimum(met: int, missed: int, verdict: str) -> None:
    # expected 90 %, minimum 80 %: 90; 88.89; 80; 77.78
    assert line_of(log_of(m03=(met, missed)))["verdict"] == verdict


def test_value_exactly_at_the_level_misses_it_where_the_terms_say_so() -> None:
    assert line_of(log_of(m03=(9, 1)), at_level="missed")["verdict"] == "below expected"


@pytest.mark.parametrize(("compare", "verdict"), [("rounded", "met"), ("exact", "below expected")])
def test_rounded_or_exact_value_is_compared_as_the_terms_say(compare: str, verdict: str) -> None:
    # 8 of 9 is 88.888…: with one digit 88.9
    rounding = {"digits": "1", "mode": "half up", "compare": compare}
    terms = terms_with(
        measures={"resolved": {"rounding": rounding}}, levels={"resolved": {"expected": "88.9 %"}}
    )
    assert levels_of(terms, "2026-03", logs={"desk": log_of(m03=(8, 1))})["resolved"]["verdict"] == verdict


def test_lower_is_better_where_the_level_says_so() -> None:
    terms = terms_with(
        measures={"resolved": {"kind": "mean", "target": None}},
        levels={"resolved": {"better": "lower", "expected": "2h", "minimum": "6h"}},
    )
    # one record of 1 h, one of 17 h: 8 on Thursday, 8 on Friday, 1 on Monday
    line = levels_of(terms, "2026-03", logs={"desk": log_of(m03=(1, 1))})["resolved"]
    assert (line["value"], line["verdict"]) == ("9.00", "missed")


def test_month_under_the_minimum_sample_is_too_few() -> None:
    few = {"low_volume": {"minimum_sample": "10"}}
    assert line_of(log_of(m03=(4, 5)), **few)["verdict"] == "too few"
    assert line_of(log_of(m03=(5, 5)), **few)["verdict"] == "missed"


def test_misses_are_allowed_in_a_month_of_few_records() -> None:
    few = {"low_volume": {"misses_allowed": "1", "below": "5"}}
    assert line_of(log_of(m03=(0, 1)), **few)["verdict"] == "met"
    assert line_of(log_of(m03=(2, 2)), **few)["verdict"] == "missed"
    assert line_of(log_of(m03=(3, 2)), **few)["verdict"] == "missed"


def test_misses_allowed_do_not_excuse_a_measure_that_counts_no_misses() -> None:
    terms = terms_with(
        measures={"resolved": {"kind": "mean", "target": None}},
        levels={
            "resolved": {
                "better": "lower",
                "expected": "2h",
                "minimum": "6h",
                "low_volume": {"misses_allowed": "1", "below": "5"},
            }
        },
    )
    assert levels_of(terms, "2026-03", logs={"desk": log_of(m03=(0, 2))})["resolved"]["verdict"] == "missed"


def test_months_of_few_records_roll_forward_until_there_are_enough() -> None:
    log = log_of(m01=(4, 0), m02=(3, 1), m03=(5, 0), m04=(1, 1))
    few = {"low_volume": {"roll_forward_until": "10"}}
    lines = [line_of(log, period, **few) for period in MONTHS[:4]]
    assert [line["verdict"] for line in lines] == [
        "rolled forward",
        "rolled forward",
        "met",
        "rolled forward",
    ]
    # January 4 of 4, February 3 of 4, March 5 of 5: 12 of 13
    assert (lines[2]["n"], lines[2]["exact"], lines[2]["counted_from"]) == (13, "1200/13", MONTHS[:3])
    assert (lines[3]["n"], lines[3]["counted_from"]) == (2, ["2026-04"])


def pool_terms(**changes: Any) -> Any:
    regime = {
        "kind": "pool",
        "currency": "EUR",
        "rounding": {"digits": "2", "mode": "half up"},
        "charges": "100000.00",
        "at_risk": "10 %",
        "pool_total": "100 %",
        "pools": {"all": {"share": "50 %"}},
        "credits": {"resolved": {"pool": "all", "allocation": "40 %"}},
        "expected_default": {"misses": "4", "months": "12"},
    }
    return terms_with(regime=regime, **changes)


def test_fourth_miss_of_expected_in_twelve_months_is_a_default() -> None:
    below, met = (8, 2), (9, 1)  # 80 % reaches the minimum, not what is expected
    log = log_of(m01=below, m02=met, m03=below, m05=below, m07=met, m09=below, m10=met)
    owed = {}
    for period in ("2026-05", "2026-09", "2026-10"):
        body = body_of("reference", inputs_of(pool_terms(), logs={"desk": log}), period)
        owed[period] = (body["consequence"]["credit"], body["consequence"]["lines"][0]["default"])
    # January, March, May: three; September is the fourth: 50 % x 40 % x 10 % of 100,000 = 2,000
    assert owed == {
        "2026-05": ("0.00", None),
        "2026-09": ("2000.00", "expected missed 4 times in 12 months"),
        "2026-10": ("0.00", None),
    }


def test_level_that_an_amendment_added_looks_back_over_the_months_in_which_it_stood() -> None:
    added = {
        "levels": {"later": {"measure": "resolved", "name": "Later", "expected": "90 %", "minimum": "70 %"}}
    }
    added |= {"regime": {"credits": {"later": {"pool": "all", "allocation": "40 %"}}}}
    terms = pool_terms(amendments=[{"from": "2026-03-01", "name": "first", "change": added}])
    log = log_of(m01=(8, 2), m02=(8, 2), m03=(8, 2))
    body = body_of("reference", inputs_of(terms, logs={"desk": log}), "2026-03")
    assert [line["default"] for line in body["consequence"]["lines"]] == [None, None]


def test_points_count_twice_in_the_month_after_a_failure() -> None:
    bands = [
        {"from": "98.5", "points": "0"},
        {"from": "97.0", "to": "98.4", "points": "1"},
        {"to": "96.9", "points": "3"},
    ]
    regime = {
        "kind": "points",
        "currency": "EUR",
        "rounding": {"digits": "2", "mode": "half up"},
        "charges": "100000.00",
        "points": {"resolved": {"bands": bands}},
        "repeat": {"factor": "2"},
    }
    reported = {
        "kind": "reported",
        "reported_by": "provider",
        "unit": "percent",
        "clock": None,
        "target": None,
    }
    reported |= {"counted_by": None, "unfinished": None, "rounding": {"digits": "1", "mode": "half up"}}
    terms = terms_with(regime=regime, measures={"resolved": reported})
    shares = {"2026-01": "96.5 %", "2026-02": "96.5 %", "2026-03": "98.5 %", "2026-04": "96.5 %"}
    values = reported_of({"resolved": {month: {"share": share} for month, share in shares.items()}})
    bodies = [body_of("reference", inputs_of(terms, reported=values), month) for month in shares]
    # severe 3; severe again 3 x 2; met 0; severe 3, since the month before was met
    assert [body["consequence"]["points"] for body in bodies] == [3, 6, 0, 3]
