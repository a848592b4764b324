"""A wrong file is refused by name, row and column; nothing is half-read and nothing bursts."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from handfast.kernel.records import gathering
from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers import csv_files, xes_files, zip_files
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.refusals import (
    CellRefused,
    ColumnsMissing,
    FileDamaged,
    FileNotRecognised,
    FileTooLarge,
    FileUnreadable,
    FileUnsafe,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handfast.kernel.records.readers.reading import Import

PLAIN: dict[str, Any] = {
    "kind": "events",
    "record": "id",
    "at": {"column": "at", "zone": "UTC"},
    "event": "event",
}
GOOD = "id,at,event,note\n" + "".join(f"A,2024-01-01T00:00:{n:02},e{n},fine\n" for n in range(60))


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(FileUnreadable, match="name a file that can be read"):
            read_log(path, mapping_from(PLAIN), source="s", received_at_us=None)


def test_missing_columns_are_all_named_with_what_is_near(read: Callable[..., Import]) -> None:
    with pytest.raises(ColumnsMissing) as refused:
        read("ID,time,events\n", PLAIN)
    said = str(refused.value)
    assert (
        "log.csv, row 1: the file lacks 'at'; 'id' (did you mean 'ID'?); 'event' (did you mean 'events'?)"
        in said
    )
    assert "Its columns: 'ID', 'time', 'events'" in said


def test_other_delimiter_is_said(read: Callable[..., Import]) -> None:
    with pytest.raises(ColumnsMissing, match="write `delimiter: ';'`"):
        read(GOOD.replace(",", ";"), PLAIN)


def test_mapped_column_that_stands_twice_is_refused(read: Callable[..., Import]) -> None:
    with pytest.raises(ColumnsMissing, match="'id' stands more than once"):
        read("id,at,event,id\n", PLAIN)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (b"BZh91AY", "bzip2"),
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (gzip.compress(gzip.compress(b"a", mtime=0), mtime=0), "unpack it first"),
    ],
)
def test_content_that_is_no_export_is_refused_whatever_its_name(
    content: bytes, said: str, read: Callable[..., Import]
) -> None:
    with pytest.raises(FileNotRecognised, match=said):
        read(content, PLAIN, name="export.csv")


@pytest.mark.parametrize(
    ("line", "error", "said"),
    [
        (b"A,2024-01-01T00:01:00,x\n", FileDamaged, "row 62: 3 cells where the header names 4"),
        (b"A,2024-01-01T00:01:00,x,y,z\n", FileDamaged, "row 62: 5 cells"),
        (b"A,2024-01-01T00:01:00,caf\xe9,y\n", CellRefused, "row 62, column 'event': 'caf\xe9' is not UTF-8"),
        (b"A,2024-01-01T00:01:00,x,\x00\n", FileDamaged, "line 62: a NUL byte"),
        (b'A,2024-01-01T00:01:00,"x,y\nA,2024-01-01T00:01:00,x,y\n', FileDamaged, "row 62: a quote is opened and never closed"),
        (b"A,2024-01-01T00:01:00," + b"x" * 5000 + b",y\n", CellRefused, "row 62, column 'event': 5,000 bytes"),
        (b"A,soon,x,y\n", CellRefused, "row 62, column 'at': 'soon' is not a stamp"),
    ],
)  # fmt: skip
def test_broken_line_is_refused_by_its_row(
    line: bytes, error: type[Exception], said: str, read: Callable[..., Import]
) -> None:
    assert read(GOOD, PLAIN).report.kept == 60
    for content in (GOOD.encode() + line, gzip.compress(GOOD.encode() + line)):
        with pytest.raises(error, match=said):
            read(content, PLAIN)


def test_other_encoding_in_a_column_that_is_not_read_does_no_harm(read: Callable[..., Import]) -> None:
    assert read(GOOD.encode() + b"A,2024-01-01T00:01:00,x,caf\xe9\n", PLAIN).report.kept == 61


def test_lone_quotes_inside_cells_do_no_harm(read: Callable[..., Import]) -> None:
    assert read(GOOD + 'A,2024-01-01T00:01:00,x,24" screen\n', PLAIN).report.kept == 61


def test_header_that_is_not_utf8_is_refused(read: Callable[..., Import]) -> None:
    with pytest.raises(FileDamaged, match="row 1: the header is not UTF-8"):
        read(b"id,at,event,caf\xe9\n", PLAIN)


def test_million_columns_are_refused(read: Callable[..., Import]) -> None:
    for header in (",".join(map(str, range(10**6))), "," * 20_000):
        with pytest.raises(FileTooLarge, match=r"16,384"):
            read(header + "\n", PLAIN)


def test_giant_line_is_refused_by_its_number(
    read: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_files, "BLOCK_BYTES", 1 << 16)
    monkeypatch.setattr(csv_files, "LONGEST_LINE", 1 << 16)
    with pytest.raises(FileTooLarge, match="line 62: longer than 65,536"):
        read(GOOD + "A,2024-01-01T00:01:00,x," + "y" * 200_000 + "\n", PLAIN)


def test_gzip_that_is_torn_or_false_is_refused(read: Callable[..., Import]) -> None:
    packed = gzip.compress(GOOD.encode() * 50)
    with pytest.raises(FileDamaged, match=r"line .*the gzip ends before its end"):
        read(packed[:-9], PLAIN)
    with pytest.raises(FileDamaged, match=r"near line|begins like gzip"):
        read(packed[:-8] + b"\x00" * 8, PLAIN)
    with pytest.raises(FileDamaged, match="begins like gzip"):
        read(b"\x1f\x8b" + b"x" * 50, PLAIN)


def test_gzip_bomb_is_refused_early(read: Callable[..., Import]) -> None:
    pack = zlib.compressobj(9, wbits=31)
    packed = pack.compress(GOOD.encode())
    line = b"A,2024-01-01T00:00:00,x,y\n" * 40_000
    packed += b"".join(pack.compress(line) for _ in range(120)) + pack.flush()
    with pytest.raises(FileTooLarge, match="more than 250 times its size"):
        read(packed, PLAIN)


def test_more_rows_than_the_limit_are_refused(
    read: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_ROWS", 59)
    with pytest.raises(FileTooLarge, match="more than 59 rows"):
        read(GOOD, PLAIN)


def xes(inner: str, declared: str = "") -> str:
    return f'<?xml version="1.0"?>{declared}<log><trace>{inner}</trace></log>'


LAUGHS = '<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, FETCH, '<!DOCTYPE log SYSTEM "http://example.org/x.dtd">'])
def test_xes_that_declares_entities_is_refused(declared: str, read: Callable[..., Import]) -> None:
    with pytest.raises(FileUnsafe, match="line 1: a document type"):
        read(xes('<string key="a" value="&b;"/>', declared), PLAIN, name="log.xes")


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("<log><trace>", FileDamaged, "line 1, column"),
        ("<html><body/></html>", FileDamaged, "line 1: <html> where XES begins with <log>"),
        (xes("<event>" + "<list>" * 70), FileDamaged, "nested deeper than 64"),
        (xes('<event><string key="id" value="1"/></event>'), ColumnsMissing, "lacks 'at'; .*'event'"),
        (xes(f'<event><string key="id" value="{"x" * 5000}"/></event>'), CellRefused, "row 1, column 'id': longer"),
        (xes('<event><string key="id" value="1"/><date key="at" value="soon"/><string key="event" value="x"/></event>'),
         CellRefused, "row 1, column 'at': 'soon'"),
    ],
)  # fmt: skip
def test_xes_that_breaks_its_rules_is_refused(
    text: str, error: type[Exception], said: str, read: Callable[..., Import]
) -> None:
    with pytest.raises(error, match=said):
        read(text, PLAIN, name="log.xes")


def test_xes_with_one_endless_tag_or_endless_keys_is_refused(
    read: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xes_files, "LONGEST_TAG", 1 << 16)
    monkeypatch.setattr(xes_files, "READ_BYTES", 1 << 12)
    with pytest.raises(FileTooLarge, match="one tag of over"):
        read(xes(f'<event><string key="note" value="{"x" * 200_000}"/></event>'), PLAIN, name="log.xes")
    keys = "".join(f'<string key="k{n}" value=""/>' for n in range(17_000))
    with pytest.raises(FileTooLarge, match="different keys"):
        read(xes(f"<event>{keys}</event>"), PLAIN, name="log.xes")


def zipped(entries: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return sink.getvalue()


def entries_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet1.xml"


def test_zip_that_is_no_workbook_is_refused(read: Callable[..., Import]) -> None:
    with pytest.raises(FileNotRecognised, match=r"no \.xlsx workbook"):
        read(zipped({"a.csv": b"x"}), PLAIN, name="export.csv")
    with pytest.raises(FileDamaged, match="no zip that can be read"):
        read(b"PK\x03\x04" + b"x" * 100, PLAIN, name="log.xlsx")


def test_zip_bombs_are_refused_before_they_are_unpacked(
    read: Callable[..., Import], forms: Any, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = forms["log.xlsx"](rows)
    with pytest.raises(FileTooLarge, match="300 times its size"):
        read(zipped(entries_of(good) | {SHEET: b" " * (40 << 20)}), name="log.xlsx")
    with pytest.raises(FileTooLarge, match="2,011 entries; at most 2,000"):
        read(zipped(entries_of(good) | {f"x{n}": b"" for n in range(2_001)}), name="log.xlsx")
    monkeypatch.setattr(zip_files, "MOST_BYTES", 100_000)
    with pytest.raises(FileTooLarge, match="declares"):
        read(zipped(entries_of(good) | {"x": bytes(range(256)) * 500}), name="log.xlsx")


def test_zip_entry_that_unpacks_to_more_than_it_declares_is_refused(
    read: Callable[..., Import], forms: Any, rows: Any
) -> None:
    good = zipped(entries_of(forms["log.xlsx"](rows)) | {"x": b"y" * 77_777})
    assert read(good, name="log.xlsx").report.kept == 6
    lying = good.replace(struct.pack("<I", 77_777), struct.pack("<I", 7))
    with pytest.raises(FileDamaged, match="unpacks to 77,777 bytes where 7 are declared"):
        read(lying, name="log.xlsx")


def test_cell_at_the_far_end_of_a_sheet_is_refused(
    read: Callable[..., Import], forms: Any, rows: Any
) -> None:
    entries = entries_of(forms["log.xlsx"](rows))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    entries[SHEET] = entries[SHEET].replace(b"</sheetData>", far)
    with pytest.raises(FileTooLarge, match="row 1,048,576, column 16,384"):
        read(zipped(entries), name="log.xlsx")


def test_workbook_whose_parts_are_broken_or_unsafe_is_refused(
    read: Callable[..., Import], forms: Any, rows: Any
) -> None:
    entries = entries_of(forms["log.xlsx"](rows))
    declared = b'<!DOCTYPE x [<!ENTITY a "ha">]><workbook>&a;</workbook>'
    with pytest.raises(FileUnsafe):
        read(zipped(entries | {"xl/workbook.xml": declared}), name="log.xlsx")
    with pytest.raises(FileDamaged, match="list of sheets"):
        read(zipped(entries | {"xl/workbook.xml": b"<workbook>"}), name="log.xlsx")
    with pytest.raises(FileDamaged):
        read(zipped(entries | {SHEET: b"<worksheet><sheetData><row"}), name="log.xlsx")
    with pytest.raises(FileDamaged, match="empty"):
        read(zipped(entries | {SHEET: b"<worksheet><sheetData></sheetData></worksheet>"}), name="log.xlsx")


@pytest.mark.parametrize("cut", [20, 200, -1, -8, -30])
def test_truncated_parquet_is_refused(cut: int, read: Callable[..., Import], forms: Any, rows: Any) -> None:
    with pytest.raises(FileDamaged, match="not a Parquet file that can be read"):
        read(forms["log.parquet"](rows)[:cut], name="log.parquet")
