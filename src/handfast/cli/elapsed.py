"""`handfast elapsed`: the working time of many intervals on one calendar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from handfast.cli.writing import read_content, read_text, write_whole


def elapsed(
    calendar: Annotated[Path, typer.Argument(help="The calendar, in YAML.", metavar="CALENDAR.yaml")],
    intervals: Annotated[
        Path, typer.Argument(help="A CSV file with columns start and end.", metavar="INTERVALS.csv")
    ],
    out: Annotated[Path | None, typer.Option(help="Where to write; the standard output if left out.")] = None,
) -> None:
    """Add to each interval its working SECONDS on a calendar.

    Stamps are ISO 8601; without an offset they are local to the calendar's zone. Either every row is right
    and the whole table is written, or nothing is.
    """
    # Imported here, so that the other verbs start without numpy.
    from handfast.kernel.document import parsed, read_document
    from handfast.kernel.worktime.interval_table import timed_table
    from handfast.kernel.worktime.written import WrittenCalendar

    written = parsed(WrittenCalendar, read_document(read_text(calendar), name=str(calendar)))
    timed = timed_table(read_content(intervals), written, name=str(intervals))
    if out is None:
        for block in timed.blocks():
            sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
        return
    write_whole(out, timed.blocks())
