"""A preview reads the first rows as the import would, and no more of a large file."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from tests.records.deal import AT, HEADER, MAPPING, MARCH

from handfast.records.reading import preview
from handfast.records.reading.files import FileRefused
from handfast.records.reading.preview import HEAD_BYTES, PreviewTooLarge, first_rows

if TYPE_CHECKING:
    from pathlib import Path


def seen(path: Path, data: bytes, mapping: str = MAPPING) -> preview.Preview:
    path.write_bytes(data)
    return first_rows(path, file_name="march.csv", mapping=mapping, key="desk", at=AT)


def test_first_rows_are_shown_in_the_order_of_the_log(tmp_path: Path) -> None:
    found = seen(tmp_path / "x", MARCH)
    assert found.columns == ("record", "at", "sequence", "event")
    assert found.rows[0] == ("L-1", "2026-03-02T09:00:00Z", "", "created")
    assert found.is_whole


def test_number_is_shown_with_its_decimals(tmp_path: Path) -> None:
    mapping = MAPPING + "    attributes: {worth: {column: Worth, digits: 2, taken_at: start}}\n"
    found = seen(tmp_path / "x", b"Ticket,At,Event,Worth\nL-1,2026-03-02T09:00:00,created,12.5\n", mapping)
    assert found.rows[0][-1] == "12.50"


def test_large_file_is_read_up_to_a_row_outside_of_quotes(tmp_path: Path) -> None:
    row = b'L-%07d,2026-03-02T09:00:00,"cre\nated"\n'
    data = HEADER + b"".join(row % number for number in range(2 * HEAD_BYTES // len(row)))
    found = seen(tmp_path / "x", data)
    assert not found.is_whole
    assert len(found.rows) == preview.ROWS_SHOWN
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_fault_is_named_by_the_file_that_the_person_knows(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"^march\.csv, row 2, column 'At'"):
        seen(tmp_path / "x", HEADER + b"L-1,soon,created\n")


def test_packed_file_over_the_limit_is_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "HEAD_BYTES", 10)
    assert seen(tmp_path / "x", gzip.compress(MARCH)).is_whole
    monkeypatch.setattr(preview, "MOST_BYTES", 10)
    with pytest.raises(PreviewTooLarge, match="dry run"):
        seen(tmp_path / "x", gzip.compress(MARCH))
