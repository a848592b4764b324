"""Months of two public logs: the same statement by both engines, and what hangs on events that share a stamp."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.factories.asked import body_of
from tests.factories.examples import PUBLIC_LOGS, example_inputs

from handfast.kernel.servicelevels.canonical import name_of
from handfast.kernel.servicelevels.engines.ties import never_ended, ties_that_matter

LOGS = {
    "volvo": ("volvo_2013_incidents.csv.gz", "2012-06-01T00:00:00Z"),
    "servicenow": ("servicenow_2016_incidents.csv.gz", "2017-02-20T00:00:00Z"),
}


@cache
def inputs_of(name: str) -> Any:
    file_name, as_of = LOGS[name]
    if not (PUBLIC_LOGS / file_name).is_file():
        pytest.skip(f"the public log {file_name} is not on this machine")
    return example_inputs(name, {"incidents": PUBLIC_LOGS / file_name}, as_of)


@pytest.mark.parametrize("period", ["2012-04", "2012-03", "2011-11"])
def test_volvo_month_has_one_name_by_both_engines(period: str) -> None:
    assert len(names_of("volvo", period)) == 1


def test_servicenow_month_has_one_name_by_both_engines() -> None:
    assert len(names_of("servicenow", "2016-05")) == 1


@pytest.mark.soak
@pytest.mark.parametrize("period", ["2016-04", "2016-12"])
def test_other_servicenow_months_have_one_name_by_both_engines(period: str) -> None:
    assert len(names_of("servicenow", period)) == 1


def names_of(name: str, period: str) -> set[str]:
    return {name_of(body_of(engine, inputs_of(name), period)) for engine in ("duckdb", "reference")}


def test_one_servicenow_record_in_four_hangs_on_the_order_of_ties() -> None:
    inputs = inputs_of("servicenow")
    clock, log = inputs.terms.first.clocks["resolution"], inputs.logs["incidents"]
    assert len(set(log.events.column("record").to_pylist())) == 24_918
    assert ties_that_matter(log, clock, inputs.as_of_us) == 5_701
    assert never_ended(log, clock, inputs.as_of_us) == 0


def test_volvo_stamps_are_fine_enough_that_no_tie_matters() -> None:
    inputs = inputs_of("volvo")
    log = inputs.logs["incidents"]
    for clock in inputs.terms.first.clocks.values():
        assert ties_that_matter(log, clock, inputs.as_of_us) == 0
        assert never_ended(log, clock, inputs.as_of_us) == 8
