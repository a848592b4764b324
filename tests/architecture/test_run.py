"""The test run tells the truth: what passed, failed and was skipped, part by part."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.house.tree import texts
from tools.test import PARTS, ROOT, Outcome, Part, Tally, ending, main, reports_of, run, table, tally_of

if TYPE_CHECKING:
    import pytest

REPORT = """<testsuites><testsuite>
<testcase name="a"/>
<testcase name="b"><failure message="no"/></testcase>
<testcase name="c"><error message="no"/></testcase>
<testcase name="d"><skipped message="the logs are not here"/></testcase>
<testcase name="e"><skipped message="the logs are not here"/></testcase>
</testsuite></testsuites>"""


def test_tally_counts_errors_as_failures_and_gathers_the_reasons(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(REPORT)
    assert tally_of(tmp_path / "junit.xml") == Tally(1, 2, 2, {"the logs are not here": 2})


def test_reports_of_several_parts_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(REPORT)
    (tmp_path / "two.xml").write_text(REPORT)
    reports = [tmp_path / name for name in ("one.xml", "two.xml", "absent.xml")]
    assert tally_of(*reports) == Tally(2, 5, 4, {"the logs are not here": 4})


def test_every_part_that_runs_tests_writes_a_report_of_its_own() -> None:
    reports = reports_of(list(PARTS))
    assert len(set(reports)) == len(reports) == sum("pytest" in " ".join(part.commands) for part in PARTS)


def test_absent_report_counts_as_a_failure(tmp_path: Path) -> None:
    assert tally_of(tmp_path / "junit.xml").failed == 1


def test_last_line_is_the_plain_count() -> None:
    lines = ending(Tally(7, 1, 2, {"the logs are not here": 2})).splitlines()
    assert lines == ["skipped 2 x the logs are not here", "7 passed, 1 failed, 2 skipped"]


def test_table_names_the_part_that_failed_and_the_part_that_is_late() -> None:
    shown = table(
        [Outcome(Part("lint", 10, ()), 3, False), Outcome(Part("types", 10, ()), 11, True)]
    ).splitlines()
    assert shown[1].split() == ["lint", "3", "10", "FAILED"]
    assert shown[2].split() == ["types", "11", "10", "passed", "(over", "budget)"]
    assert shown[3].split() == ["all", "14"]


def test_part_fails_when_any_of_its_commands_fails() -> None:
    assert run(Part("good", 1, ("python -c pass", "python -c pass"))).is_passed
    assert not run(Part("bad", 1, ("python -c exit(1)", "python -c pass"))).is_passed


def test_part_that_hangs_is_stopped_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run(Part("hanging", -75, ("python -c 'import time; time.sleep(60)'",))).is_passed
    assert "stopped after 0 seconds" in capsys.readouterr().out


def test_part_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    kept = tmp_path / "pid"
    assert not run(Part("hanging", -74, (f"sh -c 'sleep 60 & echo $! >{kept}; wait'",))).is_passed
    state = Path(f"/proc/{kept.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_unknown_part_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def environment(path: str, level: str = "test") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "tools/environment.sh", level],
        cwd=ROOT,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def linked(folder: Path, names: dict[str, str]) -> str:
    """A folder for PATH that holds only these programs, the rest being absent."""
    for name, text in names.items():
        program = folder / name
        program.write_text(text)
        program.chmod(0o755)
    (folder / "dirname").symlink_to("/usr/bin/dirname")
    return str(folder)


REAL = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
OLD = '#!/bin/sh\n[ "$1" = -V ] && { echo Python 3.9.2; exit 0; }\nexit 1\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexit 0\n'


def test_missing_python_is_named(tmp_path: Path) -> None:
    assert environment(linked(tmp_path, {})).stderr.startswith("Missing: python3 (")


def test_python_that_is_too_old_is_named_with_its_version(tmp_path: Path) -> None:
    ended = environment(linked(tmp_path, {"python3": OLD}))
    assert (ended.returncode, "3.11 or newer; python3 is Python 3.9.2" in ended.stderr) == (1, True)


def test_missing_venv_is_named_with_its_package(tmp_path: Path) -> None:
    assert "python3-venv" in environment(linked(tmp_path, {"python3": WITHOUT_VENV})).stderr


def test_missing_git_and_zdump_are_named_with_their_packages(tmp_path: Path) -> None:
    path = linked(tmp_path, {"python3": REAL})
    assert "apt-get install git" in environment(path).stderr
    (tmp_path / "git").symlink_to("/usr/bin/git")
    assert "apt-get install libc-bin" in environment(path).stderr


def test_missing_browser_and_server_are_named_with_their_packages(tmp_path: Path) -> None:
    path = linked(tmp_path, {"python3": REAL, "git": "", "zdump": ""})
    assert "apt-get install chromium" in environment(path).stderr
    (tmp_path / "chromium").symlink_to("/bin/true")
    assert "apt-get install postgresql" in environment(path).stderr


def test_every_make_target_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name for _, text in texts(".md") for name in re.findall(r"(?:`|^)make (\w+)", text, re.MULTILINE)
    }
    assert {"run", "test", "check", "fix", "bench", "docs", "lock", "soak", "clean"} <= targets
    assert named <= targets
