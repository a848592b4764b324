"""The standard sample tells what its pages show: a bad March, disputed and revised, and its money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.factories.simulated import verdicts

from handfast.journeys.samples.rulings import LATE_RECORDS, OUTAGE_RECORDS, PAUSES
from handfast.kernel.document import read_document
from handfast.kernel.servicelevels.linter import lint

if TYPE_CHECKING:
    from tests.factories.simulated import Read

Bodies = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def bodies(large_read: Read) -> Bodies:
    """The first statement of each month."""
    return {month.period: large_read.body(month.period, month.as_of) for month in large_read.sample.months}


@pytest.fixture(scope="module")
def revised(large_read: Read) -> dict[str, Any]:
    as_of = next(month.revised_as_of for month in large_read.sample.months if month.revised_as_of)
    return large_read.body("2026-03", as_of)


def test_linter_finds_nothing_in_standard_terms(large_read: Read) -> None:
    document = read_document(large_read.sample.terms_yaml, name="terms.yaml")
    agreed = read_document(large_read.sample.adjustments_yaml(), name="adjustments.yaml")
    assert lint(large_read.terms, document, agreed) == ()
    assert [version.name[:8] for version in large_read.terms.versions] == ["terms", "Change 1", "Change 2"]


def test_most_months_are_mostly_met_and_cost_nothing(bodies: Bodies) -> None:
    before = [body for period, body in bodies.items() if period < "2026-03"]
    said = [verdict for body in before for verdict in verdicts(body).values()]
    assert len(said) == 12 * 6
    assert said.count("met") >= 64
    assert 2 <= said.count("below expected") <= 8
    assert {body["consequence"]["credit"] for body in before} == {"0.00"}


def test_about_four_thousand_tickets_come_in_a_month(large_read: Read) -> None:
    counts = {upload.file_name: read.report.records for upload, read in large_read.imports}
    assert min(counts[f"helpdesk-{month}.csv"] for month in ("2025-08", "2025-12", "2026-02")) > 3_300
    assert max(counts.values()) < 5_000


def test_march_misses_two_of_six_minimums_and_costs_28882(revised: dict[str, Any]) -> None:
    assert verdicts(revised) == {
        "first_response_p1": "met",
        "first_response": "below expected",
        "resolution_p1": "missed",
        "resolution_p2": "missed",
        "first_contact": "met",
        "satisfaction": "below expected",
    }
    assert revised["consequence"]["at_risk_amount"] == "41260.00"
    assert revised["consequence"]["credit"] == "28882.00"


def test_march_cost_less_before_the_pauses_were_revoked(bodies: Bodies, revised: dict[str, Any]) -> None:
    first = {level["id"]: level for level in bodies["2026-03"]["levels"]}
    then = {level["id"]: level for level in revised["levels"]}
    assert verdicts(bodies["2026-03"])["resolution_p1"] == "below expected"
    assert bodies["2026-03"]["consequence"]["credit"] == "12996.90"
    assert int(first["resolution_p1"]["numerator"]) - int(then["resolution_p1"]["numerator"]) == PAUSES
    assert first["resolution_p1"]["n"] == then["resolution_p1"]["n"]


def test_april_is_in_progress_as_of_the_sixteenth(bodies: Bodies) -> None:
    assert bodies["2026-04"]["is_provisional"]
    assert verdicts(bodies["2026-04"])["resolution_p2"] == "missed"
    assert bodies["2026-04"]["adjustments"] == {"in_force": 7, "open": 1}


def test_forty_one_records_come_late_and_were_closed_in_april(large_read: Read) -> None:
    (late,) = [read for upload, read in large_read.imports if "late" in upload.file_name]
    assert late.report.records == LATE_RECORDS
    resolved: dict[str, int] = {}
    for row in late.log.events.to_pylist():  # type: ignore[union-attr]  # an event log
        if row["event"] == "Resolved":
            resolved.setdefault(row["record"], row["at"])
    april = 1_774_994_400_000_000  # midnight of 1 April in Belgrade
    assert len(resolved) == LATE_RECORDS
    assert min(resolved.values()) >= april


def test_adjustments_concern_six_pauses_and_thirty_eight_records(large_read: Read) -> None:
    (pauses,) = [one for one in large_read.adjustments.written if one.kind == "pause revoked"]
    (outage,) = [one for one in large_read.adjustments.written if one.kind == "time excluded"]
    assert (len(pauses.records or ()), len(outage.records or ())) == (PAUSES, OUTAGE_RECORDS)
    march = next(read for upload, read in large_read.imports if upload.file_name == "helpdesk-2026-03.csv")
    known = set(march.log.events.column("record").to_pylist())  # type: ignore[union-attr]  # an event log
    assert set(pauses.records or ()) | set(outage.records or ()) <= known


def test_outage_day_lifts_the_resolution_of_p2(bodies: Bodies, revised: dict[str, Any]) -> None:
    before, after = (
        next(level for level in body["levels"] if level["id"] == "resolution_p2")
        for body in (bodies["2026-03"], revised)
    )
    assert int(after["numerator"]) > int(before["numerator"])
    assert after["verdict"] == before["verdict"] == "missed"


def test_story_runs_forward_in_time(large_read: Read) -> None:
    for month in large_read.sample.months:
        instants = [month.as_of, month.issued_at, month.answered_at, month.revised_as_of, month.revised_at]
        known = [instant for instant in instants if instant is not None]
        assert known == sorted(known)
    for one in large_read.sample.adjustments:
        assert one.answered_at is None or one.answered_at > one.at
    at = [one.at for one in large_read.sample.adjustments]
    received = [upload.received_at for upload in large_read.sample.uploads]
    assert (at, received) == (sorted(at), sorted(received))
