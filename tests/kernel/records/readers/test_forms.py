"""The same rows give the same log, whatever file they come in."""

from __future__ import annotations

import io
import random
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.readers import csv_files, xes_files, xlsx_files
from handfast.kernel.records.refusals import CellRefused, MappingRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.records.readers.reading import Import

NAMES = ["log.csv", "log.csv.gz", "log.parquet", "log.xlsx", "log.xes", "log.xes.gz"]


@pytest.mark.parametrize("name", NAMES)
def test_every_form_gives_the_same_log(
    name: str, read: Callable[..., Import], forms: Any, rows: Any, us: Any
) -> None:
    found = read(forms[name](rows), name=name)
    assert found.log.digest == read(forms["log.csv"](rows)).log.digest
    assert found.log.events.to_pylist()[0] == {
        "record": "T-1",
        "at": us("2024-03-04T08:00:00+00:00"),
        "sequence": None,
        "event": "New",
        "amount": 150,
        "impact": "High",
    }
    assert (found.report.rows_read, found.report.records) == (6, 3)


@pytest.mark.parametrize("name", NAMES)
@given(order=st.permutations(range(6)))
def test_order_of_rows_changes_nothing(
    name: str, read: Callable[..., Import], forms: Any, order: list[int]
) -> None:
    rows = [dict(row) for row in _rows()]
    shuffled = read(forms[name]([rows[place] for place in order]), name=name).log
    assert shuffled.digest == read(forms["log.csv"](rows)).log.digest


