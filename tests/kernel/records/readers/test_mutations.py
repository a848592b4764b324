"""A byte changed anywhere gives a refusal or a log, never another fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.records.log import EventLog
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.records.readers.reading import Import

CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "add"]),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def changed(content: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for kind, share, piece in changes:
        place = int(share * len(content))
        if kind == "set":
            content = content[:place] + piece + content[place + len(piece) :]
        elif kind == "add":
            content = content[:place] + piece + content[place:]
        else:
            content = content[:place] + content[place + len(piece) :]
    return content


@pytest.mark.parametrize(
    "name", ["log.csv", "log.csv.gz", "log.parquet", "log.xlsx", "log.xes", "log.xes.gz"]
)
@given(changes=CHANGES)
def test_changed_bytes_give_a_refusal_or_a_log(
    name: str, changes: list[Any], read: Callable[..., Import], forms: Any, plain_digest: Callable[[Any], str]
) -> None:
    rows = [
        {
            "case:concept:name": "T",
            "time:timestamp": "2024-03-04T09:00:00Z",
            "concept:name": "a",
            "impact": "b",
            "amount": "1",
        }
    ]
    outcome = outcome_of(lambda: read(changed(forms[name](rows), changes), name=name))
    if isinstance(outcome, str):
        assert outcome.startswith(name)
    else:
        assert isinstance(outcome.log, EventLog)
        assert outcome.log.digest == plain_digest(outcome.log.events)


def outcome_of(reading: Callable[[], Import]) -> Import | str:
    """The import, or the message of its refusal; any other fault is the test's."""
    try:
        return reading()
    except Refusal as refusal:
        return str(refusal)
