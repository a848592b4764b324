"""Runs the checks and tests in parts, times each part, and tells what was skipped and why."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OURS = {"HANDFAST_MODE": "test"}  # no check looks at the installation of whoever runs it
REPORTS = ROOT / "var" / "test"
ROOMS = (
    "foundation",
    "people",
    "engagement",
    "evidence",
    "records",
    "governance",
    "surveys",
    "contract",
    "transition",
    "learning",
    "readiness",
    "operate",
    "packs",
    "journeys",
)


def _pytest(report: str, rest: str) -> str:
    """The command of a part that runs tests; each part writes its own report."""
    return f"pytest --junit-xml={REPORTS.relative_to(ROOT)}/{report}.xml {rest}"


def _on_both_databases() -> str:
    """Where the tests stand that speak to a database."""
    rooms = [f"tests/{room}" for room in ROOMS if (ROOT / "tests" / room).is_dir()]
    hostile = [
        "tests/hostile/test_gone.py",
        "tests/hostile/test_text_everywhere.py",
    ]  # what a database can refuse
    return " ".join(
        ["tests/settings", *rooms, *hostile, "tests/api", "tests/architecture/test_access_matrix.py"]
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the run: its commands, and the seconds it should stay under on two cores."""

    name: str
    budget_seconds: int
    commands: tuple[str, ...]

    @property
    def limit_seconds(self) -> int:
        """When a command of this part is stopped: it hangs, since even a slow machine would be done."""
        return 300 + 4 * self.budget_seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went."""

    part: Part
    seconds: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What pytest's own report says; the reasons are counted."""

    passed: int
    failed: int
    skipped: int
    reasons: dict[str, int]


PARTS = (
    Part("lint", 10, ("ruff check .", "ruff format --check .")),
    Part("types", 120, ("mypy",)),
    Part("contracts", 20, ("lint-imports --no-logo",)),
    Part("deps", 10, ("deptry src",)),
    Part("docs", 15, ("python -m tools.docs --check",)),
    Part("frontend", 60, ("sh tools/frontend.sh",)),
    Part("tests", 500, (_pytest("tests", "-n 2 --ignore=tests/browser"),)),
    Part(
        "tests-postgresql",
        350,
        (f"python -m tools.postgres {_pytest('postgresql', '-n 2')} {_on_both_databases()}",),
    ),
    Part("browser", 180, (_pytest("browser", "-n 2 tests/browser"),)),
)
ON_DEMAND = (
    Part("house", 60, (_pytest("house", "tests/architecture"),)),
    Part("soak", 3600, (_pytest("soak", "-m soak"),)),
    Part(
        "soak-postgresql",
        3600,
        (f"python -m tools.postgres {_pytest('soak-postgresql', '-m soak')} {_on_both_databases()}",),
    ),
)


def run(part: Part) -> Outcome:
    """Run every command of a part, also after one has failed."""
    print(f"\n── {part.name}", flush=True)
    started = time.monotonic()
    is_passed = True
    for command in part.commands:
        is_passed = _ended_well(command, part.limit_seconds) and is_passed
    return Outcome(part, round(time.monotonic() - started), is_passed)


def _ended_well(command: str, limit_seconds: int) -> bool:
    """Run one command; one that hangs is stopped with all that it has started."""
    program, *rest = shlex.split(command)
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    environ = {**os.environ, **OURS, "PATH": path}
    found = shutil.which(program, path=path) or program
    running = subprocess.Popen([found, *rest], cwd=ROOT, env=environ, start_new_session=True)
    try:
        return running.wait(limit_seconds) == 0
    except subprocess.TimeoutExpired:
        print(f"stopped after {limit_seconds} seconds: {command}", flush=True)
        return False
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def tally_of(*reports: Path) -> Tally:
    """Read pytest's reports; an absent report counts as one failure, since nothing is known."""
    passed, failed, reasons = 0, 0, Counter[str]()
    for report in reports:
        if not report.exists():
            failed += 1
            continue
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - written by our own pytest a moment ago
            if (skipped := case.find("skipped")) is not None:
                reasons[skipped.get("message", "no reason given")] += 1
            elif case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            else:
                passed += 1
    return Tally(passed, failed, reasons.total(), dict(reasons))


def reports_of(parts: list[Part]) -> list[Path]:
    """The reports that these parts write."""
    commands = [command for part in parts for command in part.commands]
    return [ROOT / found for command in commands for found in re.findall(r"--junit-xml=(\S+)", command)]


def table(outcomes: list[Outcome]) -> str:
    """The parts with their seconds against their budget."""
    lines = [f"{'part':<18}{'seconds':>8}{'budget':>8}  result"]
    for outcome in outcomes:
        late = " (over budget)" if outcome.seconds > outcome.part.budget_seconds else ""
        result = ("passed" if outcome.is_passed else "FAILED") + late
        lines.append(f"{outcome.part.name:<18}{outcome.seconds:>8}{outcome.part.budget_seconds:>8}  {result}")
    lines.append(f"{'all':<18}{sum(outcome.seconds for outcome in outcomes):>8}")
    return "\n".join(lines)


def ending(tally: Tally) -> str:
    """The reasons of the skips, and the one line that machines read."""
    lines = [f"skipped {count} x {reason}" for reason, count in sorted(tally.reasons.items())]
    lines.append(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    return "\n".join(lines)


def main(wanted: list[str]) -> int:
    """Run the parts named, or all that belong to every change."""
    known = {part.name: part for part in (*PARTS, *ON_DEMAND)}
    if unknown := [name for name in wanted if name not in known]:
        print(f"unknown part: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    parts = [known[name] for name in wanted] or list(PARTS)
    reports = reports_of(parts)
    REPORTS.mkdir(parents=True, exist_ok=True)
    for report in reports:
        report.unlink(missing_ok=True)
    outcomes = [run(part) for part in parts]
    print(f"\n{table(outcomes)}\n")
    if reports:
        print(ending(tally_of(*reports)), flush=True)
    return 0 if all(outcome.is_passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
