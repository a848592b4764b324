"""Explain leads from a level to its rows, and says of a record why it counts as it does."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.factories.desks import STATEMENT, desk_in, handfast, stated_in

from handfast.cli.bundle import inputs_of
from handfast.cli.record_story import explain_record
from handfast.cli.statement_files import StatementRefused
from handfast.kernel.servicelevels.engines import open_engine

if TYPE_CHECKING:
    from pathlib import Path

OF_RECORDS = ("first_response_p1", "first_response", "resolution_p1", "resolution_p2", "not_reopened")
AMENDED = """
amendments:
  - from: 2026-03-16
    name: Quicker responses
    change: {measures: {first_response: {target: 10m}}}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stated_in(tmp_path_factory.mktemp("explained"))


def level_told(desk: Path, level: str) -> Any:
    return handfast(desk, "explain", "s.json", "--level", level, "--json").told


def places_told(desk: Path, record: str, *more: str) -> dict[str, str]:
    """What is said of a record, by level."""
    told = handfast(desk, "explain", "s.json", "--record", record, "--json", *more).told
    return {level["id"]: level["said"] for story in told for level in story["levels"]}


@pytest.mark.parametrize("level", OF_RECORDS)
def test_the_outcomes_of_a_levels_records_add_up_to_its_figure(desk: Path, level: str) -> None:
    told = level_told(desk, level)
    outcomes = [row["outcome"] for row in told["records"]]
    stated = told["level"]
    assert outcomes.count("met") == int(stated["numerator"])
    assert outcomes.count("met") + outcomes.count("missed") == stated["n"]
    assert outcomes.count("left out") == stated["left_out"]
    assert outcomes.count("excluded") == sum(stated["excluded"].values())
    assert len(outcomes) > 0


def test_the_rows_of_interval_totals_add_up_to_the_figure_the_worst_first(desk: Path) -> None:
    told = level_told(desk, "answered_in_time")
    rows, stated = told["intervals"], told["level"]
    assert len(rows) == stated["n"]
    assert sum(Decimal(row["of"]) for row in rows) == int(stated["numerator"])
    assert sum(Decimal(row["to"]) for row in rows) == int(stated["denominator"])
    ratios = [Decimal(row["of"]) / Decimal(row["to"]) for row in rows if Decimal(row["to"]) > 0]
    assert ratios == sorted(ratios)
    assert told["records"] == []


def test_a_share_of_intervals_lists_whole_intervals_that_are_met_missed_or_left_out(tmp_path: Path) -> None:
    terms = desk_in(tmp_path) / "terms.yaml"
    old = "kind: ratio of sums\n    source: calls\n    of: in_time\n    to: offered\n"
    new = old.replace("ratio of sums", "share of intervals") + "    target: 80 %\n"
    assert old in terms.read_text()
    terms.write_text(terms.read_text().replace(old, new))
    assert handfast(tmp_path, *STATEMENT, "--out", "s.json").code == 0
    told = level_told(tmp_path, "answered_in_time")
    outcomes = [row["outcome"] for row in told["intervals"]]
    assert outcomes.count("met") == int(told["level"]["numerator"])
    assert outcomes.count("met") + outcomes.count("missed") == told["level"]["n"]
    ended = handfast(tmp_path, "explain", "s.json", "--level", "answered_in_time", "--limit", "999")
    said = [line.split()[-1] for line in ended.out.splitlines()]
    assert said.count("missed") == outcomes.count("missed") > 0
    assert said.count("met") == outcomes.count("met") > 0


def test_a_level_tells_how_many_rows_it_has_when_it_shows_fewer(desk: Path) -> None:
    ended = handfast(desk, "explain", "s.json", "--level", "answered_in_time", "--limit", "3")
    assert "3 of 528 rows, the worst first" in ended.out
    ended = handfast(desk, "explain", "s.json", "--level", "resolution_p2", "--limit", "3")
    assert "3 of 42 records, the longest first" in ended.out


