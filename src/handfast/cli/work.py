"""`handfast work`: does what the outbox holds, one row after the other, until it is told to end."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime
from typing import Annotated

import typer

from handfast.cli.opening import open_house

EXIT_NO = 1
PAUSE_SECONDS = 1.0
AFTER_FAULT_SECONDS = 10.0


def work(
    beside: Annotated[
        int,
        typer.Option("--beside", metavar="PID", help="End when this parent process has ended.", hidden=True),
    ] = 0,
    failed: Annotated[
        bool,
        typer.Option(
            "--failed", help="Only list what was given up, the latest first; exit code 1 if anything was."
        ),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Only put what was given up back, to be tried again.")
    ] = False,
) -> None:
    """Send mail and do what was put off, until Ctrl+C; `handfast serve` does this too."""
    if failed or again:
        open_house()
        if again:
            _try_again()
        if failed:
            _list_failed()
        return
    is_told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: is_told.set())
    open_house()
    while not is_told.is_set() and (not beside or os.getppid() == beside):
        is_told.wait(_turn())


def _try_again() -> None:
    from handfast.foundation.outbox import given_up_rows, try_again

    typer.echo(f"{try_again(given_up_rows(), datetime.now(UTC))} put back, to be tried again")


def _list_failed() -> None:
    from handfast.foundation.outbox import given_up_rows

    rows = list(given_up_rows())
    for row in rows:
        typer.echo(
            f"{row.failed_at:%Y-%m-%d %H:%M:%S} {row.kind} of {row.subject_id}, in space {row.space_id}: {row.said}"
        )
    typer.echo(f"{len(rows)} given up")
    if rows:
        raise typer.Exit(EXIT_NO)


def _turn() -> float:
    """Do one row; the seconds to wait before the next."""
    import logging

    from django.db import DatabaseError, close_old_connections

    from handfast.foundation.outbox import work_once

    close_old_connections()
    try:
        return 0 if work_once(lambda: datetime.now(UTC)) else PAUSE_SECONDS
    except DatabaseError:  # away or busy: the rows keep
        logging.getLogger("handfast.work").exception("the database could not be asked")
        return AFTER_FAULT_SECONDS
