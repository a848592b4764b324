"""What comes from the other side is only read, and only where it may be."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.factories.desks import handfast, stated_in

from handfast.kernel.servicelevels.canonical import name_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERBS = (("verify", "s.json"), ("explain", "s.json"), ("bundle", "s.json", "--out", "made"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = stated_in(tmp_path_factory.mktemp("made"))
    assert handfast(folder, "bundle", "s.json", "--out", "march").code == 0
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "desk")


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """The statement with something changed and its name made to fit, as a forger would."""
    plain = json.loads(path.read_text())
    change(plain)
    plain["name"] = name_of(plain["body"])
    path.write_text(json.dumps(plain))


@pytest.mark.parametrize("words", VERBS)
def test_a_missing_annex_is_refused_and_never_compiled(desk: Path, words: tuple[str, ...]) -> None:
    (desk / "terms.annex.json").unlink()
    before = sorted(path.name for path in desk.iterdir())
    ended = handfast(desk, *words)
    assert (ended.code, ended.err[:27]) == (2, "refused (statement-refused)")
    assert sorted(path.name for path in desk.iterdir()) == before


def test_a_bundle_whose_terms_changed_is_never_told_to_replace_its_annex(desk: Path) -> None:
    terms = desk / "march" / "terms.yaml"
    terms.write_text(terms.read_text().replace('"08:00-20:00"', '"08:00-21:00"'))
    ended = handfast(desk, "verify", "march")
    assert (ended.code, "--replace" in ended.err) == (2, False)
    assert "never replaced" in ended.err


@pytest.mark.parametrize("name", ["terms.yaml", "annex.json", "records/tickets.csv", "statement.json"])
def test_a_link_that_leads_out_of_a_bundle_is_refused(desk: Path, name: str) -> None:
    inside = desk / "march" / name
    outside = desk / "outside"
    shutil.move(inside, outside)
    inside.symlink_to(outside)
    ended = handfast(desk, "verify", "march")
    assert (ended.code, "leads out of the bundle" in ended.err) == (2, True)


def test_records_that_are_linked_out_of_a_bundle_as_a_folder_are_refused(desk: Path) -> None:
    shutil.move(desk / "march" / "records", desk / "elsewhere")
    (desk / "march" / "records").symlink_to(desk / "elsewhere")
    assert "leads out of the bundle" in handfast(desk, "explain", "march").err


def test_a_link_to_itself_is_refused(desk: Path) -> None:
    terms = desk / "march" / "terms.yaml"
    terms.unlink()
    terms.symlink_to(terms)
    assert handfast(desk, "verify", "march").err.startswith("refused (statement-refused)")


def test_a_bundle_reads_its_own_files_whatever_its_envelope_says(desk: Path) -> None:
    path = desk / "march" / "statement.json"
    changed(path, lambda plain: plain["envelope"]["made_from"].update(terms="/dev/zero"))
    assert handfast(desk, "verify", "march").code == 0


def test_adjustments_taken_out_of_a_bundle_or_put_in_are_found_by_verify(desk: Path) -> None:
    adjustments = desk / "march" / "adjustments.yaml"
    shutil.move(adjustments, desk / "kept")
    assert "inputs.adjustments" in handfast(desk, "verify", "march").out
    changed(
        desk / "march" / "statement.json",
        lambda plain: plain["body"]["inputs"].update(adjustments=None),
    )
    shutil.move(desk / "kept", adjustments)
    ended = handfast(desk, "verify", "march")
    assert (ended.code, "inputs.adjustments: stated null" in ended.out) == (1, True)


def test_a_statement_made_from_a_pipe_is_refused_before_it_is_opened(desk: Path) -> None:
    (desk / "terms.yaml").unlink()
    os.mkfifo(desk / "terms.yaml")
    assert "is no regular file" in handfast(desk, "verify", "s.json").err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda p: p["body"]["period"].update(name=202603), "body.period.name"),
        (lambda p: p["body"].update(as_of=None), "body.as_of"),
        (lambda p: p["body"].update(levels={}), "body.levels"),
        (lambda p: p["body"].update(statement="handfast 9"), "body.statement"),
        (lambda p: p["body"]["inputs"]["records"].update({"../x": "0" * 64}), "is no id"),
        (lambda p: p["envelope"]["made_from"].update(terms="terms\0.yaml"), "envelope.made_from.terms"),
        (lambda p: p["envelope"]["made_from"].update(terms=""), "envelope.made_from.terms"),
        (lambda p: p["envelope"]["made_from"].update(records=[["tickets"]]), "envelope.made_from.records"),
        (lambda p: p["envelope"]["made_from"].update(terms="/etc/passwd"), "whole and some are not"),
        (lambda p: p["envelope"]["made_from"]["records"].append(["mail", "calls.csv"]), "the source 'mail'"),
        (lambda p: p["envelope"]["made_from"].update(annex="."), "is no regular file"),
        (lambda p: p["envelope"].update(imports=[{"file": "x"}]), "envelope.imports"),
        (lambda p: p.update(more=1), "more: Extra inputs"),
    ],
)
def test_a_statement_that_is_not_of_its_shape_is_refused_by_the_place(
    desk: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    changed(desk / "s.json", change)
    for verb in ("verify", "explain"):
        ended = handfast(desk, verb, "s.json")
        assert (ended.code, ended.out, ended.err[:27]) == (2, "", "refused (statement-refused)")
        assert said in ended.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"name":', '"name": 1, "name":', "stands twice"),
        ('"host":', '"x": NaN, "host":', "is no whole number"),
        ('"host":', '"x": 1.5, "host":', "is no whole number"),
        ('"host":', '"x": 1' + "0" * 9000 + ', "host":', "larger than JSON carries"),
        ('"host":', '"x": ' + "[" * 50 + "]" * 50 + ', "host":', "nested deeper than 40"),
        ('"host":', '"x": "\\ud800", "host":', "surrogates not allowed"),
    ],
)
def test_json_that_two_readers_read_in_two_ways_is_refused(desk: Path, old: str, new: str, said: str) -> None:
    path = desk / "s.json"
    path.write_text(path.read_text().replace(old, new, 1))
    ended = handfast(desk, "verify", "s.json")
    assert (ended.code, ended.err[:27]) == (2, "refused (statement-refused)")
    assert said in ended.err


def test_a_statement_of_more_than_64_megabytes_is_not_read_to_its_end(desk: Path) -> None:
    with (desk / "s.json").open("r+b") as file:
        file.truncate(2**34)
    ended = handfast(desk, "verify", "s.json")
    assert (ended.code, "more than 67,108,864 bytes" in ended.err) == (2, True)


def test_a_figure_changed_with_its_name_is_not_explained(desk: Path) -> None:
    changed(desk / "s.json", lambda plain: plain["body"]["levels"][0].update(verdict="missed"))
    for more in ((), ("--level", "resolution_p2"), ("--record", "LUM-1475"), ("--json",)):
        ended = handfast(desk, "explain", "s.json", *more)
        assert (ended.code, ended.out) == (2, "")
        assert "the first difference: levels[0].verdict: stated" in ended.err
