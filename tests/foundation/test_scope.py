"""A reach is given, never assumed, and an inner one only narrows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from handfast.foundation.scope import OutsideTheFence, Reach, current_reach, entered

A, B, C = uuid4(), uuid4(), uuid4()


def test_nothing_is_reached_before_a_reach_is_entered() -> None:
    with pytest.raises(OutsideTheFence):
        current_reach()


def test_reach_that_writes_where_it_does_not_read_is_refused() -> None:
    with pytest.raises(OutsideTheFence):
        Reach(frozenset({A}), frozenset({B}))


def test_inner_reach_only_narrows_and_the_outer_comes_back() -> None:
    outer, inner = Reach(frozenset({A, B}), frozenset({A})), Reach(frozenset({A, C}), frozenset({A, C}))
    with entered(outer):
        with entered(inner) as kept:
            assert kept == Reach(frozenset({A}), frozenset({A})) == current_reach()
        assert current_reach() == outer


def test_inner_reach_takes_away_what_it_does_not_write_itself() -> None:
    with (
        entered(Reach(frozenset({A, B}), frozenset({A, B}))),
        entered(Reach(frozenset({A}), frozenset())) as kept,
    ):
        assert kept == Reach(frozenset({A}), frozenset())


def test_reach_is_left_also_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), entered(Reach(frozenset({A}))):
        raise ZeroDivisionError
    with pytest.raises(OutsideTheFence):
        current_reach()
