"""Runs benchmarks, each in a process of its own, and writes what they print to docs/reference/benchmarks.md.

`python -m tools.bench` runs all that end within minutes; named ones run alone. What is not run stays as it stands.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
LIBRARIES = ("duckdb", "numpy", "ortools", "pyarrow")
LONG = ("levelling",)
HEAD = (
    "# Benchmarks\n\nMedians, made by `make bench`; `make bench ONLY=pages` runs one of them, and "
    "`make bench ONLY=levelling`, which takes about half an hour, only runs when it is named."
)
PART = "\n\n## "


def machine() -> str:
    """Processor, cores and memory in one line."""
    known = Path("/proc/cpuinfo")
    models = (
        [line for line in known.read_text().splitlines() if line.startswith("model name")]
        if known.exists()
        else []
    )
    model = models[0].split(":", 1)[1].strip() if models else platform.machine()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**3
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {gigabytes} GB, {platform.system()}"


def measured(name: str) -> str:
    """What one benchmark prints, with the most memory it held; its faults stop the run."""
    with subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.bench_{name}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        printed = running.stdout.read() if running.stdout else ""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"benchmarks/bench_{name}.py ended with {running.returncode}")
    return f"{printed.strip()}\n\nMost memory held: {used.ru_maxrss // 1024:,} MB."


def parts_of(text: str) -> dict[str, str]:
    """The parts of the page by their names."""
    found = (part.partition("\n") for part in text.split(PART)[1:])
    return {title.strip().lower(): said.strip() for title, _, said in found}


def page_of(parts: dict[str, str]) -> str:
    """The page of these parts, in the order of their names."""
    told = (f"{PART}{name.capitalize()}\n\n{parts[name]}" for name in sorted(parts))
    return "".join([HEAD, *told]) + "\n"


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all but the long ones. 2 where one is unknown."""
    known = sorted(path.stem.removeprefix("bench_") for path in (ROOT / "benchmarks").glob("bench_*.py"))
    if unknown := sorted(set(wanted) - set(known)):
        print(f"no such benchmark: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    releases = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    under = f"{datetime.now(UTC):%Y-%m-%d}; {machine()}; Python {platform.python_version()}, {releases}."
    parts = parts_of(PAGE.read_text("utf-8")) if PAGE.exists() else {}
    for name in wanted or [one for one in known if one not in LONG]:
        parts[name] = f"{under}\n\n{measured(name)}"
        print(f"{PART}{name}\n\n{parts[name]}", flush=True)
        PAGE.write_text(page_of({one: parts[one] for one in parts if one in known}), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
