"""Counted by its due instant a record counts once, whatever amendments do to the target."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.agreements import inputs_of, terms_with
from tests.factories.asked import body_of
from tests.factories.logs import desk_log

HOURS = st.sampled_from(("1h", "4h", "16h", "48h", "200h"))
DAYS = st.sampled_from(("2026-02-01", "2026-02-10", "2026-02-17", "2026-03-01", "2026-03-20"))
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")


def counted(target: str, amended: list[tuple[str, str]], engine: str, *rows: str) -> list[tuple[int, str]]:
    """N and numerator of each month."""
    amendments: list[dict[str, Any]] = [
        {"from": day, "name": day, "change": {"measures": {"resolved": {"target": other}}}}
        for day, other in amended
    ]
    terms = terms_with(measures={"resolved": {"target": target, "counted_by": "due"}}, amendments=amendments)
    inputs = inputs_of(terms, logs={"desk": desk_log(*rows)}, as_of="2026-12-01T00:00:00Z")
    lines = [body_of(engine, inputs, month)["levels"][0] for month in MONTHS]
    return [(line["n"], line["numerator"]) for line in lines]


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize(("before", "after"), [("16h", "2h"), ("2h", "16h")])
def test_a_record_open_over_an_amendment_counts_once_by_the_version_of_its_start(
    engine: str, before: str, after: str
) -> None:
    # Started on Friday 30 January at 16:00; 2 h are over on Monday 2 February at 10:00, 16 h on Tuesday at 16:00.
    rows = ("R1 | 2026-01-30T16:00 | new", "R1 | 2026-02-02T15:00 | done")
    months = counted(before, [("2026-02-01", after)], engine, *rows)
    # Seven hours counted: within 16 h, not within 2 h.
    assert months == [(0, "0"), (1, "1" if before == "16h" else "0"), *[(0, "0")] * 4]


@settings(max_examples=40, deadline=None)
@given(
    HOURS,
    st.lists(st.tuples(DAYS, HOURS), unique_by=lambda one: one[0], max_size=3).map(sorted),
    st.sampled_from(("2026-01-30T16:00", "2026-02-09T12:00", "2026-02-16T16:59", "2026-02-27T09:00")),
)
def test_every_record_is_due_in_exactly_one_month(
    target: str, amended: list[tuple[str, str]], started: str
) -> None:
    months = counted(target, amended, "reference", f"R1 | {started} | new", "R1 | 2026-04-20T12:00 | done")
    assert sum(n for n, _ in months) == 1
