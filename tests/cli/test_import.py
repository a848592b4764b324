"""`handfast import` and `handfast presets` as a person meets them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TERMS = """
sources:
  tickets:
    kind: events
    record: id
    at: {column: at, zone: Europe/Amsterdam}
    event: event
other: {left: alone}
"""
EXPORT = "id,at,event\nA,2026-03-02T09:00,New\nA,2026-03-02T10:00,Closed\n,2026-03-02T10:00,Closed\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "terms.yaml").write_text(TERMS)
    (tmp_path / "march.csv").write_text(EXPORT)
    return tmp_path


def handfast(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from handfast.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **settings}, check=False, capture_output=True, text=True
    )


def test_report_is_plain_text_when_piped(folder: Path) -> None:
    done = handfast(folder, "import", "terms.yaml", "march.csv")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for expected in ("rows read 3", "dropped 1: no record id (row 4)", "events kept 2", "records 1"):
        assert expected in lines
    assert "\x1b" not in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["march.csv", "terms.yaml"]


def test_written_file_has_the_digest_that_the_report_names(folder: Path) -> None:
    done = handfast(folder, "import", "terms.yaml", "march.csv", "--out", "records", "--json")
    found = json.loads(done.stdout)
    written = (folder / "records" / "tickets.csv").read_bytes()
    assert hashlib.sha256(written).hexdigest() == found["standing"]["digest"] == found["imports"][0]["digest"]
    assert found["imports"][0]["file_sha256"] == hashlib.sha256(EXPORT.encode()).hexdigest()


def test_zone_locale_threads_and_hash_seed_of_the_machine_change_nothing(folder: Path) -> None:
    command = ("import", "terms.yaml", "march.csv", "--json")
    here = handfast(folder, *command).stdout
    settings = {"TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"}
    assert handfast(folder, *command, **settings).stdout == here
    assert '"digest"' in here


def test_folder_that_cannot_be_made_is_refused(folder: Path) -> None:
    done = handfast(folder, "import", "terms.yaml", "march.csv", "--out", "march.csv")
    assert done.returncode == 2
    assert "refused (cannot-write): march.csv" in done.stderr


def test_later_file_replaces_the_records_it_holds(folder: Path) -> None:
    (folder / "april.csv").write_text("id,at,event\nA,2026-03-02T11:00,New\nB,2026-04-01T09:00,New\n")
    done = handfast(folder, "import", "terms.yaml", "march.csv", "april.csv", "--out", ".")
    assert "standing: 2 rows" in done.stdout
    text = (folder / "tickets.csv").read_text()
    assert [line.split(",")[0] for line in text.splitlines()] == ['"record"', '"A"', '"B"']


def test_future_stamps_are_counted_from_the_receipt(folder: Path) -> None:
    done = handfast(folder, "import", "terms.yaml", "march.csv", "--received-at", "2026-02-01T00:00:00Z")
    assert "2 stamps later than a day after receipt, kept (row 2, 3)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("march.csv", "--source", "ticket"),
            "refused (source-unknown): terms.yaml: no source 'ticket'; did you mean 'tickets'?",
        ),
        (("april.csv",), "refused (file-unreadable): april.csv"),
        (("terms.yaml",), "refused (columns-missing): terms.yaml, row 1"),
    ],
)
def test_refusal_ends_with_two_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = handfast(folder, "import", "terms.yaml", *arguments, "--out", "records")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (folder / "records").exists()


def test_presets_are_listed_and_printed_to_paste(folder: Path) -> None:
    listed = handfast(folder, "presets").stdout
    assert "zendesk" in listed
    printed = handfast(folder, "presets", "zendesk").stdout
    (folder / "mine.yaml").write_text(printed)
    (folder / "export.csv").write_text(
        "Ticket ID,Created at,First reply at,Solved at,Priority,Satisfaction score\n1,2026-03-02 08:00:00,,,Low,\n"
    )
    assert handfast(folder, "import", "mine.yaml", "export.csv").returncode == 0


def test_unknown_preset_is_refused(folder: Path) -> None:
    done = handfast(folder, "presets", "zendex")
    assert (done.returncode, done.stdout) == (2, "")
    assert "refused (preset-unknown)" in done.stderr


CLOCKED = (
    TERMS.replace("other: {left: alone}\n", "")
    + """
agreement: Desk
zone: Europe/Amsterdam
effective: {from: 2026-01-01, to: 2027-01-01}
calendars: {always: {zone: Europe/Amsterdam, hours: {mon-sun: ["00:00-24:00"]}}}
clocks:
  resolution: {source: tickets, calendar: always, start: New, stop: Closed, reopening: continue}
measures:
  time: {kind: mean, clock: resolution, counted_by: stop, unfinished: left out, rounding: {digits: 2, mode: half up}}
levels:
  time: {name: Time, measure: time, expected: 4h, better: lower}
"""
)


def test_whole_terms_say_which_records_hang_on_ties_and_which_never_ended(folder: Path) -> None:
    (folder / "terms.yaml").write_text(CLOCKED)
    tied = "B,2026-03-02T09:00,Reopened\nB,2026-03-02T09:00,Closed\nB,2026-03-02T08:00,New\nC,2026-03-02T08:00,New\n"
    (folder / "march.csv").write_text(EXPORT + tied)
    done = handfast(folder, "import", "terms.yaml", "march.csv", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["imports"][0]
    # B: closed after reopened by the stated order, reopened after closed by its reverse; C: new and nothing more.
    assert (report["ties_that_matter"], report["never_ended"]) == ({"resolution": 1}, {"resolution": 1})
