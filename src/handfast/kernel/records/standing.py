"""What stands when several batches of one source are read: the later one replaces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.canonical import digest_of
from handfast.kernel.records.log import EventLog, IntervalLog
from handfast.kernel.records.ordering import repeats_of
from handfast.kernel.records.refusals import LogsDiffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.records.arrow_tables import Table

LogT = TypeVar("LogT", EventLog, IntervalLog)


def standing(logs: Sequence[LogT]) -> LogT:
    """Of batches in the order they came: a later one replaces every record it holds, as a whole.

    Of interval logs, a later batch replaces the row of an interval and its keys.
    """
    first = _alike(logs)
    if len(logs) == 1:
        return first
    if isinstance(first, EventLog):
        events = _standing_events([log.events for log in logs if isinstance(log, EventLog)])
        return replace(first, events=events, digest=digest_of(events))
    rows = _standing_rows([log.rows for log in logs if isinstance(log, IntervalLog)], first.keys)
    return replace(first, rows=rows, digest=digest_of(rows))


def _standing_events(batches: list[Table]) -> Table:
    whole = arrow_tables.together(batches)
    record, batch = _ranks(whole, "record"), _batch_of_rows(batches)
    last = np.zeros(record.max(initial=-1) + 1, np.int64)
    np.maximum.at(last, record, batch)
    stands = np.flatnonzero(batch == last[record])
    # Each record comes whole out of one batch, already in canonical order: a stable sort keeps that.
    return arrow_tables.rows_of(whole, stands[np.argsort(record[stands], kind="stable")])


def _standing_rows(batches: list[Table], key_names: tuple[str, ...]) -> Table:
    whole = arrow_tables.together(batches)
    batch = _batch_of_rows(batches)
    keys = [arrow_tables.integers_of(whole, "at"), *(_ranks(whole, key) for key in key_names)]
    newest_first = np.lexsort((-batch, *reversed(keys)))
    is_older = repeats_of([key[newest_first] for key in keys])
    return arrow_tables.rows_of(whole, newest_first[~is_older])


def _batch_of_rows(batches: list[Table]) -> Any:
    return np.repeat(np.arange(len(batches)), [rows.num_rows for rows in batches])


def _ranks(table: Table, name: str) -> Any:
    return arrow.coded(arrow_tables.chunks_of(table, name))[0]


def _alike(logs: Sequence[LogT]) -> LogT:
    if not logs:
        raise LogsDiffer("no log is given: nothing can stand")
    if len({_shape(log) for log in logs}) > 1:
        sources = ", ".join(sorted({log.source for log in logs}))
        raise LogsDiffer(
            f"these logs ({sources}) differ in source, columns or settings: read them by one mapping"
        )
    return logs[0]


def _shape(log: EventLog | IntervalLog) -> tuple[Any, ...]:
    if isinstance(log, EventLog):
        return (log.source, log.attributes, log.ties, log.has_sequence)
    return (log.source, log.minutes, log.keys, log.totals)
