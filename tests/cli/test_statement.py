"""The example's month as it is typed: statement, explain, bundle, verify."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HANDFAST = str(Path(sys.executable).parent / "handfast")
SUPPORT = Path(__file__).parents[2] / "examples" / "support"
MONTH = ("--period", "2026-03", "--as-of", "2026-04-05T12:00:00Z")
RECORDS = ("tickets=tickets.csv", "calls=calls.csv")
AGREED = ("--reported", "reported.yaml", "--adjustments", "adjustments.yaml")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for path in SUPPORT.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
    return tmp_path


def handfast(desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([HANDFAST, *words], cwd=desk, capture_output=True, text=True, check=False)


def stated(desk: Path, *more: str) -> dict[str, object]:
    ended = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--json", *more)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def test_the_statement_opens_with_what_is_owed_and_ends_with_its_name(desk: Path) -> None:
    ended = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[1].startswith(
        "1 of 7 levels missed, 5 below expected. Danube Care owes 12,378.00 CAD, 3.00 %"
    )
    assert f"SHA-256 {json.loads((desk / 's.json').read_text())['name']}" in lines
    assert "\x1b" not in ended.stdout


def test_both_engines_name_the_same_body(desk: Path) -> None:
    assert stated(desk)["name"] == stated(desk, "--engine", "reference")["name"]


def test_a_bundle_verifies_where_nothing_else_is(
    desk: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    made = handfast(desk, "bundle", "s.json", "--out", str(elsewhere / "march"))
    assert made.returncode == 0, made.stderr
    shutil.rmtree(desk)
    for engine in ("duckdb", "reference"):
        ended = handfast(elsewhere, "verify", "march", "--engine", engine)
        assert (ended.returncode, ended.stdout.split()[0]) == (0, "identical:")
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=elsewhere / "march", check=False)
    assert sums.returncode == 0


def test_a_changed_record_is_found_and_named_by_verify(desk: Path) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    handfast(desk, "bundle", "s.json", "--out", "march")
    records = desk / "march" / "records" / "tickets.csv"
    text = records.read_text()
    assert text.count('"P2"') > 1
    records.write_text(text.replace('"P2"', '"P3"'))
    ended = handfast(desk, "verify", "march", "--json")
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["identical"]) == (1, False)
    assert "inputs.records.tickets" in [difference["path"] for difference in told["differences"]]


def test_a_changed_figure_is_refused_by_the_statements_name(desk: Path) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    path = desk / "s.json"
    path.write_text(path.read_text().replace('"12378.00"', '"1.00"'))
    ended = handfast(desk, "verify", "s.json")
    assert ended.returncode == 2
    assert "it was changed" in ended.stderr


def test_a_record_explains_itself_to_the_second(desk: Path) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    ended = handfast(desk, "explain", "s.json", "--level", "resolution_p2", "--record", "LUM-1475", "--json")
    told = json.loads(ended.stdout)[0]
    assert sum(int(segment["counts_us"]) for segment in told["segments"]) == int(told["elapsed_us"])
    assert int(told["elapsed_us"]) == (20 * 3600 + 49 * 60 + 6) * 1_000_000
    assert "A-3 revoked the pause, 5.1" in [segment["why"] for segment in told["segments"]]


def test_a_level_lists_as_many_records_as_it_counts(desk: Path) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    told = json.loads(handfast(desk, "explain", "s.json", "--level", "resolution_p2", "--json").stdout)
    counted = [row for row in told["records"] if row["excluded"] is None]
    assert len(counted) == told["level"]["n"]
    target = 16 * 3600 * 1_000_000
    assert sum(int(row["elapsed_us"]) <= target for row in counted) == int(told["level"]["numerator"])


def test_explain_refuses_inputs_that_changed_since(desk: Path) -> None:
    handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED, "--out", "s.json")
    tickets = desk / "tickets.csv"
    tickets.write_text(tickets.read_text().replace(",P3,", ",P2,"))
    ended = handfast(desk, "explain", "s.json")
    assert ended.returncode == 2
    assert "no longer what the statement was computed from: records" in ended.stderr


def test_the_annex_is_compiled_once_and_then_decides(desk: Path) -> None:
    (desk / "terms.annex.json").unlink()
    first = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH)
    assert "compiled the calendars once into terms.annex.json" in first.stderr
    second = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH)
    assert (second.stderr, second.stdout) == ("", first.stdout)
    terms = desk / "terms.yaml"
    terms.write_text(terms.read_text().replace('"08:00-20:00"', '"08:00-21:00"'))
    refused = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH)
    assert (refused.returncode, "working_hours" in refused.stderr) == (2, True)
    assert handfast(desk, "annex", "terms.yaml").returncode == 2
    assert handfast(desk, "annex", "terms.yaml", "--replace").returncode == 0
    assert handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH).returncode == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("tickets.csv", *MONTH),
            "which-source",
            "write SOURCE=FILE, where SOURCE is one of: tickets, calls",
        ),
        (("tickets=nowhere.csv", *MONTH), "cannot-read", "nowhere.csv: there is no such file"),
        (
            ("tickets=tickets.csv", *MONTH),
            "evidence-missing",
            "no interval totals were given for the source 'calls'",
        ),
        ((*RECORDS, "--period", "2026-13", *MONTH[2:]), "no-such-period", "there is no such month"),
        ((*RECORDS, "--period", "March", *MONTH[2:]), "no-such-period", "write a month as 2012-04"),
        (
            (*RECORDS, "--period", "2028-01", *MONTH[2:]),
            "no-such-period",
            "in force from 2026-01-01 to 2027-01-01",
        ),
        (
            (*RECORDS, *MONTH[:2], "--as-of", "2026-04-05"),
            "wrong-instant",
            "write an instant with its offset",
        ),
        ((*RECORDS, *MONTH, "--engine", "abacus"), "no-such-engine", "there is no engine 'abacus'"),
        ((*RECORDS, *MONTH, "--out", "nowhere/s.json"), "cannot-write", "there is no folder"),
        ((*RECORDS, *MONTH, "--adjustments", "calls.csv"), "document-refused", "calls.csv"),
    ],
)
def test_wrong_input_is_refused_in_words_and_leaves_nothing(
    desk: Path, words: tuple[str, ...], code: str, said: str
) -> None:
    before = sorted(path.name for path in desk.iterdir())
    ended = handfast(desk, "statement", "terms.yaml", *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"refused ({code}): ")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(path.name for path in desk.iterdir()) == before


def test_a_value_reported_by_the_other_side_is_refused(desk: Path) -> None:
    reported = desk / "reported.yaml"
    reported.write_text(reported.read_text().replace("by: provider", "by: client"))
    ended = handfast(desk, "statement", "terms.yaml", *RECORDS, *MONTH, *AGREED)
    assert (ended.returncode, "refused (wrong-reporter)" in ended.stderr) == (2, True)


@pytest.mark.parametrize("text", ["[]", "{}", '{"body": {}, "name": "x"}', "[" * 100_000, "\x00", "\udcff"])
def test_a_file_that_is_no_statement_is_refused(desk: Path, text: str) -> None:
    (desk / "s.json").write_bytes(text.encode(errors="surrogateescape"))
    for verb in ("verify", "explain"):
        ended = handfast(desk, verb, "s.json")
        assert ended.returncode == 2
        assert ended.stderr.startswith(
            ("refused (statement-refused): s.json", "refused (cannot-read): s.json")
        )
