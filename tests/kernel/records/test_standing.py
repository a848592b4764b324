"""Of several batches the later one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.refusals import LogsDiffer
from handfast.kernel.records.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.records.readers.reading import Import

EVENTS: dict[str, Any] = {
    "kind": "events",
    "record": "id",
    "at": {"column": "at", "zone": "UTC"},
    "event": "event",
}
CALLS: dict[str, Any] = {
    "kind": "intervals",
    "at": {"column": "at", "zone": "UTC"},
    "minutes": 60,
    "keys": {"queue": "q"},
    "totals": {"offered": "n"},
}
BATCH = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5), st.sampled_from("xyz")), max_size=8)
COUNTS = st.dictionaries(st.tuples(st.integers(0, 5), st.sampled_from("AB")), st.integers(0, 9), max_size=8)


def events_text(batch: list[tuple[str, int, str]]) -> str:
    return "id,at,event\n" + "".join(
        f"{record},2024-01-01T0{hour}:00,{event}\n" for record, hour, event in batch
    )


@given(st.lists(BATCH, min_size=1, max_size=4))
def test_later_batch_replaces_every_record_it_holds(read: Callable[..., Import], batches: list[Any]) -> None:
    merged: dict[str, list[Any]] = {}
    for batch in batches:
        merged |= {record: [row for row in batch if row[0] == record] for record in {row[0] for row in batch}}
    expected = read(events_text([row for rows in merged.values() for row in rows]), EVENTS).log
    found = standing([read(events_text(batch), EVENTS).log for batch in batches])
    assert found.events.to_pylist() == expected.events.to_pylist()
    assert found.digest == expected.digest


def counts_text(counts: dict[tuple[int, str], int]) -> str:
    return "at,q,n\n" + "".join(f"2024-01-01T0{hour}:00,{queue},{n}\n" for (hour, queue), n in counts.items())


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_later_batch_replaces_the_row_of_an_interval(read: Callable[..., Import], batches: list[Any]) -> None:
    merged: dict[tuple[int, str], int] = {}
    for batch in batches:
        merged |= batch
    found = standing([read(counts_text(batch), CALLS).log for batch in batches])
    assert found.digest == read(counts_text(merged), CALLS).log.digest


def test_logs_of_different_mappings_do_not_stand_together(read: Callable[..., Import]) -> None:
    with_ties = EVENTS | {"ties": ["stop", "start", "pause", "resume", "name"]}
    text = events_text([("A", 1, "x")])
    with pytest.raises(LogsDiffer, match="differ"):
        standing([read(text, EVENTS).log, read(text, with_ties).log])
    with pytest.raises(LogsDiffer, match="no log"):
        standing([])
