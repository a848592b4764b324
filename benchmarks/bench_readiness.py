"""How long the server works on the readiness of an engagement with 5,000 people and 500 criteria, as a Markdown table."""

from __future__ import annotations

import argparse
import tempfile

from benchmarks.bench_pages import open_house_in

PEOPLE, CRITERIA, RUNS = 5_000, 500, 7
AIM_MS = 500


def main() -> None:
    """Ask for each page of an installation of its own, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=PEOPLE)
    arguments.add_argument("--criteria", type=int, default=CRITERIA)
    arguments.add_argument("--runs", type=int, default=RUNS)
    given = arguments.parse_args()
    print(
        f"{given.criteria:,} criteria over every proof of the catalogue, {given.people:,} people with five applications and ten topics each, 200 checks, "
        f"scenarios and tasks. All middleware, SQLite, one process. Medians of {given.runs} answers after the first; at most {AIM_MS} ms "
        "are the aim.\n"
    )
    print("| page | first answer, ms | milliseconds | of processor | queries |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        open_house_in(home)
        from benchmarks.readiness_times import measured_readiness  # noqa: PLC0415 - it knows the models

        for one in measured_readiness(given.people, given.criteria, given.runs):
            over = "" if one.median_ms <= AIM_MS else " (over)"
            print(
                f"| {one.name} | {one.first_ms:.0f} | {one.median_ms:.0f}{over} | {one.worked_ms:.0f} | {one.queries} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
