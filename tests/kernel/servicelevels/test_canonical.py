"""Canonical bytes and the first difference."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.servicelevels.canonical import canonical_bytes, differences, name_of

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text('abé\u20ac"\\\n', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(plain)
def test_bytes_are_those_of_sorted_compact_json_and_the_name_is_their_digest(body: object) -> None:
    written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert canonical_bytes(body) == written
    assert name_of(body) == hashlib.sha256(written).hexdigest()


@given(plain, plain)
def test_there_is_a_difference_exactly_where_the_bytes_differ(one: object, other: object) -> None:
    found = list(differences(one, other))
    assert bool(found) == (json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))


def test_differences_name_their_path_and_both_values() -> None:
    one = {"levels": [{"id": "a", "value": "1.00"}, {"id": "b", "value": "2.00"}], "n": 1}
    other = {"levels": [{"id": "a", "value": "1.00"}, {"id": "b", "value": "2.01"}], "n": True}
    assert list(differences(one, other)) == [("levels[1].value", "2.00", "2.01"), ("n", 1, True)]
