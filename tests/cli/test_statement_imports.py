"""A statement says what its files lost, and names its inputs so that they are found again."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from tests.factories.desks import STATEMENT, desk_in, handfast

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return desk_in(tmp_path)


def with_more(desk: Path, *rows: dict[str, str]) -> int:
    """Rows after the last ticket; the number of the first of them in its file."""
    path = desk / "tickets.csv"
    lines = path.read_text().splitlines()
    names = lines[0].split(",")
    lines += [",".join(row.get(name, "") for name in names) for row in rows]
    path.write_text("\n".join(lines) + "\n")
    return len(lines) - len(rows) + 1


def test_a_row_that_was_dropped_is_told_under_the_statement_and_changes_no_name(desk: Path) -> None:
    whole = handfast(desk, *STATEMENT, "--json").told
    row = with_more(desk, {"ticket": "LUM-9999", "status": "Created", "step": "1"})
    ended = handfast(desk, *STATEMENT, "--out", "s.json")
    said = f"tickets.csv: 1 row dropped: no stamp (row {row})"
    assert ended.out.rstrip().endswith(said)
    made = json.loads((desk / "s.json").read_text())
    assert made["name"] == whole["name"]
    assert made["envelope"]["imports"][0]["dropped"] == {"no stamp": {"rows": 1, "first_rows": [row]}}
    assert said in handfast(desk, "explain", "s.json").out


def test_stamps_of_the_future_and_undecided_ties_are_told_too(desk: Path) -> None:
    at = "2026-12-01T10:00:00+01:00"
    tie = {"ticket": "LUM-9999", "at": at, "status": "Created"}
    with_more(desk, tie, {**tie, "status": "Resolved"})
    said = handfast(desk, *STATEMENT).out.rstrip().splitlines()[-1]
    assert "2 stamps later than a day after receipt, kept (row" in said
    assert said.endswith("1 record with events at one instant that no sequence puts in order")


def test_a_file_that_lost_nothing_is_not_mentioned(desk: Path) -> None:
    ended = handfast(desk, *STATEMENT)
    assert "tickets.csv" not in ended.out
    assert ended.out.rstrip().splitlines()[-1].startswith("made from terms ")


def test_a_bundle_carries_what_its_files_lost(desk: Path) -> None:
    with_more(desk, {"ticket": "LUM-9999", "status": "Created"})
    handfast(desk, *STATEMENT, "--out", "s.json")
    assert handfast(desk, "bundle", "s.json", "--out", "march").code == 0
    assert "tickets.csv: 1 row dropped: no stamp" in handfast(desk, "explain", "march").out


def test_a_printed_statement_verifies_in_whatever_folder_it_is_kept(
    desk: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("kept")
    (elsewhere / "s.json").write_text(handfast(desk, *STATEMENT, "--json").out)
    assert handfast(elsewhere, "verify", "s.json").out.startswith("identical: ")


def test_a_statement_written_into_a_pipe_names_whole_paths_and_the_pipe_stays(desk: Path) -> None:
    pipe = desk / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        os.set_blocking(reader, False)
        ended = handfast(desk, *STATEMENT, "--out", "pipe")
        made = json.loads(os.read(reader, 1 << 20))
    finally:
        os.close(reader)
    assert (ended.code, pipe.is_fifo()) == (0, True)
    assert made["envelope"]["made_from"]["terms"] == str(desk.resolve() / "terms.yaml")


def test_a_statement_written_behind_a_link_verifies_by_the_link_and_by_the_file(desk: Path) -> None:
    (desk / "kept").mkdir()
    (desk / "s.json").symlink_to("kept/march.json")
    assert handfast(desk, *STATEMENT, "--out", "s.json").code == 0
    assert (desk / "s.json").is_symlink()
    for path in ("s.json", "kept/march.json"):
        assert handfast(desk, "verify", path).out.startswith("identical: ")


def test_names_that_look_like_markup_are_shown_as_they_stand(desk: Path) -> None:
    terms = desk / "terms.yaml"
    name = "[red]Calls[/red] [/x] :smile:"
    terms.write_text(terms.read_text().replace("Calls answered in 20 seconds", name))
    ended = handfast(desk, *STATEMENT, "--out", "s.json")
    assert (ended.code, name in ended.out) == (0, True)
    for more in ((), ("--level", "answered_in_time")):
        told = handfast(desk, "explain", "s.json", *more)
        assert (told.code, name in told.out) == (0, True)
