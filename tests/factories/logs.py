"""Small event logs and interval logs in their canonical form, from rows written out in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from tests.factories.agreements import us

from handfast.kernel.records.canonical import digest_of
from handfast.kernel.records.log import Attribute, EventLog, IntervalLog, Total
from handfast.kernel.records.mapping import TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DESK_ATTRIBUTES = (Attribute("kind", "start", None), Attribute("size", "last", 2))
CALLS_TOTALS = (Total("in_time", 0), Total("offered", 0), Total("talk", 2))
FIXED = [("record", pa.string()), ("at", pa.int64()), ("sequence", pa.int64()), ("event", pa.string())]


def desk_log(*rows: str, ties: Sequence[str] = TIES) -> EventLog:
    """Rows as `id | 2026-03-02T10:00 | event | kind | size | sequence`; what is left out on the right is missing."""
    events = []
    for row in rows:
        parts = [part.strip() or None for part in row.split("|")]
        record, at, event, kind, size, sequence = parts + [None] * (6 - len(parts))
        events.append(
            {
                "record": record,
                "at": us(str(at)),
                "sequence": None if sequence is None else int(sequence),
                "event": event,
                "kind": kind,
                "size": None if size is None else int(size),
            }
        )
    return event_log(events, ties=ties)


def event_log(
    events: Iterable[dict[str, Any]],
    *,
    attributes: tuple[Attribute, ...] = DESK_ATTRIBUTES,
    ties: Sequence[str] = TIES,
    source: str = "desk",
) -> EventLog:
    """Events in any order, brought into canonical order, each once."""
    names = [name for name, _ in FIXED] + [attribute.name for attribute in attributes]
    each = {tuple(event.get(name) for name in names) for event in events}
    rows = sorted(each, key=lambda row: [(cell is not None, "" if cell is None else cell) for cell in row])
    schema = pa.schema(
        [*FIXED, *((a.name, pa.string() if a.digits is None else pa.int64()) for a in attributes)]
    )
    columns = list(zip(*rows, strict=True)) if rows else [[] for _ in names]
    table = pa.table(
        [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema
    )
    has_sequence = any(row[2] is not None for row in rows)
    return EventLog(source, attributes, table, digest_of(table), tuple(ties), has_sequence)


def calls_log(rows: Iterable[tuple[str | int, str, int, int, int]]) -> IntervalLog:
    """Rows of (at, queue, offered, in_time, talk); one row for each interval and queue."""
    known = {
        (at if isinstance(at, int) else us(at), queue): (in_time, offered, talk)
        for at, queue, offered, in_time, talk in rows
    }
    columns: dict[str, list[Any]] = {"at": [], "queue": [], "in_time": [], "offered": [], "talk": []}
    for (at, queue), (in_time, offered, talk) in sorted(known.items()):
        for name, value in zip(columns, (at, queue, in_time, offered, talk), strict=True):
            columns[name].append(value)
    kinds = {"queue": pa.string()}
    table = pa.table(
        {name: pa.array(values, kinds.get(name, pa.int64())) for name, values in columns.items()}
    )
    return IntervalLog("calls", 30, ("queue",), CALLS_TOTALS, table, digest_of(table))
