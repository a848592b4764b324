"""The benchmark of a statement's question runs, and answers alike cold, written and warm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def test_small_run_prints_a_line_for_each_query() -> None:
    # The program itself ends with an error where two ways to the same question differ.
    command = [sys.executable, "-m", "benchmarks.bench_statement", "--rows", "20000", "--runs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "20,000 records, 6,000 pauses" in done.stdout
    assert [line.count("|") for line in done.stdout.splitlines()[2:]] == [7] * 7
