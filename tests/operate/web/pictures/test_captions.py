"""Captions never touch, keep inside, and the important ones stay."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handfast.operate.web.pictures.captions import Caption, ends, placed

CAPTIONS = st.lists(
    st.builds(Caption, st.integers(0, 60_000), st.text("abc WM1", min_size=1, max_size=20)), max_size=12
)


@given(CAPTIONS)
def test_captions_of_a_row_never_touch(captions: list[Caption]) -> None:
    found, left_out = placed(captions, left=0, right=60_000, rows=3)
    assert len(found) + left_out == len(captions)
    for row in range(3):
        spans = sorted(ends(one.caption, one.anchor) for one in found if one.row == row)
        assert all(end < start for (_, end), (start, _) in pairwise(spans))
        assert all(start >= 0 and end <= 60_000 for start, end in spans)


def test_important_captions_are_left_out_last() -> None:
    crowd = [Caption(30_000 + place, "Handed over", is_important=place == 5) for place in range(10)]
    found, left_out = placed(crowd, left=0, right=60_000, rows=1)
    assert left_out == 9
    assert any(one.caption.is_important for one in found)


def test_neighbours_turn_away_from_each_other() -> None:
    found, _ = placed(
        [Caption(28_800, "asked customer"), Caption(33_300, "x" * 8)], left=0, right=60_000, rows=1
    )
    assert {one.anchor for one in found} != {"middle"}
