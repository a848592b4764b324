"""Time never runs backwards on the axis, and the window holds the record whatever the clocks do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from handfast.kernel.quantity import SECOND_US, Span, instant_of, moment_of
from handfast.operate.web.pictures.timeaxis import time_axis

if TYPE_CHECKING:
    from handfast.kernel.worktime.compiled import CompiledCalendar

HOUR_US = 3600 * SECOND_US
DAY_US = 24 * HOUR_US
SPRING = instant_of(moment_of(0).replace(year=2026, month=3, day=29))
AUTUMN = instant_of(moment_of(0).replace(year=2026, month=10, day=25))
LENGTHS = st.integers(0, 80 * DAY_US) | st.integers(0, 3 * HOUR_US)
ZONES = st.sampled_from(["Europe/Belgrade", "America/Toronto", "Asia/Kathmandu", "Australia/Lord_Howe"])
WEEKDAYS = [
    (SPRING + (day * 24 + 7) * HOUR_US, SPRING + (day * 24 + 19) * HOUR_US)
    for day in range(-120, 300)
    if day % 7 not in (0, 6)
]


@given(
    st.integers(SPRING - 20 * DAY_US, SPRING + 20 * DAY_US)
    | st.integers(AUTUMN - 2 * DAY_US, AUTUMN + 2 * DAY_US),
    LENGTHS,
    ZONES,
    st.lists(st.integers(0, 100), min_size=2),
)
def test_axis_runs_forward_and_holds_the_record(start: int, length: int, zone: str, parts: list[int]) -> None:
    axis = time_axis(Span(start, start + length), WEEKDAYS, zone, left=8_900, right=62_800)
    assert axis.window.starts_us <= start <= start + length <= axis.window.ends_us
    assert (axis.left, axis.right) == (8_900, 62_800)
    assert axis.x(axis.window.starts_us) == axis.left
    assert axis.x(axis.window.ends_us) == axis.right
    instants = [axis.window.starts_us + axis.window.length_us * part // 100 for part in sorted(parts)]
    places = [axis.x(instant) for instant in instants]
    assert places == sorted(places)


@given(st.integers(SPRING - 20 * DAY_US, SPRING + 20 * DAY_US), LENGTHS, ZONES)
def test_pieces_join_without_a_gap(start: int, length: int, zone: str) -> None:
    axis = time_axis(Span(start, start + length), WEEKDAYS, zone, left=0, right=50_000)
    for before, after in zip(axis.pieces, axis.pieces[1:], strict=False):
        assert (before.to_us, before.right) == (after.from_us, after.left)
    assert all(piece.from_us < piece.to_us and piece.left <= piece.right for piece in axis.pieces)


@given(st.integers(SPRING - 20 * DAY_US, SPRING + 20 * DAY_US), LENGTHS)
def test_open_hours_are_never_folded(start: int, length: int) -> None:
    axis = time_axis(Span(start, start + length), WEEKDAYS, "Europe/Belgrade", left=0, right=50_000)
    for fold in axis.folds:
        assert not any(opens < fold.to_us and closes > fold.from_us for opens, closes in WEEKDAYS)


def test_always_open_is_never_folded(always: CompiledCalendar) -> None:
    openings = list(zip(always.opens_list, always.closes_us.tolist(), strict=True))
    axis = time_axis(Span(SPRING, SPRING + 70 * DAY_US), openings, "Europe/Belgrade", left=0, right=50_000)
    assert axis.folds == ()
    assert not axis.are_nights_folded
