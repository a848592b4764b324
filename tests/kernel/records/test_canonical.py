"""The canonical file: its digest is that of its bytes, and nothing else passes for one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.canonical import digest_of
from handfast.kernel.records.mapping import mapping_from
from handfast.kernel.records.readers.canonical_files import read_canonical, write_canonical
from handfast.kernel.records.refusals import CanonicalRefused, FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handfast.kernel.records.readers.reading import Import

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)
CALLS: dict[str, Any] = {
    "kind": "intervals",
    "at": {"column": "at", "zone": "UTC"},
    "minutes": 60,
    "keys": {"queue": "q"},
    "totals": {"offered": "n"},
}


@given(
    st.lists(
        st.tuples(TEXTS, st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), st.one_of(st.none(), TEXTS))
    )
)
def test_digest_is_that_of_a_plain_writer(plain_digest: Callable[[Any], str], rows: list[Any]) -> None:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    types = [pa.string(), pa.int64(), pa.string()]
    named = zip(("record", "at", "event"), columns, types, strict=True)
    table = pa.table({name: pa.array(column, type_) for name, column, type_ in named})
    assert digest_of(table) == plain_digest(table)


def test_written_file_has_the_digest_and_reads_back(
    read: Callable[..., Import], forms: Any, rows: Any, tickets: Any, tmp_path: Path
) -> None:
    log = read(forms["log.csv"](rows)).log
    path = tmp_path / "tickets.csv"
    write_canonical(log, path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == log.digest
    again = read_canonical(path, mapping_from(tickets), "tickets")
    assert again.events.equals(log.events.combine_chunks())
    assert (again.digest, again.attributes, again.ties) == (log.digest, log.attributes, log.ties)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tickets.csv"]


def test_interval_log_reads_back(read: Callable[..., Import], tmp_path: Path) -> None:
    log = read("at,q,n\n2024-01-01T01:00,B,3\n2024-01-01T01:00,A,1\n", CALLS).log
    write_canonical(log, tmp_path / "calls.csv")
    again = read_canonical(tmp_path / "calls.csv", mapping_from(CALLS), "tickets")
    assert (again.rows.to_pylist(), again.digest) == (log.rows.to_pylist(), log.digest)


HEADER = b'"record","at","sequence","event"\n'
PLAIN = {"kind": "events", "record": "r", "at": {"column": "t"}, "event": "e"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"record,at,sequence,event\n", "header"),
        (HEADER + b'A,1,,"x"\n', "otherwise"),
        (HEADER + b'"A",1,,"x"\r\n', "otherwise"),
        (HEADER + b'"A",01,,"x"\n', "otherwise"),
        (HEADER + b'"A",1,,"x"', "otherwise"),
        (HEADER + b'"A",1,,"x"\n\n', "otherwise"),
        (HEADER + b'"A",1,"","x"\n', "not a canonical log|otherwise"),
        (HEADER + b'"A",1,,""\n', "left bare"),
        (HEADER + b'"A",1,,\n', "missing"),
        (HEADER + b'"A",one,,"x"\n', "not a canonical log"),
        (HEADER + b'"A",1,,"x","y"\n', "not a canonical log"),
        (HEADER + b'"A",1,,"\xff"\n', "not a canonical log"),
        (HEADER + b'"B",1,,"x"\n"A",1,,"x"\n', "row 2: out of canonical order"),
        (HEADER + b'"A",1,,"x"\n"A",1,,"x"\n', "row 3: repeats"),
    ],
)
def test_file_that_is_not_canonical_to_the_byte_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_bytes(content)
    with pytest.raises(CanonicalRefused, match=said):
        read_canonical(path, mapping_from(PLAIN), "tickets")


def test_file_that_cannot_be_read_or_written_is_refused(read: Callable[..., Import], tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_canonical(tmp_path / "absent.csv", mapping_from(PLAIN), "tickets")
    with pytest.raises(FileUnreadable):
        write_canonical(read("r,t,e\n", PLAIN).log, tmp_path / "absent" / "log.csv")
