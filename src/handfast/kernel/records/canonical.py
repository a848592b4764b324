"""The canonical text of a log and its digest: what `sha256sum` says of the written file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from handfast.kernel.records import arrow_tables

if TYPE_CHECKING:
    from handfast.kernel.records.arrow_tables import Table
    from handfast.kernel.records.log import EventLog, IntervalLog


class _Hashing:
    """A sink that keeps only the digest of what is written to it."""

    closed = False

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""


def digest_of(table: Table) -> str:
    """SHA-256 of the canonical CSV text: header; comma; LF; text quoted; integers bare; null empty."""
    sink = _Hashing()
    arrow_tables.write_csv(table, sink)
    return sink.sha256.hexdigest()


def rows_of_log(log: EventLog | IntervalLog) -> Table:
    """The table of either kind of log."""
    return log.events if hasattr(log, "events") else log.rows
