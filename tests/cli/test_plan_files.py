"""`handfast plan` reads and writes Microsoft Project XML, says what is lost, and lays a plan beside another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.kernel.scheduling.mspdi_files import DAY, after, file, task
from typer.testing import CliRunner

from handfast.cli.app import app
from handfast.kernel.scheduling.refusals import MspdiRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = Path(__file__).parents[2] / "examples" / "transition.yaml"


def run(*arguments: object) -> str:
    found = CliRunner().invoke(app, ["plan", *map(str, arguments)], catch_exceptions=False)
    assert found.exit_code == 0
    return found.stdout


def dates(path: Path) -> Mapping[str, Any]:
    activities = json.loads(path.read_text("utf-8"))["activities"]
    return {one["id"]: (one["starts"], one["ends"]) for one in activities}


def test_plan_written_as_project_file_reads_as_the_same_dates(tmp_path: Path) -> None:
    said = run(EXAMPLE, "--out", tmp_path / "plan.xml")
    assert "88 durations have a range: the likely one is written" in said
    run(EXAMPLE, "--out", tmp_path / "ours.json")
    run(tmp_path / "plan.xml", "--out", tmp_path / "theirs.json")
    assert dates(tmp_path / "theirs.json") == dates(tmp_path / "ours.json")


def test_project_file_for_one_side_names_nothing_internal_to_the_other(tmp_path: Path) -> None:
    run(EXAMPLE, "--for", "client", "--out", tmp_path / "client.xml")
    run(EXAMPLE, "--out", tmp_path / "all.xml")
    assert "Reserve trainers" in (tmp_path / "all.xml").read_text("utf-8")
    assert "Reserve trainers" not in (tmp_path / "client.xml").read_text("utf-8")


def test_local_times_of_a_foreign_file_are_those_of_the_zone_that_is_named(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.xml"
    theirs.write_text(file(task(1), task(2, DAY, after(9))), "utf-8")
    said = run(theirs, "--zone", "Asia/Tokyo", "--out", tmp_path / "out.json")
    assert dates(tmp_path / "out.json")["t1"] == ("2026-03-01T23:00:00Z", "2026-03-02T08:00:00Z")
    assert "task UID 2: waits for UID 9, which is not in the file" in said


def test_plan_beside_theirs_says_what_each_lacks(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.xml"
    lines = [
        task(1, name="Knowledge transfer"),
        task(2, level=2, name="Record screens"),
        task(3, name="Invoices"),
    ]
    theirs.write_text(file(*lines, task(4, level=2)).replace("transfer 1<", "transfer<"), "utf-8")
    said = run(EXAMPLE, "--merge", theirs)
    assert "theirs: Knowledge transfer; 0 in both" in said
    assert "only theirs t2: Record screens 2" in said
    assert "only ours" in said
    assert "no step for Invoices 3 (1 activities)" in said


def test_unsafe_project_file_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.xml"
    theirs.write_text('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "utf-8")
    with pytest.raises(MspdiRefused, match=r"theirs\.xml: the XML declares a document type"):
        CliRunner().invoke(app, ["plan", str(theirs)], catch_exceptions=False)
