"""Runs the checks and tests in parts, times each part, and tells what was skipped and why."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORT = ROOT / "var" / "test" / "junit.xml"
PYTEST = f"pytest --junit-xml={REPORT.relative_to(ROOT)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the run: its commands, and the seconds it should stay under on two cores."""

    name: str
    budget_seconds: int
    commands: tuple[str, ...]

    @property
    def limit_seconds(self) -> int:
        """When a command of this part is stopped: it hangs, since even a slow machine would be done."""
        return 60 + 3 * self.budget_seconds


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
    Part("types", 90, ("mypy",)),
    Part("contracts", 20, ("lint-imports --no-logo",)),
    Part("deps", 10, ("deptry src",)),
    Part("docs", 15, ("python -m tools.docs --check",)),
    Part("tests", 300, (f"{PYTEST} -n 2",)),
)
ON_DEMAND = (
    Part("house", 60, (f"{PYTEST} tests/architecture",)),
    Part("soak", 3600, (f"{PYTEST} -m soak",)),
)


def run(part: Part) -> Outcome:
    """Run every command of a part, also after one has failed."""
    print(f"\n── {part.name}", flush=True)
    started = time.monotonic()
    is_passed = True
    for command in part.commands:
        program, *rest = shlex.split(command)
        try:
            ended = subprocess.run([BIN / program, *rest], cwd=ROOT, check=False, timeout=part.limit_seconds)
        except subprocess.TimeoutExpired:
            print(f"stopped after {part.limit_seconds} seconds: {command}", flush=True)
            is_passed = False
        else:
            is_passed = is_passed and ended.returncode == 0
    return Outcome(part, round(time.monotonic() - started), is_passed)


def tally_of(report: Path) -> Tally:
    """Read pytest's report; an absent report counts as one failure, since nothing is known."""
    if not report.exists():
        return Tally(0, 1, 0, {})
    cases = list(ET.parse(report).getroot().iter("testcase"))  # noqa: S314 - written by our own pytest a moment ago
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skips = [
        found.get("message", "no reason given")
        for case in cases
        if (found := case.find("skipped")) is not None
    ]
    return Tally(len(cases) - failed - len(skips), failed, len(skips), dict(Counter(skips)))


def table(outcomes: list[Outcome]) -> str:
    """The parts with their seconds against their budget."""
    lines = [f"{'part':<12}{'seconds':>8}{'budget':>8}  result"]
    for outcome in outcomes:
        late = " (over budget)" if outcome.seconds > outcome.part.budget_seconds else ""
        result = ("passed" if outcome.is_passed else "FAILED") + late
        lines.append(f"{outcome.part.name:<12}{outcome.seconds:>8}{outcome.part.budget_seconds:>8}  {result}")
    lines.append(f"{'all':<12}{sum(outcome.seconds for outcome in outcomes):>8}")
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
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.unlink(missing_ok=True)
    parts = [known[name] for name in wanted] or list(PARTS)
    outcomes = [run(part) for part in parts]
    print(f"\n{table(outcomes)}\n")
    if any("pytest" in command for part in parts for command in part.commands):
        print(ending(tally_of(REPORT)), flush=True)
    return 0 if all(outcome.is_passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
