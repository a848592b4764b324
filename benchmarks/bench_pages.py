"""How long the server works on a page: an engagement with a crowded month and lists of 200 rows, as a Markdown table."""

from __future__ import annotations

import argparse
import os
import tempfile

RECORDS, ROWS, RUNS = 100_000, 200, 20
AIM_MS = 300


def main() -> None:
    """Ask for each page of an installation of its own, and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=RECORDS)
    arguments.add_argument("--rows", type=int, default=ROWS)
    arguments.add_argument("--runs", type=int, default=RUNS)
    given = arguments.parse_args()
    print(
        f"{given.records:,} records in one month; {given.rows} imports, adjustments and persons, made by the rooms' own "
        f"verbs. All middleware, SQLite, one process. Medians of {given.runs} answers after the first; at most "
        f"{AIM_MS} ms are the aim.\n"
    )
    print("| page | first answer, ms | milliseconds | of processor | queries |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        open_house_in(home)
        from benchmarks.page_times import measured_pages  # noqa: PLC0415 - it knows the models

        for one in measured_pages(given.records, given.rows, given.runs):
            over = "" if one.median_ms <= AIM_MS else " (over)"
            print(
                f"| {one.name} | {one.first_ms:.0f} | {one.median_ms:.0f}{over} | {one.worked_ms:.0f} | {one.queries} |",
                flush=True,
            )


def open_house_in(home: str) -> None:
    """An installation of its own, whatever the environment of whoever measures says."""
    for name in [name for name in os.environ if name == "DATABASE_URL" or name.startswith("HANDFAST_")]:
        del os.environ[name]
    os.environ.update({"HANDFAST_MODE": "test", "HANDFAST_HOME": home})
    from handfast.cli.opening import open_house  # noqa: PLC0415 - settings are read from the environment

    open_house()
    from django.core.management import call_command  # noqa: PLC0415 - once the house is open
    from django.db import connection  # noqa: PLC0415 - once the house is open

    from handfast.foundation.search.raising import raise_search  # noqa: PLC0415 - once the house is open

    call_command("migrate", verbosity=0)
    raise_search(connection)
    from handfast.settings.wsgi import collect_rarely  # noqa: PLC0415 - once the house is open

    collect_rarely()  # as the web server does


if __name__ == "__main__":
    main()
