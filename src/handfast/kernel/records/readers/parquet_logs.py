"""Keeping a normalised log as Parquet, and reading it back by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.canonical import digest_of, rows_of_log
from handfast.kernel.records.log import EventLog, IntervalLog
from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping, RecordsMapping
from handfast.kernel.records.readers.reading import attributes_of, totals_of
from handfast.kernel.records.readers.whole_files import whole_file
from handfast.kernel.records.refusals import CanonicalRefused, FileUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.records.arrow_tables import Table


def write_parquet_log(log: EventLog | IntervalLog, path: Path) -> None:
    """Write the rows of a log under the name `path`, durably, whole or not at all."""
    try:
        with whole_file(path) as sink:
            arrow_tables.write_parquet(rows_of_log(log), sink)
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror}; name a file that can be written") from error


def read_parquet_log(
    path: Path, mapping: EventsMapping | RecordsMapping | IntervalsMapping, *, source: str, digest: str
) -> EventLog | IntervalLog:
    """The log that `write_parquet_log` wrote, by the same mapping; refused unless its rows have this digest."""
    try:
        with path.open("rb") as stream:
            table = arrow_tables.read_parquet(stream)
    except arrow.ArrowFault as fault:
        said = (str(fault).splitlines() or ["no reason given"])[0][:200]
        raise CanonicalRefused(f"{path.name}: not the kept rows of a batch ({said})") from fault
    except OSError as error:
        raise FileUnreadable(
            f"{path.name}: {error.strerror or error}; the rows of a batch are gone"
        ) from error
    if digest_of(table) != digest:
        raise CanonicalRefused(f"{path.name}: the rows were changed since the batch was recorded")
    return _log_of(table, mapping, source, digest)


def _log_of(
    table: Table, mapping: EventsMapping | RecordsMapping | IntervalsMapping, source: str, digest: str
) -> EventLog | IntervalLog:
    if isinstance(mapping, IntervalsMapping):
        keys = tuple(sorted(mapping.keys))
        return IntervalLog(source, mapping.minutes, keys, totals_of(mapping), table, digest)
    has_sequence = isinstance(mapping, EventsMapping) and mapping.sequence is not None
    return EventLog(source, attributes_of(mapping), table, digest, mapping.ties, has_sequence)
