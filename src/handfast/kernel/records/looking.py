"""Looking a log over for its report: shared stamps, drifting attributes, stamps outside the plausible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.quantity import SECOND_US
from handfast.kernel.records import arrow_tables
from handfast.kernel.records.events import found_rows
from handfast.kernel.records.ordering import distinct_sorted
from handfast.kernel.records.report import ImportReport

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Flags, Int64s
    from handfast.kernel.records.eventrows import EventRows
    from handfast.kernel.records.events import Events
    from handfast.kernel.records.gathering import Gathered
    from handfast.kernel.records.intervals import Intervals
    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.kernel.records.report import Found

DAY_US = 24 * 3600 * SECOND_US
PLAUSIBLE_FROM_US = int(np.datetime64("1990-01-01", "us").astype(np.int64))
BEFORE_1990 = "before 1990"
IN_THE_FUTURE = "later than a day after receipt"


def event_report(  # noqa: PLR0913 - the report is made of what each step left behind
    events: Events, log: EventLog, gathered: Gathered, *, kind: str, received_at_us: int | None, sha256: str
) -> ImportReport:
    rows = events.rows
    shared, undecided = _ties(rows)
    return ImportReport(
        file=gathered.file,
        file_sha256=sha256,
        source=log.source,
        kind=kind,
        rows_read=gathered.rows,
        kept=len(rows.records),
        records=distinct_sorted(rows.records),
        digest=log.digest,
        duplicates=events.duplicates,
        dropped=events.dropped,
        shared_stamps=shared,
        undecided_ties=undecided,
        drifting={**events.drifting_stamps, **_drifting(rows)},
        implausible=_implausible(rows.at_us, rows.rows, gathered.first_row, received_at_us),
        first_stamp_us=int(rows.at_us.min()) if len(rows.at_us) else None,
        last_stamp_us=int(rows.at_us.max()) if len(rows.at_us) else None,
    )


def interval_report(
    log: IntervalLog,
    gathered: Gathered,
    found: Intervals,
    *,
    received_at_us: int | None,
    sha256: str,
) -> ImportReport:
    at_us = arrow_tables.integers_of(log.rows, "at")
    stamps = gathered.stamps["at"]
    places = np.flatnonzero(stamps.present)
    return ImportReport(
        file=gathered.file,
        file_sha256=sha256,
        source=log.source,
        kind="intervals",
        rows_read=gathered.rows,
        kept=len(at_us),
        records=distinct_sorted(at_us),
        digest=log.digest,
        dropped=found.dropped,
        missing_means=found.missing_means,
        implausible=_implausible(stamps.instants_us[places], places, gathered.first_row, received_at_us),
        first_stamp_us=int(at_us[0]) if len(at_us) else None,
        last_stamp_us=int(at_us[-1]) if len(at_us) else None,
    )


def _ties(rows: EventRows) -> tuple[int, int]:
    """Records with two events at one instant, and those of them that no sequence puts in order."""
    shares = (rows.records[1:] == rows.records[:-1]) & (rows.at_us[1:] == rows.at_us[:-1])
    is_open = (
        shares & (rows.sequence[1:] == rows.sequence[:-1]) & (rows.has_sequence[1:] == rows.has_sequence[:-1])
    )
    # A row without a sequence beside one with a sequence is ordered by rule, not by what the tool said.
    is_open |= shares & ~(rows.has_sequence[1:] & rows.has_sequence[:-1])
    return _records_where(shares, rows), _records_where(is_open, rows)


def _drifting(rows: EventRows) -> dict[str, int]:
    """By attribute, the records that tell it in more than one way; missing counts as a way."""
    same = rows.records[1:] == rows.records[:-1]
    found = {}
    for cells in rows.attributes:
        differs = (cells.numbers[1:] != cells.numbers[:-1]) | (cells.present[1:] != cells.present[:-1])
        count = _records_where(same & differs, rows)
        if count:
            found[cells.name] = count
    return found


def _records_where(flags: Flags, rows: EventRows) -> int:
    return distinct_sorted(rows.records[1:][flags])


def _implausible(at_us: Int64s, rows: Int64s, first_row: int, received_at_us: int | None) -> dict[str, Found]:
    faults = {BEFORE_1990: at_us < PLAUSIBLE_FROM_US}
    if received_at_us is not None:
        faults[IN_THE_FUTURE] = at_us > received_at_us + DAY_US
    found = {}
    for reason, flags in faults.items():
        if flags.any():
            by_row = np.zeros(int(rows.max()) + 1, np.bool_)
            by_row[rows[flags]] = True
            found[reason] = found_rows(by_row, first_row)
    return found
