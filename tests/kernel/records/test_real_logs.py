"""The real logs and interval files, where they are present: counts as their publishers give them."""

from __future__ import annotations

import csv
import gzip
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.reading import Import, read_log
from handfast.kernel.records.refusals import CellRefused

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
XES: dict[str, Any] = {
    "kind": "events",
    "record": "case:concept:name",
    "at": {"column": "time:timestamp"},
    "event": ["concept:name"],
}
SERVICENOW: dict[str, Any] = {
    "kind": "events",
    "record": "number",
    "at": {"column": "sys_updated_at", "format": "%d/%m/%Y %H:%M", "zone": "UTC"},
    "event": "incident_state",
    "sequence": "sys_mod_count",
    "missing": ["?"],
    "attributes": {"priority": {"column": "priority", "taken_at": "last"}},
}
JANUARY: dict[str, Any] = {
    "kind": "intervals",
    "at": {"column": "half", "format": "%Y-%m-%d %H:%M:%S", "zone": "Asia/Jerusalem"},
    "minutes": 30,
    "keys": {"queue": "type"},
    "totals": {
        "offered": "offered",
        "answered": "answered",
        "wait_seconds": {"column": "asa", "times": "answered", "digits": 6},
    },
}


def present(place: str) -> Path:
    path = DATA / place
    if not path.exists():
        pytest.skip(f"the real data is not here: {place}")
    return path


def imported(place: str, mapping: dict[str, Any]) -> Import:
    return read_log(present(place), mapping_from(mapping), source="real", received_at_us=None)


@pytest.mark.parametrize(
    ("place", "mapping", "rows", "kept", "records"),
    [
        (
            "volvo_2013_incidents",
            XES | {"event": ["concept:name", "lifecycle:transition"]},
            65_533,
            65_533,
            7_554,
        ),
        ("servicenow_2016_incidents", SERVICENOW, 141_712, 141_712, 24_918),
        # 127 rows of the Italian log repeat another in record, instant and activity.
        ("italian_helpdesk", XES, 21_348, 21_221, 4_580),
        ("permit_receipts", XES, 8_577, 8_577, 1_434),
    ],
)
def test_real_log_has_the_published_counts(
    place: str, mapping: dict[str, Any], rows: int, kept: int, records: int
) -> None:
    report = imported(f"tickets/{place}.csv.gz", mapping).report
    assert (report.rows_read, report.kept + report.duplicates, report.records) == (rows, rows, records)
    assert report.kept == kept
    assert report.dropped == {}


def test_span_of_the_volvo_log_is_the_published_one() -> None:
    plain = imported("tickets/volvo_2013_incidents.csv.gz", XES).report.as_plain()
    assert (plain["first_stamp"][:10], plain["last_stamp"][:10]) == ("2010-03-31", "2012-05-22")


def test_digest_of_a_real_log_is_that_of_a_plain_reading(plain_digest: Any) -> None:
    log: Any = imported("tickets/servicenow_2016_incidents.csv.gz", SERVICENOW).log
    assert plain_digest(log.events) == log.digest
    with gzip.open(present("tickets/servicenow_2016_incidents.csv.gz"), "rt", encoding="utf-8") as text:
        expected = {
            (row["number"], int(row["sys_mod_count"]), row["incident_state"]) for row in csv.DictReader(text)
        }
    events = log.events.select(["record", "sequence", "event"]).to_pylist()
    assert {tuple(row.values()) for row in events} == expected


def test_servicenow_log_has_updates_at_one_instant_that_its_sequence_orders() -> None:
    report = imported("tickets/servicenow_2016_incidents.csv.gz", SERVICENOW).report
    assert report.shared_stamps > 2_000
    assert report.undecided_ties < report.shared_stamps
    assert report.drifting["priority"] > 0


def test_january_of_the_bank_sums_to_its_rows() -> None:
    place = "staffing/bank_calls_january_1999_half_hours.csv"
    log: Any = imported(place, JANUARY).log
    with present(place).open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert log.rows.num_rows == len(rows) == 2_650
    assert sum(log.rows.column("offered").to_pylist()) == sum(int(row["offered"]) for row in rows)


def test_handling_time_that_january_leaves_out_is_refused_by_row() -> None:
    totals = JANUARY["totals"] | {"handle_seconds": {"column": "aht", "times": "answered", "digits": 6}}
    with pytest.raises(CellRefused, match="row 105, column 'aht': the mean is missing"):
        imported("staffing/bank_calls_january_1999_half_hours.csv", JANUARY | {"totals": totals})


def test_handling_time_of_january_is_read_where_missing_means_are_said_to_be_none() -> None:
    place = "staffing/bank_calls_january_1999_half_hours.csv"
    handling = {"column": "aht", "times": "answered", "digits": 6, "missing_mean": "none"}
    found = imported(place, JANUARY | {"totals": JANUARY["totals"] | {"handle_seconds": handling}})
    with present(place).open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    missing = [number for number, row in enumerate(rows, 2) if not row["aht"] and int(row["answered"])]
    counted = found.report.missing_means["handle_seconds"]
    assert (counted.rows, counted.first_rows) == (len(missing), tuple(missing[:5]))
    assert counted.rows == 75
    log: Any = found.log
    half = Fraction(1, 2_000_000)
    exact = [Fraction(row["aht"] or 0) * int(row["answered"]) for row in rows]
    total = Fraction(sum(log.rows.column("handle_seconds").to_pylist()), 10**6)
    assert abs(total - sum(exact)) <= half * len(rows)


def test_year_of_the_bank_has_all_its_half_hours() -> None:
    mapping = {"kind": "intervals", "at": {"column": "DateTime"}, "minutes": 30, "totals": {"calls": "Calls"}}
    assert imported("staffing/bank_calls_2003_half_hours.csv.gz", mapping).report.kept == 4_756
