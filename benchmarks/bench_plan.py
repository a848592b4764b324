"""How long the server works on a plan of 1,000 activities: its page, what a move would do, and the move itself."""

from __future__ import annotations

import argparse
import tempfile

from benchmarks.bench_pages import open_house_in

ACTIVITIES, RUNS = 1_000, 7
AIM_MS = 300


def main() -> None:
    """Ask for each answer of an installation of its own, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--activities", type=int, default=ACTIVITIES)
    arguments.add_argument("--runs", type=int, default=RUNS)
    given = arguments.parse_args()
    print(
        f"{given.activities:,} activities in 20 steps on two calendars, linked in chains. All middleware, SQLite, one "
        f"process. Medians of {given.runs} answers after the first; at most {AIM_MS} ms are the aim of an edit.\n"
    )
    print("| answer | milliseconds | of processor | queries | kB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        open_house_in(home)
        from benchmarks.plan_times import measured_plan  # noqa: PLC0415 - it knows the models

        for one in measured_plan(given.activities, given.runs):
            print(
                f"| {one.name} | {one.median_ms:.0f} | {one.worked_ms:.0f} | {one.queries} | {one.kilobytes} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