def test_a_record_says_in_each_level_whether_it_counts_and_how(desk: Path) -> None:
    assert places_told(desk, "LUM-1475") == {
        "first_response": "counts, met",
        "resolution_p2": "counts, missed",
        "not_reopened": "counts, met",
    }
    assert places_told(desk, "LUM-1558")["resolution_p2"] == "excluded: duplicate"
    said = handfast(desk, "explain", "s.json", "--record", "LUM-1475").out.splitlines()
    assert said[1] == "First response, P2 and P3: counts, met"


def test_a_record_that_does_not_count_says_why(desk: Path) -> None:
    of_p1 = places_told(desk, "LUM-1475", "--level", "first_response_p1")["first_response_p1"]
    assert of_p1 == ("does not count in 2026-03, because the level counts only records whose priority is P1")
    earlier = places_told(desk, "LUM-1424", "--level", "first_response")["first_response"]
    assert earlier == (
        "does not count in 2026-03, because it started Fri 2026-02-27 16:18:17, and the level counts by start"
    )


def test_a_record_is_explained_under_the_version_that_judges_it(tmp_path: Path) -> None:
    terms = desk_in(tmp_path) / "terms.yaml"
    terms.write_text(terms.read_text() + AMENDED)
    assert handfast(tmp_path, *STATEMENT, "--out", "s.json").code == 0
    ten, hours = 10 * 60 * 1_000_000, 4 * 3600 * 1_000_000
    for record, target in (("LUM-1475", hours), ("LUM-1493", ten)):
        words = ("explain", "s.json", "--level", "first_response", "--record", record, "--json")
        (story,) = handfast(tmp_path, *words).told
        assert story["target_us"] == str(target)
        is_met = int(story["elapsed_us"]) <= target
        assert story["levels"][0]["outcome"] == ("met" if is_met else "missed")


def test_records_are_explained_from_a_bundle_as_from_the_statement(desk: Path) -> None:
    shutil.rmtree(desk / "march", ignore_errors=True)
    assert handfast(desk, "bundle", "s.json", "--out", "march").code == 0
    words = ("--record", "LUM-1475", "--json")
    assert handfast(desk, "explain", "march", *words).out == handfast(desk, "explain", "s.json", *words).out


def test_a_record_that_is_not_there_is_refused(desk: Path) -> None:
    ended = handfast(desk, "explain", "s.json", "--record", "LUM-0")
    assert (ended.code, ended.err[:24]) == (2, "refused (no-such-record)")


def test_a_record_outside_the_annex_is_refused_and_leaves_the_others_alone(tmp_path: Path) -> None:
    tickets = desk_in(tmp_path) / "tickets.csv"
    rows = tickets.read_text().splitlines()
    strays = [
        row.replace("LUM-1475", "LUM-1999").replace("2026-", "1999-") for row in rows if "LUM-1475" in row
    ]
    assert strays
    tickets.write_text("\n".join([*rows, *strays]) + "\n")
    ended = handfast(tmp_path, *STATEMENT, "--out", "s.json")
    assert (ended.code, ended.err) == (0, "")
    assert places_told(tmp_path, "LUM-1475")["resolution_p2"] == "counts, missed"
    ended = handfast(tmp_path, "explain", "s.json", "--record", "LUM-1999")
    assert (ended.code, ended.err[:23]) == (2, "refused (outside-annex)")


def test_levels_that_count_no_records_are_named_as_they_were_asked_for(desk: Path) -> None:
    ended = handfast(desk, "explain", "s.json", "--level", "answered_in_time", "--record", "LUM-1475")
    assert "the level answered_in_time counts no records" in ended.err
    found, _, inputs = inputs_of(desk / "s.json")
    levels = [one for one in found["body"]["levels"] if one["id"] not in OF_RECORDS]
    engine = open_engine("reference", inputs.evidence())
    with pytest.raises(StatementRefused, match="the statement's levels count no records"):
        explain_record(inputs, engine, levels, "LUM-1475", is_one_level=False, as_json=False)
