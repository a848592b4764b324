"""A small log in memory, the forms it can be written in, and ways to read it back."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest
import xlsxwriter

from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.reading import read_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handfast.kernel.records.readers.reading import Import

Row = dict[str, str]
TICKETS: dict[str, Any] = {
    "kind": "events",
    "record": "case:concept:name",
    "at": {"column": "time:timestamp", "format": "iso", "zone": "Europe/Amsterdam"},
    "event": "concept:name",
    "missing": ["?"],
    "attributes": {
        "impact": {"column": "impact", "taken_at": "start"},
        "amount": {"column": "amount", "taken_at": "last", "digits": 2},
    },
}
ROWS: list[Row] = [
    {
        "case:concept:name": case,
        "time:timestamp": at,
        "concept:name": event,
        "impact": impact,
        "amount": amount,
    }
    for case, at, event, impact, amount in [
        ("T-1", "2024-03-04T09:00:00+01:00", "New", "High", "1.5"),
        ("T-1", "2024-03-04T10:30:00", "Wait, user", "High", "2"),
        ("T-1", "2024-03-05T08:00:00Z", 'Closed "ok"', "Low", "-12.25"),
        ("T-10", "2024-03-04T09:00:00.250", "New", "?", "0.00"),
        ("T-2", "2024-07-01T12:00:00", "New", "Ümlaut", ""),
        ("T-2", "2024-07-01T12:00:00", "Closed", "Low", "7"),
    ]
]


def as_csv(rows: list[Row], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    out = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue().encode()


def as_parquet(rows: list[Row]) -> bytes:
    sink = io.BytesIO()
    pa_parquet.write_table(pa.table({name: [row[name] or None for row in rows] for name in rows[0]}), sink)
    return sink.getvalue()


def as_xlsx(rows: list[Row]) -> bytes:
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, name in enumerate(rows[0]):
        sheet.write_string(0, place, name)
        for line, row in enumerate(rows, start=1):
            sheet.write_string(line, place, row[name])
    book.close()
    return sink.getvalue()


def as_xes(rows: list[Row]) -> bytes:
    traces: dict[str, list[Row]] = {}
    for row in rows:
        traces.setdefault(row["case:concept:name"], []).append(row)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xmlns="http://www.xes-standard.org/">']
    for case, events in traces.items():
        lines.append(f'<trace><string key="concept:name" value={quoteattr(case)}/>')
        for row in events:
            cells = {key: value for key, value in row.items() if not key.startswith("case:") and value}
            kinds = {key: "date" if key == "time:timestamp" else "string" for key in cells}
            inner = "".join(
                f"<{kinds[k]} key={quoteattr(k)} value={quoteattr(v)}/>" for k, v in cells.items()
            )
            lines.append(f"<event>{inner}</event>")
        lines.append("</trace>")
    return "\n".join([*lines, "</log>"]).encode()


FORMS: dict[str, Callable[[list[Row]], bytes]] = {
    "log.csv": as_csv,
    "log.csv.gz": lambda rows: gzip.compress(as_csv(rows), mtime=0),
    "log.parquet": as_parquet,
    "log.xlsx": as_xlsx,
    "log.xes": as_xes,
    "log.xes.gz": lambda rows: gzip.compress(as_xes(rows), mtime=0),
}


@pytest.fixture(scope="session")
def forms() -> dict[str, Callable[[list[Row]], bytes]]:
    return FORMS


@pytest.fixture
def rows() -> list[Row]:
    return [dict(row) for row in ROWS]


@pytest.fixture
def tickets() -> dict[str, Any]:
    return dict(TICKETS)


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Import]:
    """Read bytes (or the text of a CSV) by a mapping given as plain values."""
    folder: Path = tmp_path_factory.mktemp("exports")

    def reading(
        content: bytes | str,
        mapping: dict[str, Any] = TICKETS,
        *,
        name: str = "log.csv",
        received_at_us: int | None = None,
    ) -> Import:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_log(path, mapping_from(mapping), source="tickets", received_at_us=received_at_us)

    return reading


@pytest.fixture(scope="session")
def plain_digest() -> Callable[[Any], str]:
    """The digest of a table by a plain writer, which knows nothing of pyarrow's."""

    def cell(value: object) -> str:
        if value is None:
            return ""
        return str(value) if isinstance(value, int) else '"' + str(value).replace('"', '""') + '"'

    def digest(table: Any) -> str:
        lines = [",".join(f'"{name}"' for name in table.column_names)]
        lines += [",".join(cell(value) for value in row.values()) for row in table.to_pylist()]
        return hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()

    return digest


@pytest.fixture
def us() -> Callable[[str], int]:
    """The microseconds of an ISO stamp with offset."""

    def microseconds(stamp: str) -> int:
        moment = datetime.fromisoformat(stamp)
        return int(moment.timestamp()) * 1_000_000 + moment.microsecond

    return microseconds
