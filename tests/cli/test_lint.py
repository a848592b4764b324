"""`handfast lint` prints findings as compilers do and ends with 0, 1 or 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handfast.kernel.document import read_document

TABLE = Path(__file__).parents[1] / "kernel/servicelevels/lint_examples.yaml"
CONTENT = read_document(TABLE.read_text("utf-8"), name=TABLE.name).content
CLEAN: str = CONTENT["bases"]["pool"]
HANDFAST = str(Path(sys.executable).parent / "handfast")
ROOT = Path(__file__).parents[2]


def run(*words: str | Path) -> tuple[int, str, str]:
    ended = subprocess.run([HANDFAST, "lint", *map(str, words)], capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.yaml"
    path.write_text(CLEAN)
    return path


def test_clean_terms_end_with_0_and_say_so(terms: Path) -> None:
    assert run(terms) == (0, "", "nothing to mend\n")


def test_warning_is_printed_like_a_compiler_and_ends_with_0(terms: Path) -> None:
    terms.write_text(CLEAN.replace("minimum: 90 %", "minimum: 0 %"))
    line = next(number for number, said in enumerate(CLEAN.splitlines(), start=1) if "minimum: 90 %" in said)
    code, out, err = run(terms)
    assert (code, err) == (0, "0 errors, 1 warning\n")
    assert out == (
        f"{terms}:{line}: warning threshold-never-missed: every value meets minimum 0 % of fast; "
        "write a value that can be missed, or leave it out\n"
    )


def test_error_ends_with_1(terms: Path) -> None:
    terms.write_text(CLEAN.replace("minimum: 90 %", "minimum: 97 %"))
    code, out, _ = run(terms)
    assert code == 1
    assert "error minimum-stricter-than-expected: " in out


def test_terms_that_cannot_be_read_end_with_2(terms: Path) -> None:
    terms.write_text(CLEAN.replace("minimum: 90 %", "minimun: 90 %"))
    code, out, err = run(terms)
    assert (code, out) == (2, "")
    assert "did you mean 'minimum'?" in err
    assert run(terms.with_name("absent.yaml"))[0] == 2


def test_findings_as_json_have_every_part(terms: Path) -> None:
    terms.write_text(CLEAN.replace("minimum: 90 %", "minimum: 97 %"))
    code, out, err = run(terms, "--json")
    (finding,) = json.loads(out)
    assert (code, err) == (1, "")
    assert list(finding) == ["rule", "severity", "file", "line", "path", "message", "hint"]
    assert (finding["rule"], finding["path"]) == ("minimum-stricter-than-expected", "levels.fast.minimum")
    terms.write_text(CLEAN)
    assert run(terms, "--json") == (0, "[]\n", "")


def test_adjustments_are_read_beside_the_terms(terms: Path) -> None:
    agreed = terms.with_name("agreed.yaml")
    agreed.write_text(CONTENT["rules"]["adjustment-type-unknown"]["fails"])
    code, out, _ = run(terms, "--adjustments", agreed)
    assert code == 1
    assert out.startswith(f"{agreed}:2: error adjustment-type-unknown: ")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*/terms.yaml")), ids=lambda path: path.parent.name
)
def test_examples_have_no_error(path: Path) -> None:
    assert run(path)[0] == 0


def test_events_that_the_log_never_holds_are_named_with_a_close_match(tmp_path: Path) -> None:
    support = Path(__file__).parents[2] / "examples" / "support"
    terms = tmp_path / "terms.yaml"
    text = (support / "terms.yaml").read_text()
    assert text.count("stop: In progress") == 2
    terms.write_text(text.replace("stop: In progress", "stop: In progres"))
    words = [HANDFAST, "lint", str(terms), f"tickets={support / 'tickets.csv'}"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    said = [line for line in ended.stdout.splitlines() if "clock-never-runs" in line]
    assert ended.returncode == 1
    assert len(said) == 2
    assert all("'In progress'" in line for line in said)


def test_one_event_of_several_that_the_log_never_holds_is_a_warning(tmp_path: Path) -> None:
    terms = tmp_path / "terms.yaml"
    text = (ROOT / "examples/support/terms.yaml").read_text()
    terms.write_text(text.replace("{waiting for customer: Waiting for customer}", "{customer: Waiting}"))
    code, out, _ = run(terms, f"tickets={ROOT / 'examples/support/tickets.csv'}")
    said = [line for line in out.splitlines() if "event-never-occurs" in line]
    assert code == 0
    assert len(said) == 2
    assert all("the event 'Waiting' never occurs" in line for line in said)
