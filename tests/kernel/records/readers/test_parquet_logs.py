"""A log that was kept as Parquet comes back the same, and nothing else comes back in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handfast.kernel.records.canonical import rows_of_log
from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.parquet_logs import read_parquet_log, write_parquet_log
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.refusals import CanonicalRefused, FileUnreadable

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = {
    "kind": "events", "record": "id", "at": {"column": "at", "zone": "UTC"}, "event": "event", "sequence": "no",
    "attributes": {"worth": {"column": "worth", "digits": "2", "taken_at": "start"}},
}  # fmt: skip
ROWS = "id,at,event,no,worth\n1,2026-03-02T09:00:00,a,1,2.50\n1,2026-03-02T09:00:00,b,,\n2,2026-03-01T09:00:00,ž,2,0\n"
INTERVALS = {
    "kind": "intervals", "at": {"column": "at", "zone": "UTC"}, "minutes": "30", "keys": {"queue": "q"},
    "totals": {"offered": "n"},
}  # fmt: skip
TOTALS = "at,q,n\n2026-03-02T09:00:00,a,7\n2026-03-02T09:30:00,,8\n"


@pytest.mark.parametrize(("plain", "text"), [(EVENTS, ROWS), (INTERVALS, TOTALS)])
def test_log_comes_back_as_it_was_written(tmp_path: Path, plain: dict[str, object], text: str) -> None:
    mapping = mapping_from(plain)
    (tmp_path / "a.csv").write_text(text)
    log = read_log(tmp_path / "a.csv", mapping, source="desk", received_at_us=None).log
    write_parquet_log(log, tmp_path / "a.parquet")
    back = read_parquet_log(tmp_path / "a.parquet", mapping, source="desk", digest=log.digest)
    assert type(back) is type(log)
    assert rows_of_log(back).to_pylist() == rows_of_log(log).to_pylist()
    assert (back.source, back.digest) == (log.source, log.digest)


def test_rows_with_another_digest_are_refused(tmp_path: Path) -> None:
    mapping = mapping_from(EVENTS)
    (tmp_path / "a.csv").write_text(ROWS)
    log = read_log(tmp_path / "a.csv", mapping, source="desk", received_at_us=None).log
    write_parquet_log(log, tmp_path / "a.parquet")
    with pytest.raises(CanonicalRefused, match="were changed"):
        read_parquet_log(tmp_path / "a.parquet", mapping, source="desk", digest="0" * 64)


def test_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("PAR1 and no more")
    with pytest.raises(CanonicalRefused, match="not the kept rows"):
        read_parquet_log(tmp_path / "a.parquet", mapping_from(EVENTS), source="desk", digest="0" * 64)


def test_absent_file_is_told_as_gone(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="are gone"):
        read_parquet_log(tmp_path / "a.parquet", mapping_from(EVENTS), source="desk", digest="0" * 64)
