"""Reading one file into a normalised log and its import report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.records.canonical import digest_of
from handfast.kernel.records.events import events_of
from handfast.kernel.records.gathering import gather
from handfast.kernel.records.intervals import intervals_of
from handfast.kernel.records.log import Attribute, EventLog, IntervalLog, Total
from handfast.kernel.records.looking import event_report, interval_report
from handfast.kernel.records.mapping import (
    EventAttribute,
    EventsMapping,
    IntervalsMapping,
    RecordAttribute,
    RecordsMapping,
)
from handfast.kernel.records.mapping_needs import needs_of, staff_columns
from handfast.kernel.records.readers import csv_files, parquet_files, xes_files
from handfast.kernel.records.readers.opened import opened
from handfast.kernel.records.staff import with_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handfast.kernel.records.gathering import Chunk, Gathered
    from handfast.kernel.records.needs import Needs
    from handfast.kernel.records.readers.opened import SourceFile
    from handfast.kernel.records.report import ImportReport

Mapping = EventsMapping | RecordsMapping | IntervalsMapping


@dataclass(frozen=True, slots=True)
class Import:
    """One file, normalised, and what there is to say about it."""

    log: EventLog | IntervalLog
    report: ImportReport


def read_log(  # noqa: PLR0913 - a file, by whose mapping, as what, since when, who watches, and under which key
    path: Path,
    mapping: Mapping,
    *,
    source: str,
    received_at_us: int | None,
    on_progress: Callable[[int, int], None] | None = None,
    staff_key: bytes | None = None,
) -> Import:
    """Read one file by its mapping. The form is told by the content; row order and form change nothing.

    `on_progress` is called with (done, whole) in bytes or rows. With a `staff_key` the columns of staff are read as
    numbers under it, else as they are written. Raises the refusals of `records.refusals`.
    """
    needs = needs_of(mapping)
    with opened(path) as file:
        first_row, chunks = _chunks(file, needs, on_progress)
        gathered = gather(chunks, needs, file=file.name, first_row=first_row)
    if staff_key is not None:
        gathered = with_numbers(gathered, staff_columns(mapping), staff_key)
    if isinstance(mapping, IntervalsMapping):
        return _interval_import(gathered, mapping, source, received_at_us, file.sha256)
    return _event_import(gathered, mapping, source, received_at_us, file.sha256)


def _chunks(
    file: SourceFile, needs: Needs, on_progress: Callable[[int, int], None] | None
) -> tuple[int, Iterator[Chunk]]:
    if file.form == "csv":
        return csv_files.FIRST_ROW, csv_files.read_csv(file, needs, on_progress)
    if file.form == "parquet":
        return parquet_files.FIRST_ROW, parquet_files.read_parquet(file, needs, on_progress)
    if file.form == "xes":
        return xes_files.FIRST_ROW, xes_files.read_xes(file, needs, on_progress)
    from handfast.kernel.records.readers.xlsx_files import read_xlsx  # noqa: PLC0415 - only a workbook needs it

    return read_xlsx(file, needs, on_progress)


def _event_import(
    gathered: Gathered,
    mapping: EventsMapping | RecordsMapping,
    source: str,
    received_at_us: int | None,
    sha256: str,
) -> Import:
    events = events_of(gathered, mapping)
    table = events.table()
    has_sequence = isinstance(mapping, EventsMapping) and mapping.sequence is not None
    log = EventLog(source, attributes_of(mapping), table, digest_of(table), mapping.ties, has_sequence)
    return Import(
        log,
        event_report(events, log, gathered, kind=mapping.kind, received_at_us=received_at_us, sha256=sha256),
    )


def _interval_import(
    gathered: Gathered, mapping: IntervalsMapping, source: str, received_at_us: int | None, sha256: str
) -> Import:
    found = intervals_of(gathered, mapping)
    keys = tuple(sorted(mapping.keys))
    log = IntervalLog(source, mapping.minutes, keys, totals_of(mapping), found.rows, digest_of(found.rows))
    return Import(log, interval_report(log, gathered, found, received_at_us=received_at_us, sha256=sha256))


def attributes_of(mapping: EventsMapping | RecordsMapping) -> tuple[Attribute, ...]:
    """The attributes of a mapping as the log names them, by name."""
    attributes: dict[str, RecordAttribute] = {**mapping.attributes}
    return tuple(
        Attribute(
            name, attribute.taken_at if isinstance(attribute, EventAttribute) else "start", attribute.digits
        )
        for name, attribute in sorted(attributes.items())
    )


def totals_of(mapping: IntervalsMapping) -> tuple[Total, ...]:
    """The totals of a mapping as the log names them, by name."""
    return tuple(Total(name, total.digits) for name, total in sorted(mapping.totals.items()))
