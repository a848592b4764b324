"""From gathered columns to events in canonical order, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.eventrows import EventRows, attribute_cells, joined
from handfast.kernel.records.mapping import EventsMapping, RecordsMapping
from handfast.kernel.records.refusals import RecordContradicted, shown
from handfast.kernel.records.report import FIRST_ROWS, Found

if TYPE_CHECKING:
    from handfast.kernel.records.arrow import Column, Flags, Int32s, Int64s
    from handfast.kernel.records.arrow_tables import Table
    from handfast.kernel.records.gathering import Coded, Gathered

NO_RECORD = "no record id"
NO_STAMP = "no stamp"
NO_EVENT = "no event name"


@dataclass(frozen=True, slots=True)
class Events:
    """Events in canonical order, what their ranks mean, and what was left out on the way."""

    rows: EventRows
    record_values: Column
    event_values: list[str]
    dropped: dict[str, Found]
    duplicates: int
    drifting_stamps: dict[str, int]

    def table(self) -> Table:
        rows = self.rows
        columns = {
            "record": arrow_tables.text_column(self.record_values, rows.records),
            "at": arrow_tables.integer_column(rows.at_us),
            "sequence": arrow_tables.integer_column(rows.sequence, rows.has_sequence),
            "event": arrow_tables.text_column(arrow.texts(self.event_values), rows.events),
        }
        for attribute in rows.attributes:
            columns[attribute.name] = attribute.column()
        return arrow_tables.table_of(columns)


def events_of(gathered: Gathered, mapping: EventsMapping | RecordsMapping) -> Events:
    """The events that a mapping finds in a file."""
    if isinstance(mapping, RecordsMapping):
        return _of_records(gathered, mapping)
    return _of_events(gathered, mapping)


def found_rows(flags: Flags, first_row: int) -> Found:
    places = np.flatnonzero(flags)
    return Found(len(places), tuple(int(place) + first_row for place in places[:FIRST_ROWS]))


def _dropped(gathered: Gathered, faults: dict[str, Flags]) -> tuple[Flags, dict[str, Found]]:
    """Which rows stay; a row with several faults counts for the first."""
    kept = np.ones(gathered.rows, np.bool_)
    dropped = {}
    for reason, flags in faults.items():
        fresh = flags & kept
        if fresh.any():
            dropped[reason] = found_rows(fresh, gathered.first_row)
        kept &= ~flags
    return kept, dropped


def _of_events(gathered: Gathered, mapping: EventsMapping) -> Events:
    records = gathered.texts[mapping.record]
    at = gathered.stamps["at"]
    names, values = _event_names([gathered.texts[column] for column in mapping.event])
    kept, dropped = _dropped(
        gathered, {NO_RECORD: records.ranks < 0, NO_STAMP: ~at.present, NO_EVENT: names < 0}
    )
    sequence = gathered.numbers.get("sequence")
    nothing = np.zeros(gathered.rows, np.int64)
    every = EventRows(
        records.ranks,
        at.instants_us,
        sequence.scaled if sequence else nothing,
        sequence.present if sequence else nothing.astype(np.bool_),
        names,
        attribute_cells(gathered, mapping.attributes),
        np.arange(gathered.rows, dtype=np.int64),
    )
    rows = (every if kept.all() else every.at(kept)).ordered()
    drifting: dict[str, int] = {}
    if mapping.stamps:
        rows, values, drifting = _with_stamp_events(rows, values, gathered, mapping)
    rows, duplicates = rows.without_repeats()
    return Events(rows, records.values, values, dropped, duplicates, drifting)


def _event_names(parts: list[Coded]) -> tuple[Int32s, list[str]]:
    """Names joined by "/" (a missing part stays empty), as ranks; -1 where every part is missing."""
    if len(parts) == 1:
        return parts[0].ranks, parts[0].values.to_pylist()
    texts = [["", *part.values.to_pylist()] for part in parts]
    combined = np.zeros(len(parts[0].ranks), np.int64)
    for part, known in zip(parts, texts, strict=True):
        combined = combined * len(known) + part.ranks + 1
    distinct, place = np.unique(combined, return_inverse=True)
    names: list[str | None] = []
    for number in distinct.tolist():
        words, rest = [], number
        for known in reversed(texts):
            rest, digit = divmod(rest, len(known))
            words.append(known[digit])
        names.append("/".join(reversed(words)) if number else None)
    values = sorted({name for name in names if name is not None})
    rank = {name: number for number, name in enumerate(values)}
    ranks = np.array([-1 if name is None else rank[name] for name in names], np.int32)
    return ranks[place], values


def _with_stamp_events(
    rows: EventRows, values: list[str], gathered: Gathered, mapping: EventsMapping
) -> tuple[EventRows, list[str], dict[str, int]]:
    """The rows with one more event a record for each named stamp."""
    all_values = sorted({*values, *mapping.stamps})
    rank = {name: number for number, name in enumerate(all_values)}
    moved = np.array([rank[name] for name in values], np.int32)
    parts = [_renamed(rows, moved[rows.events] if len(values) else rows.events)]
    drifting = {}
    for rule in mapping.stamp_rules:
        stamp = gathered.stamps[f"stamp {rule.key}"]
        places = np.flatnonzero(stamp.present[rows.rows])
        owners = rows.records[places]
        instants = stamp.instants_us[rows.rows[places]]
        is_first = np.ones(len(places), np.bool_)
        is_first[1:] = owners[1:] != owners[:-1]
        firsts = np.flatnonzero(is_first)
        differs = instants != instants[firsts][np.cumsum(is_first) - 1]
        count = len(np.unique(owners[differs]))
        if count:
            drifting[rule.key] = count
        parts.append(_stamp_events(rows, places[firsts], instants[firsts], rank[rule.key]))
    return joined(parts).ordered(), all_values, drifting


def _renamed(rows: EventRows, events: Int32s) -> EventRows:
    return EventRows(
        rows.records, rows.at_us, rows.sequence, rows.has_sequence, events, rows.attributes, rows.rows
    )


def _stamp_events(rows: EventRows, places: Int64s, instants: Int64s, event: int) -> EventRows:
    """Events at `instants`, one for each of these places; attributes as the record had them by then."""
    owners = rows.records[places]
    count, asked = len(rows.records), len(places)
    order = np.lexsort(
        (
            np.repeat([0, 1], [count, asked]),
            np.concatenate([rows.at_us, instants]),
            np.concatenate([rows.records, owners]),
        )
    )
    is_row = order < count
    last_row = np.cumsum(is_row) - 1
    known = np.zeros(asked, np.int64)
    known[order[~is_row] - count] = last_row[~is_row]
    first_of_record = np.searchsorted(rows.records, owners, side="left")
    then = rows.at(np.maximum(known, first_of_record))
    nothing = np.zeros(asked, np.int64)
    return EventRows(
        owners,
        instants,
        nothing,
        nothing.astype(np.bool_),
        np.full(asked, event, np.int32),
        then.attributes,
        rows.rows[places],
    )


def _of_records(gathered: Gathered, mapping: RecordsMapping) -> Events:
    records = gathered.texts[mapping.record]
    rules = mapping.stamp_rules
    has_any = np.zeros(gathered.rows, np.bool_)
    for rule in rules:
        has_any |= gathered.stamps[f"stamp {rule.key}"].present
    kept, dropped = _dropped(gathered, {NO_RECORD: records.ranks < 0, NO_STAMP: ~has_any})
    attributes = attribute_cells(gathered, mapping.attributes)
    names = sorted(rule.key for rule in rules)
    parts = []
    for number, name in enumerate(names):
        stamp = gathered.stamps[f"stamp {name}"]
        places = np.flatnonzero(stamp.present & kept)
        nothing = np.zeros(len(places), np.int64)
        parts.append(
            EventRows(
                records.ranks[places],
                stamp.instants_us[places],
                nothing,
                nothing.astype(np.bool_),
                np.full(len(places), number, np.int32),
                tuple(cells.at(places) for cells in attributes),
                places,
            )
        )
    rows, duplicates = joined(parts).ordered().without_repeats()
    _refuse_contradictions(rows, gathered, records.values, mapping)
    return Events(rows, records.values, names, dropped, duplicates, {})


def _refuse_contradictions(
    rows: EventRows, gathered: Gathered, values: Column, mapping: RecordsMapping
) -> None:
    """One row a record: a second row that says something else cannot be weighed against the first."""
    by_event = np.lexsort((rows.events, rows.records))
    same_record = rows.records[by_event][1:] == rows.records[by_event][:-1]
    twice = same_record & (rows.events[by_event][1:] == rows.events[by_event][:-1])
    for cells in rows.attributes:
        placed, present = cells.numbers[by_event], cells.present[by_event]
        twice |= same_record & ((placed[1:] != placed[:-1]) | (present[1:] != present[:-1]))
    if not twice.any():
        return
    pair = by_event[np.flatnonzero(twice)[0] :][:2]
    first, second = sorted(int(row) + gathered.first_row for row in rows.rows[pair])
    record = values.to_pylist()[int(rows.records[pair[0]])]
    raise RecordContradicted(
        f"{gathered.file}, rows {first} and {second}, column {mapping.record!r}: record {shown(record)} stands twice "
        "and differs; leave one row a record, or map the file as `kind: events`"
    )