def _rows() -> list[dict[str, str]]:
    case, at, event = "case:concept:name", "time:timestamp", "concept:name"
    return [
        {
            case: f"T-{n % 3}",
            at: f"2024-05-0{n % 2 + 1}T10:00:00Z",
            event: f"e{n // 2}",
            "impact": "H" * (n % 2),
            "amount": str(n),
        }
        for n in range(6)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_name_of_the_file_is_only_a_hint(
    name: str, read: Callable[..., Import], forms: Any, rows: Any
) -> None:
    assert (
        read(forms[name](rows), name="export.dat").log.digest == read(forms[name](rows), name=name).log.digest
    )


def _many(count: int) -> list[dict[str, str]]:
    rng = random.Random(7)  # noqa: S311 - rows for a test, no secret
    return [
        {
            "case:concept:name": f"T-{rng.randrange(count // 5)}",
            "time:timestamp": f"2024-05-01T10:{n // 60 % 60:02}:{n % 60:02}Z",
            "concept:name": rng.choice(["New", "a\nb", 'c"d', "Done"]),
            "impact": rng.choice(["High", "", "?"]),
            "amount": str(n),
        }
        for n in range(count)
    ]


def test_size_of_the_blocks_changes_nothing(
    read: Callable[..., Import], forms: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _many(3_000)
    digest = read(forms["log.csv"](rows)).log.digest
    monkeypatch.setattr(csv_files, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(xes_files, "READ_BYTES", 997)
    monkeypatch.setattr(xes_files, "CHUNK_ROWS", 100)
    monkeypatch.setattr(xlsx_files, "CHUNK_ROWS", 7)
    for name in ("log.csv", "log.csv.gz", "log.xes", "log.xlsx"):
        text = (
            [row | {"concept:name": row["concept:name"].replace("\n", " ")} for row in rows]
            if "xes" in name
            else rows
        )
        expected = digest if text is rows else read(forms["log.csv"](text)).log.digest
        assert read(forms[name](text), name=name).log.digest == expected


def test_byte_order_mark_and_other_delimiters_are_read(
    read: Callable[..., Import], forms: Any, rows: Any, tickets: Any
) -> None:
    digest = read(forms["log.csv"](rows)).log.digest
    assert read(b"\xef\xbb\xbf" + forms["log.csv"](rows)).log.digest == digest
    semicolons = forms["log.csv"](rows).replace(b",", b";").replace(b"Wait; user", b"Wait, user")
    assert read(semicolons, tickets | {"delimiter": ";"}).log.digest == digest


TYPED: dict[str, Any] = {
    "kind": "events",
    "record": "id",
    "at": {"column": "at", "format": "%d/%m/%Y %H:%M", "zone": "Europe/Amsterdam"},
    "event": "event",
    "sequence": "n",
    "attributes": {"amount": {"column": "amount", "taken_at": "last", "digits": 1}},
}
NOON = datetime(2024, 7, 1, 12, 0)


def parquet(**columns: Any) -> bytes:
    sink = io.BytesIO()
    pa_parquet.write_table(pa.table(columns), sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        (pa.array([NOON], pa.timestamp("s")), 10),
        (pa.array([NOON], pa.timestamp("ns")), 10),
        (pa.array([NOON], pa.timestamp("ms", "Asia/Tokyo")), 12),
        (pa.array(["01/07/2024 12:00"]).dictionary_encode(), 10),
        (pa.array(["01/07/2024 12:00"], pa.large_string()), 10),
    ],
)
def test_typed_stamps_of_parquet_need_no_format(
    read: Callable[..., Import], us: Any, at: Any, hour: int
) -> None:
    content = parquet(id=[7], at=at, event=["x"], n=pa.array([3.0]), amount=pa.array([2.5]))
    row = read(content, TYPED, name="log.parquet").log.events.to_pylist()[0]
    assert row == {
        "record": "7",
        "at": us(f"2024-07-01T{hour}:00+00:00"),
        "sequence": 3,
        "event": "x",
        "amount": 25,
    }


def test_stamps_as_bare_numbers_are_refused(read: Callable[..., Import]) -> None:
    with pytest.raises(MappingRefused, match=r"column 'at'.*int64 are no stamps"):
        read(parquet(id=["7"], at=[1719828000], event=["x"], n=[1], amount=["1"]), TYPED, name="log.parquet")
    with pytest.raises(MappingRefused, match=r"column 'id'.*list"):
        read(parquet(id=[["7"]], at=["x"], event=["x"], n=[1], amount=["1"]), TYPED, name="log.parquet")


def workbook(*cells: Any, top: int = 0) -> bytes:
    """One sheet of the TYPED columns; a cell may be (value, number format)."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.add_worksheet("Cover") if top else None
    sheet = book.add_worksheet("Data")
    sheet.write_row(top, top, ["id", "at", "event", "n", "amount"])
    for place, cell in enumerate(cells):
        value, number_format = cell if isinstance(cell, tuple) else (cell, "General")
        style = book.add_format({"num_format": number_format})
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(top + 1, top + place, value, style, "#DIV/0!" if value == "=1/0" else 4)
        elif isinstance(value, datetime):
            sheet.write_datetime(top + 1, top + place, value, style)
        else:
            sheet.write(top + 1, top + place, value, style)
    book.close()
    return sink.getvalue()


def test_real_dates_numbers_and_formulas_of_a_workbook_are_read(read: Callable[..., Import], us: Any) -> None:
    content = workbook(7, (NOON, "dd/mm/yyyy hh:mm"), "x", "=2+2", 2.5)
    row = read(content, TYPED, name="log.xlsx").log.events.to_pylist()[0]
    assert row == {
        "record": "7",
        "at": us("2024-07-01T10:00+00:00"),
        "sequence": 4,
        "event": "x",
        "amount": 25,
    }


def test_other_sheet_is_read_where_the_mapping_names_it(read: Callable[..., Import]) -> None:
    content = workbook(7, "01/07/2024 12:00", "x", 1, 1, top=3)
    assert read(content, TYPED | {"sheet": "Data"}, name="log.xlsx").report.kept == 1
    with pytest.raises(MappingRefused, match="no sheet 'Date'; its sheets: 'Cover', 'Data'"):
        read(content, TYPED | {"sheet": "Date"}, name="log.xlsx")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((7, NOON, "x", "=1/0", 1), r"row 2, column 'n': the cell shows an error"),
        ((7, (45000.5, "General"), "x", 1, 1), r"row 2, column 'at': 45000.5 is no date"),
        ((7, (0.5, "hh:mm"), "x", 1, 1), r"row 2, column 'at': .* is no date"),
        ((7, (NOON, "dd/mm/yyyy"), "x", 1, 2.55), r"row 2, column 'amount': '2.55' is finer"),
    ],
)
def test_cell_of_a_workbook_that_says_something_else_is_refused(
    read: Callable[..., Import], cells: Any, said: str
) -> None:
    with pytest.raises(CellRefused, match=said):
        read(workbook(*cells), TYPED, name="log.xlsx")


def test_keys_of_a_trace_do_not_reach_the_next(read: Callable[..., Import], tickets: Any) -> None:
    text = (
        '<log><trace><string key="concept:name" value="A"/><event><string key="concept:name" value="x"/>'
        '<date key="time:timestamp" value="2024-01-01T00:00:00Z"/><string key="impact" value="i"/>'
        '<string key="amount" value="1"/></event></trace><trace><event><string key="concept:name" value="y"/>'
        '<date key="time:timestamp" value="2024-01-01T00:00:00Z"/></event></trace></log>'
    )
    found = read(text, tickets, name="log.xes")
    assert found.report.dropped["no record id"].first_rows == (2,)
