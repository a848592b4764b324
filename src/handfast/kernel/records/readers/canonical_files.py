"""Writing and reading the canonical file of a log; what is read must be canonical to the byte."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.records import arrow, arrow_tables
from handfast.kernel.records.canonical import digest_of, rows_of_log
from handfast.kernel.records.log import EVENT_COLUMNS, EventLog, IntervalLog
from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping, RecordsMapping
from handfast.kernel.records.ordering import canonical_order, repeats_of
from handfast.kernel.records.readers.reading import attributes_of, totals_of
from handfast.kernel.records.readers.whole_files import whole_file
from handfast.kernel.records.refusals import CanonicalRefused, FileUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.records.arrow_tables import Table


def write_canonical(log: EventLog | IntervalLog, path: Path) -> None:
    """Write the canonical CSV text under the name `path`, whole or not at all."""
    try:
        with whole_file(path) as sink:
            arrow_tables.write_csv(rows_of_log(log), sink)
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror}; name a file that can be written") from error


def read_canonical(
    path: Path, mapping: EventsMapping | RecordsMapping | IntervalsMapping, source: str
) -> EventLog | IntervalLog:
    """The log that `write_canonical` wrote, by the same mapping; refused unless it is canonical to the byte."""
    if isinstance(mapping, IntervalsMapping):
        keys, totals = tuple(sorted(mapping.keys)), totals_of(mapping)
        integers = ("at", *(total.name for total in totals))
        header = ("at", *keys, *integers[1:])
        table, digest = _checked(path, header, integers)
        _refuse_disorder(path, _keys_of(path, table, ("at", *keys), header))
        return IntervalLog(source, mapping.minutes, keys, totals, table, digest)
    attributes = attributes_of(mapping)
    header = (*EVENT_COLUMNS, *(attribute.name for attribute in attributes))
    integers = (
        "at",
        "sequence",
        *(attribute.name for attribute in attributes if attribute.digits is not None),
    )
    table, digest = _checked(path, header, integers)
    _refuse_disorder(path, _keys_of(path, table, header, ("record", "at", "event")))
    has_sequence = isinstance(mapping, EventsMapping) and mapping.sequence is not None
    return EventLog(source, attributes, table, digest, mapping.ties, has_sequence)


def _checked(path: Path, header: tuple[str, ...], integers: tuple[str, ...]) -> tuple[Table, str]:
    """The table and its digest, where writing the table again gives the same bytes."""
    name = path.name
    strings = tuple(column for column in header if column not in integers)
    try:
        with path.open("rb") as stream:
            expected = ",".join(f'"{column}"' for column in header).encode() + b"\n"
            if stream.read(len(expected)) != expected:
                raise CanonicalRefused(
                    f"{name}, row 1: the header is not that of this mapping: {', '.join(header)}"
                )
            digest = hashlib.sha256(expected)
            while part := stream.read(1 << 20):
                digest.update(part)
            stream.seek(0)
            table = arrow_tables.read_typed_csv(stream, integers, strings)
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror or error}; name a file that can be read") from error
    except (arrow.ArrowFault, UnicodeDecodeError) as fault:
        said = str(fault).splitlines()[0][:200]
        raise CanonicalRefused(
            f"{name}: not a canonical log ({said}); write it again with `handfast import`"
        ) from fault
    for column in strings:
        if arrow_tables.has_empty_text(table, column):
            raise CanonicalRefused(f'{name}, column {column!r}: "" stands where a missing cell is left bare')
    if digest_of(table) != digest.hexdigest():
        raise CanonicalRefused(
            f"{name}: written otherwise than the canonical text; write it again with `handfast import`"
        )
    return table, digest.hexdigest()


def _keys_of(path: Path, table: Table, columns: tuple[str, ...], never_missing: tuple[str, ...]) -> list[Any]:
    keys: list[Any] = []
    for column in columns:
        present = arrow_tables.present_of(table, column)
        if column in never_missing and not present.all():
            row = int(np.flatnonzero(~present)[0]) + 2
            raise CanonicalRefused(f"{path.name}, row {row}, column {column!r}: missing")
        if arrow_tables.is_integer_column(table, column):
            keys += [present, arrow_tables.integers_of(table, column)]
        else:
            keys.append(arrow.coded(arrow_tables.chunks_of(table, column))[0])
    return keys


def _refuse_disorder(path: Path, keys: list[Any]) -> None:
    order = canonical_order(keys)
    astray = np.flatnonzero(order != np.arange(len(order)))
    if len(astray):
        raise CanonicalRefused(f"{path.name}, row {int(astray[0]) + 2}: out of canonical order")
    repeats = np.flatnonzero(repeats_of(keys))
    if len(repeats):
        raise CanonicalRefused(f"{path.name}, row {int(repeats[0]) + 2}: repeats the row before")
