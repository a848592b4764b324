"""Runs every benchmark in a process of its own and writes what it printed, with machine and date, to docs/reference/benchmarks.md."""

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
LIBRARIES = ("duckdb", "numpy", "pyarrow")


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
        [sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        printed = running.stdout.read() if running.stdout else ""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"benchmarks/{name}.py ended with {running.returncode}")
    return f"{printed.strip()}\n\nMost memory held: {used.ru_maxrss // 1024:,} MB."


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; only a run of all writes the page."""
    names = wanted or sorted(path.stem for path in (ROOT / "benchmarks").glob("bench_*.py"))
    releases = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    parts = [
        "# Benchmarks",
        "Medians, made by `make bench`; `python -m tools.bench NAME` runs one of them.",
        f"{datetime.now(UTC):%Y-%m-%d}; {machine()}; Python {platform.python_version()}, {releases}.",
    ]
    print("\n\n".join(parts), flush=True)
    for name in names:
        parts.append(f"## {name.removeprefix('bench_').replace('_', ' ').capitalize()}\n\n{measured(name)}")
        print(f"\n{parts[-1]}", flush=True)
    if not wanted:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text("\n\n".join(parts) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
