"""`handfast work`: does what the outbox holds, one row after the other, until it is told to end."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime
from typing import Annotated

import typer

from handfast.cli.opening import open_house

PAUSE_SECONDS = 1.0
AFTER_FAULT_SECONDS = 10.0


def work(
    beside: Annotated[
        int,
        typer.Option("--beside", metavar="PID", help="End when this parent process has ended.", hidden=True),
    ] = 0,
) -> None:
    """Send mail and do what was put off, until Ctrl+C; `handfast serve` does this too."""
    is_told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: is_told.set())
    open_house()
    while not is_told.is_set() and (not beside or os.getppid() == beside):
        is_told.wait(_turn())


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
