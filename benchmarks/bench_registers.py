"""How long the server works on a register of 50,000 entries, as a Markdown table."""

from __future__ import annotations

import argparse
import tempfile

from benchmarks.bench_pages import open_house_in

ENTRIES, RUNS = 50_000, 7
AIM_MS = 300


def main() -> None:
    """Ask for each page of an installation of its own, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=ENTRIES)
    arguments.add_argument("--runs", type=int, default=RUNS)
    given = arguments.parse_args()
    print(
        f"{given.entries:,} issues of one engagement, one in ten owned by the reader. All middleware, SQLite, one "
        f"process. Medians of {given.runs} answers after the first; at most {AIM_MS} ms are the aim.\n"
    )
    print("| page | first answer, ms | milliseconds | of processor | queries |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        open_house_in(home)
        from benchmarks.register_times import measured_register  # noqa: PLC0415 - it knows the models

        for one in measured_register(given.entries, given.runs):
            over = "" if one.median_ms <= AIM_MS else " (over)"
            print(
                f"| {one.name} | {one.first_ms:.0f} | {one.median_ms:.0f}{over} | {one.worked_ms:.0f} | {one.queries} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
